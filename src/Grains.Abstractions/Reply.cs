using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions;

/// <summary>A grain's answer: its state after the command, or the refusals.</summary>
public abstract record Reply<TState>
{
    private Reply() { }

    /// <param name="Version">Counts the commits of the grain, from 1.</param>
    /// <param name="Replayed">The operation was done before, and this is its first answer again.</param>
    public sealed record Accepted(TState State, long Version, bool Replayed = false) : Reply<TState>;

    public sealed record Refused(Sequence<Refusal> Refusals) : Reply<TState>;
}

/// <summary>A grain's current state and its version, the number of commits so far.</summary>
public sealed record Snapshot<TState>(TState State, long Version);
