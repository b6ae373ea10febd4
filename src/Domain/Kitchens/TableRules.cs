using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Kitchens;

/// <summary>A table whose guests may order by its QR code.</summary>
/// <param name="Code">The code in its QR code.</param>
/// <param name="Active">False when switched off: guests cannot order with its code.</param>
public sealed record DiningTable(Guid Id, string Number, string Code, bool Active, DateTimeOffset CreatedAt);

/// <summary>The rules for a kitchen's tables.</summary>
public static class TableRules
{
    public const int MostTables = 500;
    public const int LongestNumber = SessionRules.LongestTableNumber;

    public static Sequence<Refusal> BrokenNumber(string number) =>
        [.. FieldRules.Text(number, "/number", LongestNumber)];
}
