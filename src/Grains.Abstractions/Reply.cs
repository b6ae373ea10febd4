using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions;

/// <summary>
/// The answer to a command: a grain's state after it, or what management has made or changed; or the refusals.
/// </summary>
public abstract record Reply<TState>
{
    private Reply() { }

    /// <param name="Version">Counts the commits of the grain, from 1; 0 for what is kept by no grain.</param>
    /// <param name="Replayed">The operation was done before, and this is its first answer again.</param>
    public sealed record Accepted(TState State, long Version, bool Replayed = false) : Reply<TState>;

    public sealed record Refused(Sequence<Refusal> Refusals) : Reply<TState>;

    /// <summary>For what is kept by no grain.</summary>
    public static implicit operator Reply<TState>(TState value) => new Accepted(value, Version: 0);

    public static implicit operator Reply<TState>(Refusal refusal) => new Refused([refusal]);

    public static implicit operator Reply<TState>(Sequence<Refusal> refusals) => new Refused(refusals);
}

/// <summary>A grain's current state and its version, the number of commits so far.</summary>
public sealed record Snapshot<TState>(TState State, long Version);
