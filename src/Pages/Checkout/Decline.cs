namespace JikoXpress.Pages.Checkout;

/// <summary>Why a phone did not pay, as far as it can be told to the customer.</summary>
public enum Decline { Other = 1, WrongPin, TooLittle, Refused, NoAnswer, Unreachable }

public static class Declines
{
    /// <summary>What aggregators write: the first row with a word that is in the reason.</summary>
    private static readonly (Decline Decline, string[] Words)[] Table =
    [
        (Decline.WrongPin, ["pin", "credential"]),
        (Decline.TooLittle, ["insufficient", "balance", "funds", "limit"]),
        (Decline.Unreachable, ["reach", "not registered", "unregistered", "not found", "switched off"]),
        (Decline.NoAnswer, ["answer", "timeout", "timed out", "expired", "no response", "approved"]),
        (Decline.Refused, ["cancel", "reject", "declined by", "denied", "refused"]),
    ];

    /// <param name="reason">In the aggregator's own words, in English.</param>
    public static Decline Of(string reason) => Array.Find(
        Table, row => row.Words.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase))) is
    { Decline: not 0 } found
        ? found.Decline
        : Decline.Other;
}
