using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Management;

/// <summary>What the management of kitchens answers: what was asked for, or the refusals.</summary>
public abstract record Answer<T>
{
    private Answer() { }

    /// <param name="Replayed">The operation was done before, and this is its first answer again.</param>
    public sealed record Given(T Value, bool Replayed = false) : Answer<T>;

    public sealed record Refused(Sequence<Refusal> Refusals) : Answer<T>;

    public static implicit operator Answer<T>(T value) => new Given(value);

    public static implicit operator Answer<T>(Refusal refusal) => new Refused([refusal]);

    public static implicit operator Answer<T>(Sequence<Refusal> refusals) => new Refused(refusals);
}
