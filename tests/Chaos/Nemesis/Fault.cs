namespace JikoXpress.Chaos.Nemesis;

/// <summary>What is broken on purpose.</summary>
internal enum Fault
{
    /// <summary>SIGKILL for a host, and its start.</summary>
    KilledHost,

    /// <summary>SIGKILL for a host that comes back only after a while.</summary>
    LostHost,

    /// <summary>SIGSTOP for a host, and SIGCONT after a while: it goes on with what it had in memory.</summary>
    PausedHost,

    /// <summary>PostgreSQL is stopped as by a power cut, and started a moment later.</summary>
    StoppedDatabase,

    /// <summary>SIGKILL for one session's process; PostgreSQL ends all others and recovers.</summary>
    KilledBackend,

    /// <summary>Every connection to PostgreSQL is reset at both ends.</summary>
    Cut,

    /// <summary>Every connection is reset at the application's end; PostgreSQL does not learn of it.</summary>
    HalfOpen,

    /// <summary>A connection is reset between a commit that was sent and its answer.</summary>
    LostAnswer,

    /// <summary>Nothing passes between the hosts and PostgreSQL for a while.</summary>
    Stalled,

    /// <summary>All that passes takes much longer for a while.</summary>
    Slow,

    /// <summary>A host is killed while PostgreSQL is away, and finds none as it starts.</summary>
    KilledInOutage,

    /// <summary>Ten minutes pass for the guests: who had been given up pays now.</summary>
    LatePayments,
}
