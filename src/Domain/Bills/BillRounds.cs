using JikoXpress.Domain.Sessions;

namespace JikoXpress.Domain.Bills;

/// <summary>Adds rounds to bills.</summary>
public static class BillRounds
{
    /// <summary>The bill that the first round of a table opens.</summary>
    internal static Bill.Opened Opening(Session.Confirmed round, Guid orderId, BillIds ids) => new(
        ids.BillId,
        new BillOpening(
            round.Opening.KitchenId, round.Opening.OpenedBy, round.At, round.Opening.BusinessDate,
            round.Opening.Number, round.Opening.LiveMode, round.Opening.Tag,
            OtherCurrency: round.Opening.OtherCurrency),
        round.Opening.TableNumber ?? throw new InvalidOperationException("A TAB must be DINE_IN and name a table."),
        BillStatus.Open,
        LinesOf(round, orderId, ids),
        Shares: [],
        Payments: [],
        Operations: [],
        [new BillTimelineEntry(BillTimelineEntryKind.Opened, round.At, round.Opening.OpenedBy, round.Id)]);

    extension(Bill.Opened bill)
    {
        /// <summary>The bill with a further round.</summary>
        internal Bill.Opened With(Session.Confirmed round, Guid orderId, BillIds ids) => bill with
        {
            Lines = [.. bill.Lines, .. LinesOf(round, orderId, ids)],
            Timeline = bill.Timeline.With(
                new BillTimelineEntry(BillTimelineEntryKind.RoundAdded, round.At, round.Opening.OpenedBy, round.Id)),
        };
    }

    private static Sequence<BillLine> LinesOf(Session.Confirmed round, Guid orderId, BillIds ids) =>
        round.Opening.Lines
            .Select((dish, place) => new BillLine(ids.Lines[place], round.Id, orderId, place, dish))
            .ToSequence();
}
