using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.WebApi.Sessions;

namespace JikoXpress.WebApi.Bills;

/// <summary>What a table owes, round by round, and what was paid for it.</summary>
internal sealed record BillView
{
    public required Guid Id { get; init; }

    public string Object { get; } = "bill";

    public required BillStatus Status { get; init; }

    /// <summary>False for test data.</summary>
    public required bool Livemode { get; init; }

    public required Guid KitchenId { get; init; }

    /// <summary>The kitchen's business day on which it was opened.</summary>
    public required DateOnly BusinessDate { get; init; }

    /// <summary>The number of the round that opened it.</summary>
    public required int Number { get; init; }

    public required string TableNumber { get; init; }

    public string? Tag { get; init; }

    public string Currency { get; } = "TZS";

    /// <summary>
    /// In whole shillings: what its items cost, save those voided, with the shares that came and went.
    /// </summary>
    public required Money Total { get; init; }

    /// <summary>In whole shillings: what was paid of it.</summary>
    public required Money Paid { get; init; }

    /// <summary>In whole shillings: what is still open.</summary>
    public required Money Balance { get; init; }

    public required IReadOnlyList<BillItemView> Items { get; init; }

    /// <summary>Parts of its amount that came from other bills, or, below zero, went to them.</summary>
    public required IReadOnlyList<BillShareView> Shares { get; init; }

    /// <summary>Oldest first, also those that came to nothing.</summary>
    public required IReadOnlyList<BillPaymentView> Payments { get; init; }

    /// <summary>The orders of which something is on it.</summary>
    public required IReadOnlyList<Guid> OrderIds { get; init; }

    /// <summary>The bills that were split off it, in their order.</summary>
    public required IReadOnlyList<Guid> SplitInto { get; init; }

    /// <summary>The bill that it was split off.</summary>
    public Guid? SplitFrom { get; init; }

    /// <summary>The bill that its items went to.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>What happened so far, oldest first.</summary>
    public required IReadOnlyList<BillTimelineEntryView> Timeline { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts the changes, from 1.</summary>
    public required long Version { get; init; }
}

/// <summary>One line of a round.</summary>
/// <param name="SessionId">The round.</param>
/// <param name="Name">As the menu called it then.</param>
/// <param name="UnitPrice">In whole shillings, as the menu had it then.</param>
/// <param name="Total">In whole shillings: the quantity times the unit price.</param>
/// <param name="Voided">Where nobody has to pay for it.</param>
internal sealed record BillItemView(
    Guid Id, Guid SessionId, Guid OrderId, Guid MenuId, string Name, int Quantity, Money UnitPrice, Money Total,
    string? ItemInstructions, VoidedView? Voided);

/// <summary>Why nobody has to pay for a line.</summary>
/// <param name="ApprovedById">The manager.</param>
/// <param name="Restocked">The kitchen had not begun it: its items can be sold again.</param>
internal sealed record VoidedView(string Reason, Guid ApprovedById, DateTimeOffset At, bool Restocked);

/// <summary>A part of one bill's amount that another bill pays.</summary>
/// <param name="BillId">The other bill.</param>
/// <param name="Amount">In whole shillings; below zero where it went.</param>
internal sealed record BillShareView(Guid BillId, long Amount);

/// <summary>Money for a bill, taken by a checkout session of its own.</summary>
/// <param name="CheckoutSessionId">
/// Ask for it, watch it, cancel it, ring another phone or approve a wallet's part there.
/// </param>
/// <param name="Amount">In whole shillings: what its parts come to.</param>
/// <param name="Refunded">In whole shillings: what of it has been given back since.</param>
internal sealed record BillPaymentView(
    Guid CheckoutSessionId, SessionStatus Status, Money Amount, Money? Refunded, IReadOnlyList<PaymentView> Payments,
    DateTimeOffset At);

/// <summary>One thing that happened to a bill.</summary>
/// <param name="OtherId">The session, bill or line that it is about.</param>
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
                [.. payment.Payments.Select(payment => SessionViews.Payment(viewer, payment))], payment.At)),
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
            ? new VoidedView(voided.Reason, voided.ApprovedBy.Id, voided.At, voided.Restocked)
            : null);
}
