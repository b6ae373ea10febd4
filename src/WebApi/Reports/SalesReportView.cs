using System.Globalization;
using System.Text.Json.Serialization;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Payments;
using JikoXpress.WebApi.Shifts;

namespace JikoXpress.WebApi.Reports;

/// <summary>What a kitchen sold and was paid on a business day. All amounts are in whole shillings.</summary>
/// <param name="From">The start of the day.</param>
/// <param name="Until">The end of the day, which belongs to the next one.</param>
/// <param name="Items">Most sold first. A line without `menuId` is refunds of an amount, which name no item.</param>
/// <param name="PaymentMethods">Payments of orders and bills. Top-ups of balances are no sales.</param>
/// <param name="Staff">By who opened the session. The line without `staffId` is guests on their own.</param>
/// <param name="Hours">In the order of the day.</param>
/// <param name="PaymentCorrections">
/// Payments whose method was corrected on this day, oldest first; the payment may be of an earlier day.
/// </param>
/// <param name="CountCorrections">Counts of shifts that were corrected on this day, oldest first.</param>
internal sealed record SalesReportView(
    DateOnly BusinessDate,
    DateTimeOffset From,
    DateTimeOffset Until,
    SalesTotalView Total,
    IReadOnlyList<ItemSalesView> Items,
    IReadOnlyList<MethodSalesView> PaymentMethods,
    IReadOnlyList<ChannelSalesView> Channels,
    IReadOnlyList<StaffSalesView> Staff,
    IReadOnlyList<HourSalesView> Hours,
    UnpaidBillsView Bills,
    IReadOnlyList<PaymentCorrectionView> PaymentCorrections,
    IReadOnlyList<CountCorrectionView> CountCorrections,
    Money Commission)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "sales_report";

    public required string Currency { get; init; }

    public static SalesReportView Of(
        DateOnly date, DateTimeOffset from, DateTimeOffset until, SalesReport report, Currency currency) =>
        new(
            date, from, until,
            new SalesTotalView { Figures = report.Total },
            [.. report.Items.Select(line => new ItemSalesView(Id(line), line.Name) { Figures = line.Figures })],
            [.. report.PaymentMethods.Select(method => new MethodSalesView(
                method.PaymentMethod, method.Payments, method.Taken, method.Returned, method.Corrected,
                method.Net))],
            [.. report.Channels.Select(line => new ChannelSalesView(Channel(line)) { Figures = line.Figures })],
            [.. report.Staff.Select(line => new StaffSalesView(Id(line), line.Name) { Figures = line.Figures })],
            [.. report.Hours.Select(line => new HourSalesView(Hour(line)) { Figures = line.Figures })],
            new UnpaidBillsView(report.Bills.UnpaidBefore, report.Bills.Unpaid, report.Bills.WrittenOff),
            [.. report.PaymentCorrections.Select(correction => PaymentCorrectionView.Of(correction, currency))],
            [.. report.CountCorrections.Select(correction => CountCorrectionView.Of(correction, currency))],
            report.Commission)
        {
            Currency = currency.WireName,
        };

    private static Guid? Id(SalesLine line) => line.Key is { } key ? Guid.Parse(key) : null;

    private static Channel Channel(SalesLine line) => WireNames.Parse<Channel>(line.Key ?? "")
        ?? throw new InvalidOperationException($"{line.Key} is not a channel.");

    private static int Hour(SalesLine line) => int.Parse(line.Key ?? "", CultureInfo.InvariantCulture);
}

/// <summary>The figures of a line.</summary>
internal abstract record SalesView
{
    [JsonIgnore]
    public SalesFigures Figures { get; init; } = SalesFigures.None;

    /// <summary>Items sold, before voids and refunds.</summary>
    public long Quantity => Figures.Quantity;

    /// <summary>Items that were taken off a bill.</summary>
    public long QuantityVoided => Figures.QuantityVoided;

    /// <summary>Items that were refunded.</summary>
    public long QuantityRefunded => Figures.QuantityRefunded;

    /// <summary>The price of what was sold.</summary>
    public Money Sold => Figures.Sold;

    /// <summary>The price of what was taken off a bill.</summary>
    public Money Voided => Figures.Voided;

    /// <summary>What was given back for orders and closed bills.</summary>
    public Money Refunded => Figures.Refunded;

    /// <summary>Sold, less voided and refunded.</summary>
    public Money Net => Figures.Net;
}

/// <summary>All sales of the day.</summary>
internal sealed record SalesTotalView : SalesView
{
    /// <summary>Orders placed; each round of a bill is one.</summary>
    public long Orders => Figures.Orders;
}

/// <summary>The sales of one item.</summary>
/// <param name="Name">As it was sold.</param>
internal sealed record ItemSalesView(Guid? MenuId, string? Name) : SalesView;

/// <summary>The sales of one channel.</summary>
internal sealed record ChannelSalesView(Channel Channel) : SalesView
{
    /// <summary>Orders placed; each round of a bill is one.</summary>
    public long Orders => Figures.Orders;
}

/// <summary>The sales of one staff member.</summary>
internal sealed record StaffSalesView(Guid? StaffId, string? Name) : SalesView
{
    /// <summary>Orders placed; each round of a bill is one.</summary>
    public long Orders => Figures.Orders;
}

/// <summary>The sales of one hour.</summary>
/// <param name="Hour">0 to 23, in the kitchen's time zone.</param>
internal sealed record HourSalesView(int Hour) : SalesView
{
    /// <summary>Orders placed; each round of a bill is one.</summary>
    public long Orders => Figures.Orders;
}

/// <summary>The payments of one method.</summary>
/// <param name="Payments">The number of payments.</param>
/// <param name="Returned">Given back by refunds and voids.</param>
/// <param name="Corrected">What corrections brought to this method, or, when negative, took from it.</param>
/// <param name="Net">Taken, less returned, with what was corrected.</param>
internal sealed record MethodSalesView(
    PaymentMethod PaymentMethod, long Payments, Money Taken, Money Returned, Money Corrected, Money Net);

/// <summary>What bills owe, and what nobody pays.</summary>
/// <param name="UnpaidBefore">At the start of the day.</param>
/// <param name="Unpaid">At the end of the day, or now.</param>
/// <param name="WrittenOff">The balances of bills that were written off.</param>
internal sealed record UnpaidBillsView(Money UnpaidBefore, Money Unpaid, Money WrittenOff);

/// <summary>How the report is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(InstantJson), typeof(WireNameJson<PaymentMethod>), typeof(WireNameJson<Channel>)])]
[JsonSerializable(typeof(SalesReportView))]
internal sealed partial class SalesReportJson : JsonSerializerContext;
