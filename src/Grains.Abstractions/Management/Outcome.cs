using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>The result of a management call: the value, or the refusals.</summary>
public abstract record Outcome<T>
{
    private Outcome() { }

    /// <param name="Replayed">The operation was done before, and this is its first answer again.</param>
    public sealed record Done(T Value, bool Replayed = false) : Outcome<T>;

    public sealed record Refused(Sequence<Refusal> Refusals) : Outcome<T>;

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal refusal) => new Refused([refusal]);

    public static implicit operator Outcome<T>(Sequence<Refusal> refusals) => new Refused(refusals);
}
