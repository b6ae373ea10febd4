namespace JikoXpress.Domain;

/// <summary>
/// The result of a command: a new state with its effects, all for one transaction; no change, because it is done
/// already; the stored answer of the same operation; or refusals.
/// </summary>
public abstract record Decision<TState>
{
    private Decision() { }

    public sealed record Commit(TState Next, Sequence<Effect> Effects) : Decision<TState>;

    public sealed record Unchanged : Decision<TState>;

    /// <summary>The operation was done before: its first answer is given again.</summary>
    public sealed record Replay(Guid OperationId) : Decision<TState>;

    public sealed record Refuse(Sequence<Refusal> Refusals) : Decision<TState>;

    public static implicit operator Decision<TState>(Refusal refusal) => new Refuse([refusal]);

    public static implicit operator Decision<TState>(Sequence<Refusal> refusals) => new Refuse(refusals);
}

/// <summary>A request that can say which rules it breaks, before any state is known.</summary>
public interface ICommand
{
    /// <summary>Every rule that needs nothing but the command, in the order of the API reference.</summary>
    Sequence<Refusal> Broken() => [];
}

/// <summary>A command that a grain decides.</summary>
public interface IGrainCommand : ICommand
{
    Caller By { get; }

    Operation? Operation { get; }
}

/// <summary>One request that must take effect once, however often it is sent.</summary>
/// <param name="Id">Derived from the caller, the route and the caller's key.</param>
/// <param name="Fingerprint">Derived from the values of the request's body.</param>
/// <param name="Formerly">
/// The fingerprint over the bytes of the body, as builds stored it that did not know values. It is compared, and never
/// stored.
/// </param>
public sealed record Operation(Guid Id, Guid Fingerprint, Guid? Formerly = null)
{
    /// <summary>Whether this request is the one whose fingerprint was stored.</summary>
    public bool IsThatOf(Guid stored) => stored == Fingerprint || stored == Formerly;

    /// <summary>As a state remembers it.</summary>
    internal Operation Kept => Formerly is null ? this : this with { Formerly = null };
}
