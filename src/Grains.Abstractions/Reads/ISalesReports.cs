using JikoXpress.Domain;
using JikoXpress.Domain.Shifts;

namespace JikoXpress.Grains.Abstractions.Reads;

/// <summary>What a kitchen sold and was paid on a business day.</summary>
public interface ISalesReports
{
    /// <summary>
    /// Everything counts on the day on which it happened: a refund on the day when the money went back, and not when
    /// the order was placed. So the report of a day that is over does not change.
    /// </summary>
    /// <param name="until">The end of the day, which is the start of the next one.</param>
    Task<SalesReport> Of(Guid kitchenId, string timeZone, DateTimeOffset since, DateTimeOffset until);
}

/// <summary>
/// The sums fit: the net amount of all items is that of all payment methods, plus what was written off, plus what bills
/// owed at the end, less what they owed at the start.
/// </summary>
/// <param name="Items">By the item's id, most sold first; the line without an id is refunds that name no item.</param>
/// <param name="Channels">By the wire name of the channel.</param>
/// <param name="Staff">By the staff member who opened the session; without an id: guests on their own.</param>
/// <param name="PaymentCorrections">Of payments of this day or of others, oldest first.</param>
/// <param name="CountCorrections">Of shifts that were closed on this day or on others, oldest first.</param>
/// <param name="Commission">The platform's, less what refunds gave back of it; the net amounts have it in them.</param>
/// <param name="Hours">By the local hour, 0 to 23, in the order of the day.</param>
public sealed record SalesReport(
    SalesFigures Total,
    Sequence<SalesLine> Items,
    Sequence<SalesLine> Channels,
    Sequence<SalesLine> Staff,
    Sequence<SalesLine> Hours,
    Sequence<MethodFigures> PaymentMethods,
    BillFigures Bills,
    Sequence<LateCorrection> PaymentCorrections,
    Sequence<CountCorrection> CountCorrections,
    Money Commission);

/// <summary>The figures of one item, channel, staff member or hour.</summary>
public sealed record SalesLine(string? Key, string? Name, SalesFigures Figures);

/// <param name="Orders">Orders placed; 0 in the line of an item.</param>
/// <param name="Quantity">Items sold, before voids and refunds.</param>
public sealed record SalesFigures(
    long Orders, long Quantity, long QuantityVoided, long QuantityRefunded, Money Sold, Money Voided, Money Refunded)
{
    public static SalesFigures None { get; } = new(0, 0, 0, 0, Money.Zero, Money.Zero, Money.Zero);

    public Money Net => Sold - Voided - Refunded;
}

/// <summary>The payments of one method that were applied to sales; top-ups of balances are none.</summary>
/// <param name="Corrected">What corrections brought to this method, or, when negative, took from it.</param>
public sealed record MethodFigures(
    PaymentMethod PaymentMethod, long Payments, Money Taken, Money Returned, Money Corrected)
{
    public Money Net => Taken - Returned + Corrected;
}

/// <summary>What the kitchen's bills owe.</summary>
public sealed record BillFigures(Money UnpaidBefore, Money Unpaid, Money WrittenOff);
