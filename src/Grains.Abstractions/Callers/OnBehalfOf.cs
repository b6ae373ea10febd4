using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>
/// The caller on whose behalf the current code runs. The front end sets it for each request that may change something;
/// code that makes changes writes it to the audit trail.
/// </summary>
/// <param name="Trace">The request's trace id, the same as in its answer and its span.</param>
public sealed record OnBehalfOf(CallerKind Kind, Guid Id, string Trace)
{
    private static readonly AsyncLocal<OnBehalfOf?> Flowing = new();

    /// <summary>Null when there is no caller: deadlines, the demo, the pairing of a device without a token.</summary>
    public static OnBehalfOf? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
