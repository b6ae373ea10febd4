namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>The rules for commands that change an order, as far as they need only the command.</summary>
public static class OrderRules
{
    public const int MostRefunds = 30;
    public const int MostItems = SessionRules.MostLines;
    public const int MostOfOneItem = SessionRules.MostLines * SessionRules.MostOfOneLine;
    public const int LongestReason = 200;

    internal static Sequence<Refusal> BrokenReason(string reason) =>
        [.. FieldRules.Note(reason, "/reason", LongestReason)];
}
