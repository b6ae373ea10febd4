using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Kitchens;

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Code">What its QR code says.</param>
/// <param name="Active">Nobody orders by the code of one that is switched off.</param>
public sealed record DiningTable(Guid Id, string Number, string Code, bool Active, DateTimeOffset CreatedAt);

/// <summary>Which tables a kitchen may have.</summary>
public static class TableRules
{
    public const int MostTables = 500;
    public const int LongestNumber = SessionRules.LongestTableNumber;

    public static Sequence<Refusal> BrokenNumber(string number) =>
        [.. FieldRules.Text(number, "/number", LongestNumber)];
}
