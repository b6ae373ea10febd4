namespace JikoXpress.Domain;

/// <summary>The stage at which a request was refused; callers see the first stage that refuses.</summary>
public enum RefusalStage
{
    /// <summary>Well formed, but against the rules.</summary>
    Rules = 1,

    /// <summary>It does not exist, or belongs to another kitchen.</summary>
    NotThere,

    /// <summary>It existed and has expired.</summary>
    Gone,

    /// <summary>The current state does not allow it.</summary>
    State,

    /// <summary>The server cannot take it now; the same request may succeed later.</summary>
    Busy,

    /// <summary>It was done too often; the same request may succeed later.</summary>
    TooOften,

    /// <summary>
    /// It names something that does not exist, or belongs to another one. Answered with 400, as merchants' APIs do.
    /// </summary>
    UnknownReference,
}

/// <summary>An expected error: a code for programs and a sentence for people.</summary>
/// <param name="Pointer">The JSON pointer of the offending member, empty for the whole.</param>
/// <param name="Details">Further members for the caller, such as the total expected.</param>
/// <param name="Shortages">For insufficient stock: the items, with the requested and the available quantity.</param>
/// <param name="RetryAfter">After how many seconds the same request may succeed; null when nobody knows.</param>
public sealed record Refusal(
    RefusalStage Stage,
    string Code,
    string Sentence,
    string Pointer = "",
    Sequence<RefusalDetail>? Details = null,
    Sequence<StockShortage>? Shortages = null,
    int? RetryAfter = null);

/// <summary>An item of which there is less than was asked for.</summary>
public sealed record StockShortage(Guid MenuId, int Requested, int Available);

/// <summary>A named figure or word that goes with a refusal; a number is written as a JSON number.</summary>
public sealed record RefusalDetail(string Name, string Text, long? Number = null)
{
    public static RefusalDetail Of(string name, Money amount) => new(name, amount.ToString(), amount.Shillings);

    public static RefusalDetail Of(string name, long number) => new(name, number.ToString(), number);
}
