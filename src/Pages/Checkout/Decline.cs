namespace JikoXpress.Pages.Checkout;

/// <summary>Why a phone or a card did not pay, as far as it can be told to the customer.</summary>
public enum Decline
{
    Other = 1, WrongPin, TooLittle, Refused, NoAnswer, Unreachable,

    /// <summary>Nobody has said anything until now, and the phone may still pay.</summary>
    Silent,

    CardRefused, CardTooLittle,
}

public static class Declines
{
    /// <summary>What aggregators write: the first row with a word that is in the reason.</summary>
    private static readonly (Decline Decline, string[] Words)[] Table =
    [
        (Decline.WrongPin, [" pin", "credential"]),
        (Decline.TooLittle, ["insufficient", "balance", "funds", "limit"]),
        (Decline.NoAnswer, ["answer", "timeout", "timed out", "expired", "no response", "not approved"]),
        (Decline.Unreachable, ["reach", "registered", "not found", "switched off"]),
        (Decline.Refused, ["cancel", "reject", "declined by", "denied", "refused"]),
    ];

    /// <param name="reason">In the card gateway's own words, in English.</param>
    public static Decline OfCard(string reason) =>
        Of(reason) is Decline.TooLittle ? Decline.CardTooLittle : Decline.CardRefused;

    /// <param name="reason">In the aggregator's own words, in English; some write NOT_FOUND.</param>
    public static Decline Of(string reason)
    {
        var plain = $" {reason.Replace('_', ' ')}";
        foreach (var (decline, words) in Table)
        {
            if (words.Any(word => plain.Contains(word, StringComparison.OrdinalIgnoreCase))) return decline;
        }

        return Decline.Other;
    }
}
