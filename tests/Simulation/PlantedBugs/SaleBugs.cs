using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Simulation.PlantedBugs;

/// <summary>Approvals, rejections and refunds do too little, or too much.</summary>
internal static class SaleBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        PlantedBug.Changing("ticket before approval", "What a guest has paid at the table is cooked at once.",
            (_, effect) => effect is Effect.PlaceOrder({ Status: OrderStatus.NeedsApproval } order)
                ? [new Effect.PlaceOrder(order with { Status = OrderStatus.Placed })]
                : [effect]),
        PlantedBug.Changing("approval fires twice", "A cashier's answer is told by two rules.",
            (_, effect) => effect is Effect.Publish { Event: KitchenEvent.OrderApproved }
                ? [effect, effect]
                : [effect]),
        new("silence is nobody's", "Once an order is paid no clock looks at it.",
            wiring => wiring.Commit = commit => commit.Row is { Status: SessionStatus.Confirmed } row
                ? commit with { Row = row with { Deadline = null } }
                : commit),
        PlantedBug.Changing("rejected plates lost", "What nobody cooks does not come back to the shelf.",
            (commit, effect) => effect is Effect.ReturnStock && IsRejection(commit) ? [] : [effect]),
        PlantedBug.Changing("rejected money kept in the books", "A rejection sends money back without a posting.",
            (commit, effect) => effect is Effect.Transfer { Movement.Step: LedgerStep.Reverse } && IsRejection(commit)
                ? []
                : [effect]),
        PlantedBug.Changing("refund promised only", "A refund by phone is booked, and nobody sends it.",
            (commit, effect) => effect is Effect.StartRefund && commit.Row?.Status is SessionStatus.Confirmed
                ? []
                : [effect]),
        PlantedBug.Changing(
            "refund of cash not booked", "Cash is handed back, and the books have it in the drawer still.",
            (_, effect) => effect is Effect.Transfer
            {
                Movement: { Step: LedgerStep.Reverse, Method: PaymentMethod.Cash },
            }
                ? []
                : [effect]),
        PlantedBug.Changing("eaten plates come back", "Whatever is refunded can be sold again.",
            (commit, effect) => effect is Effect.Publish { Event: KitchenEvent.OrderRefunded refunded }
                && commit.Effects.All(other => other is not Effect.ReturnStock)
                    ? [effect, new Effect.ReturnStock(commit.KitchenId, refunded.SessionId, OneItemOf(commit))]
                    : [effect]),
    ];

    private static bool IsRejection(GrainCommit commit) =>
        commit.Effects.Any(effect => effect is Effect.MoveOrder { Status: OrderStatus.Rejected });

    private static Sequence<StockLine> OneItemOf(GrainCommit commit) =>
        StateJson.Read<Session>(commit.State) is Session.Opened { Opening.Lines: [var line, ..] }
            ? [new StockLine(line.MenuId, 1)]
            : [];
}
