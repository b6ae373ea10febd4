using JikoXpress.Domain;

namespace JikoXpress.Grains.Abstractions.Callers;

/// <summary>
/// On whose behalf the code runs that is running: the front end says it once for each request that may change
/// something, and what does notes it in the audit trail.
/// </summary>
/// <param name="Trace">Names the request, as its answer and its span do.</param>
public sealed record OnBehalfOf(CallerKind Kind, Guid Id, string Trace)
{
    private static readonly AsyncLocal<OnBehalfOf?> Flowing = new();

    /// <summary>Null where nobody has asked: the clock, the demo, a pairing without a token.</summary>
    public static OnBehalfOf? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
