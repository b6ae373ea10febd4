using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Bills;

/// <summary>A bill: what a table owes for its rounds, and the payments.</summary>
internal sealed record BillView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "bill";

    public required BillStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required Guid KitchenId { get; init; }

    /// <summary>The kitchen's business day on which the bill was opened.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>The number of the round that opened it.</summary>
    public required int Number { get; init; }

    public required string TableNumber { get; init; }

    public string? Tag { get; init; }

    public required string Currency { get; init; }

    /// <summary>
    /// In whole shillings: the cost of its items without voided ones, plus or minus the shares from and to other bills.
    /// </summary>
    public required Money Total { get; init; }

    /// <summary>In whole shillings: the amount paid, less what voids have given back.</summary>
    public required Money Paid { get; init; }

    /// <summary>In whole shillings: the amount still to pay.</summary>
    public required Money Balance { get; init; }

    public required IReadOnlyList<BillItemView> Items { get; init; }

    /// <summary>Amounts that came from other bills (positive) or went to other bills (negative).</summary>
    public required IReadOnlyList<BillShareView> Shares { get; init; }

    /// <summary>All payments, oldest first, unsuccessful ones included.</summary>
    public required IReadOnlyList<BillPaymentView> Payments { get; init; }

    /// <summary>The orders with items on this bill.</summary>
    public required IReadOnlyList<Guid> OrderIds { get; init; }

    /// <summary>The bills that were split off this one, in their order.</summary>
    public required IReadOnlyList<Guid> SplitInto { get; init; }

    /// <summary>The bill from which this one was split off.</summary>
    public Guid? SplitFrom { get; init; }

    /// <summary>The bill into which this one was merged.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>The bill's history, oldest first.</summary>
    public required IReadOnlyList<BillTimelineEntryView> Timeline { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of the last change, from 1.</summary>
    public required long Version { get; init; }
}

/// <summary>One line of a round.</summary>
/// <param name="SessionId">The session of the round.</param>
/// <param name="Name">The name on the menu when it was ordered.</param>
/// <param name="UnitPrice">In whole shillings; the price on the menu when it was ordered.</param>
/// <param name="Total">In whole shillings: quantity times unit price.</param>
/// <param name="Voided">Present if the line was voided and need not be paid for.</param>
internal sealed record BillItemView(
    Guid Id, Guid SessionId, Guid OrderId, Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total,
    string? ItemInstructions, VoidedView? Voided);

/// <summary>Why a line was voided.</summary>
/// <param name="ApprovedById">The manager who approved it.</param>
/// <param name="Restocked">True if the kitchen had not begun it, so its items can be sold again.</param>
/// <param name="GivenBack">
/// In whole shillings: what was paid for it already, and goes back where it came from; cash is handed over now.
/// </param>
internal sealed record VoidedView(
    string Reason, Guid ApprovedById, DateTimeOffset At, bool Restocked, Money? GivenBack);

/// <summary>An amount of one bill that another bill pays.</summary>
/// <param name="BillId">The other bill.</param>
/// <param name="Amount">In whole shillings; negative if it went to the other bill.</param>
internal sealed record BillShareView(Guid BillId, long Amount);

/// <summary>A payment for a bill; each is taken by its own checkout session.</summary>
/// <param name="CheckoutSessionId">
/// The session with which to read, watch or cancel the payment, push to another phone, or approve a wallet payment.
/// </param>
/// <param name="Amount">In whole shillings: the sum of its payments.</param>
/// <param name="Refunded">In whole shillings: how much of it was refunded.</param>
internal sealed record BillPaymentView(
    Guid CheckoutSessionId, SessionStatus Status, Money Amount, Money? Refunded, IReadOnlyList<PaymentView> Payments,
    DateTimeOffset At);

/// <summary>One event in a bill's history.</summary>
/// <param name="OtherId">The session, bill or line that the event is about.</param>
internal sealed record BillTimelineEntryView(
    BillTimelineEntryKind Event, DateTimeOffset At, CallerKind By, Guid? ById, Guid? OtherId, string? Reason);

internal static class BillViews
{
    public const string Path = "/api/v1/bills";

    public static BillView For(CallerKind viewer, Bill.Opened bill, long version) => new()
    {
        Id = bill.Id,
        Status = bill.Status,
        Livemode = bill.Opening.LiveMode,
        KitchenId = bill.Opening.KitchenId,
        BusinessDate = bill.Opening.BusinessDate,
        Number = bill.Opening.Number,
        TableNumber = bill.TableNumber,
        Tag = bill.Opening.Tag,
        Currency = bill.Opening.Currency.WireName,
        Total = bill.Total,
        Paid = bill.Paid,
        Balance = bill.Balance,
        Items = [.. bill.Lines.Select(Item)],
        Shares = [.. bill.Shares.Select(share => new BillShareView(share.BillId, share.Amount.Shillings))],
        Payments =
        [
            .. bill.Payments.Select(payment => new BillPaymentView(
                payment.SessionId, payment.Status, payment.Amount,
                SessionViews.UnlessZero(payment.Payments.Sum(payment => payment.Refunded ?? Money.Zero)),
                [
                    .. payment.Payments.Select(one =>
                        SessionViews.Payment(viewer, one, bill.Opening.Currency, payment.SessionId)),
                ],
                payment.At)),
        ],
        OrderIds = [.. bill.Orders],
        SplitInto =
        [
            .. bill.Timeline.Where(entry => entry.What is BillTimelineEntryKind.Split)
                .Select(entry => entry.Other).OfType<Guid>(),
        ],
        SplitFrom = bill.Opening.SplitFrom,
        MergedInto = bill.MergedInto,
        Timeline =
        [
            .. bill.Timeline.Select(entry => new BillTimelineEntryView(
                entry.What, entry.At, entry.By.Kind,
                entry.By.Id == Guid.Empty ? null : entry.By.Id, entry.Other, entry.Reason)),
        ],
        CreatedAt = bill.Opening.OpenedAt,
        Version = version,
    };

    private static BillItemView Item(BillLine line) => new(
        line.Id, line.SessionId, line.OrderId, line.Dish.MenuId, line.Dish.Name, line.Dish.Quantity,
        line.Dish.UnitPrice, line.Dish.Total, line.Dish.ItemInstructions,
        line.Voided is { } voided
            ? new VoidedView(voided.Reason, voided.ApprovedBy.Id, voided.At, voided.Restocked, voided.GivenBack)
            : null);
}
