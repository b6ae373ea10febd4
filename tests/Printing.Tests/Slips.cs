namespace JikoXpress.Printing.Tests;

internal static class Slips
{
    internal const string Code = "7ZQ4K9XB2M0TD";
    internal const string Link = "https://pay.example.co.tz/slips/7ZQ4K9XB2M0TD";

    private static readonly DateTimeOffset Issued = new(2026, 3, 12, 14, 20, 0, TimeSpan.FromHours(3));

    /// <summary>The slip that the examples work through.</summary>
    internal static SlipDocument PilauForTwo { get; } = new()
    {
        KitchenName = "Mama Ntilie Kitchen",
        SlipNumber = "0147-3",
        SlipCode = Code,
        QrContent = Link,
        Lines =
        [
            new()
            {
                Quantity = 2,
                Name = "Pilau ya nyama ya ng’ombe na kachumbari",
                UnitPrice = 8000,
                LineTotal = 16000,
                Instructions = "Bila pilipili, tafadhali; one plate without onions",
            },
            new() { Quantity = 1, Name = "Chai ya maziwa", UnitPrice = 1500, LineTotal = 1500 },
            new() { Quantity = 12, Name = "Crème brûlée", UnitPrice = 4500, LineTotal = 54000 },
        ],
        Total = 71500,
        Serving = "Dine in, table 05",
        Tag = "Juma Mwakasege",
        CreatedAt = Issued,
        ExpiresAt = Issued.AddMinutes(15),
        Note = "Pay at the cashier before 14:35",
    };

    /// <summary>The same slip with a text of a guest's own in every place that takes one.</summary>
    internal static SlipDocument Saying(string text) => PilauForTwo with
    {
        KitchenName = text,
        Serving = text,
        Tag = text,
        Note = text,
        Lines = [new() { Quantity = 1, Name = text, UnitPrice = 1500, LineTotal = 1500, Instructions = text }],
    };

    internal static Paper PaperOf(int millimetres) => millimetres switch
    {
        58 => Paper.Roll58,
        80 => Paper.Roll80,
        _ => throw new ArgumentOutOfRangeException(nameof(millimetres)),
    };
}
