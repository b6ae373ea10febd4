namespace JikoXpress.Domain.Sessions.Orders;

/// <summary>The limits of commands that change an order.</summary>
public static class OrderRules
{
    public const int MostRefunds = 30;
    public const int MostItems = SessionRules.MostLines;
    public const int MostOfOneItem = SessionRules.MostLines * SessionRules.MostOfOneLine;
    public const int LongestReason = 200;
}
