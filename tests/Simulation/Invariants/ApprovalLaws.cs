using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Orders that staff have to approve.</summary>
internal static class ApprovalLaws
{
    /// <summary>21_rejected_orders.sql</summary>
    public static IEnumerable<string> Rejected(Universe world)
    {
        var unseen = world.Database.Orders
            .Where(row => row.Order.Status is OrderStatus.NeedsApproval or OrderStatus.Rejected)
            .ToList();
        if (unseen.Count == 0) yield break;
        var reversed = world.Database.Postings
            .Where(posting => posting.Transfer is { Step: LedgerStep.Reverse, Debit.Kind: AccountKind.Sales })
            .ToLookup(posting => posting.SessionId, posting => posting.Transfer.Amount);
        var items = world.Database.Items.ToLookup(row => row.SessionId);
        foreach (var order in unseen.Select(row => row.Order))
        {
            var all = order.Status is OrderStatus.Rejected;
            var back = reversed[order.SessionId].Sum();
            var sold = items[order.SessionId].Sum(row => row.Quantity);
            var returned = items[order.SessionId].Sum(row => row.Returned);
            if (back != (all ? order.Total : Money.Zero) || returned != (all ? sold : 0))
                yield return $"{world.Name(order.SessionId)} {order.Status}, {back} of {order.Total} given back, "
                    + $"{returned} of {sold} plates returned";
        }
    }

    /// <summary>Nothing is cooked that nobody has approved, unless staff have taken the money.</summary>
    public static IEnumerable<string> Cooked(Universe world) =>
        from row in world.Database.Orders
        where row.Ticket is not null
        let session = world.Database.Session(row.Order.SessionId)?.Session
        where session?.Opening.Approval is not null
            && !session.Timeline.Any(known => known.What is TimelineEntryKind.OrderApproved)
            && !session.Timeline.Any(known => known is { What: TimelineEntryKind.Confirmed, By.Kind: CallerKind.Staff })
        select $"{world.Name(row.Order.SessionId)} is cooked, and nobody has seen it";

    /// <summary>Staff answer in time or the clock does, once, and that is told once.</summary>
    public static IEnumerable<string> Answered(Universe world)
    {
        var told = world.Database.Events
            .Select(row => row.Event switch
            {
                KitchenEvent.OrderApproved(var session, _) => session,
                KitchenEvent.OrderRejected(var session, _, _) => session,
                _ => (Guid?)null,
            })
            .OfType<Guid>()
            .CountBy(session => session)
            .ToDictionary();
        return
            from row in world.Database.Sessions
            where row.Session.Opening.Approval is not null
            let answers = row.Session.Timeline
                .Where(known => known.What is TimelineEntryKind.OrderApproved or TimelineEntryKind.OrderRejected)
                .ToList()
            let late = answers.Exists(answer => answer.By.Kind is CallerKind.Staff
                && !(answer.At < (row.Session as Session.Confirmed)?.After.Approval?.AnswerBy))
            where late || answers.Count > 1 || answers.Count != told.GetValueOrDefault(row.Id)
            select $"{world.Name(row.Id)}: {answers.Count} answers, {told.GetValueOrDefault(row.Id)} told, late {late}";
    }
}
