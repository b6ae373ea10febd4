using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>
/// Guests who order by their table's code. What they have paid by phone waits for a cashier, who lets it be cooked,
/// turns it down, or does not look.
/// </summary>
internal static class TableJourneys
{
    public static async Task OrderByTheTablesCode(Guest guest, CityKitchen kitchen)
    {
        var order = new Basket(guest.Dice, kitchen);
        var visitor = new Caller(CallerKind.TableGuest, guest.World.Ids.Next(), kitchen.Id);
        var slip = guest.Dice.Chance(0.2);
        var operation = guest.NewOperation();
        var open = new OpenSession(
            visitor, slip ? SessionType.Slip : SessionType.Immediate, Channel.TableQr, FulfillmentType.DineIn,
            order.Lines, slip ? null : Purse.ByPhones(guest, order.Total), TableNumber: "3", Operation: operation);
        if (await guest.Insist("open", operation.Id, operation, (session, patience) => session.Open(open, patience))
            is not Reply<Session>.Accepted(Session.Pending pending, _, _))
            return;

        if (slip) await PayInCash(guest, kitchen, pending);
        else await Journeys.SeeItThrough(guest, pending.Id, visitor);
        if (await guest.Look(pending.Id) is Session.Confirmed { After.Approval: { } approval } sale)
            await Answer(guest, kitchen, sale.Id, approval);
        await Complaints.MakeOf(guest, pending.Id, likely: 0.2);
    }

    private static async Task PayInCash(Guest guest, CityKitchen kitchen, Session.Pending slip)
    {
        var operation = guest.NewOperation();
        var confirm = new ConfirmSlip(
            kitchen.Cashier, [new PaymentRequest(PaymentMethod.Cash, slip.Opening.Total)], operation);
        await guest.Insist("pay", slip.Id, operation, (session, patience) => session.ConfirmSlip(confirm, patience));
    }

    /// <summary>A cashier answers, or two at once, soon or just when the time is over; or nobody does.</summary>
    private static async Task Answer(Guest guest, CityKitchen kitchen, Guid sale, Approval approval)
    {
        var left = approval.AnswerBy - guest.Place.Clock.GetUtcNow();
        if (left <= TimeSpan.Zero || guest.Dice.Chance(0.25)) return;
        await guest.Place.Delay(guest.Dice.Chance(0.7)
            ? guest.Dice.Between(TimeSpan.Zero, left / 2)
            : left + TimeSpan.FromMilliseconds(guest.Dice.Between(-2000, 2000)));
        var cashiers = Enumerable.Range(0, guest.Dice.Between(1, 2));
        var answers = await Task.WhenAll(cashiers.Select(_ => AnswerOnce(guest, kitchen, sale)));
        if (answers.Contains(true) && answers.Contains(false))
            guest.World.Census.Count("orders answered by two at once");
        if (await guest.Look(sale) is Session.Confirmed { After.Ticket: TicketStatus.New })
            await Cook(guest, kitchen, sale);
    }

    /// <summary>The kitchen begins with an order, or says that it cannot.</summary>
    public static async Task Cook(Guest guest, CityKitchen kitchen, Guid sale)
    {
        var operation = guest.NewOperation();
        var progress = guest.Dice.Pick(TicketStatus.Preparing, TicketStatus.Cancelled);
        var cook = new MoveTicket(kitchen.Cashier, progress, operation);
        await guest.Insist("cook", sale, operation, (session, patience) => session.MoveTicket(cook, patience));
    }

    private static async Task<bool> AnswerOnce(Guest guest, CityKitchen kitchen, Guid sale)
    {
        var operation = guest.NewOperation();
        var reply = guest.Dice.Chance(0.5)
            ? await guest.Insist(
                "approve", sale, operation,
                (session, patience) => session.Approve(new ApproveOrder(kitchen.Cashier, operation), patience))
            : await guest.Insist(
                "reject", sale, operation,
                (session, patience) => session.Reject(
                    new RejectOrder(kitchen.Cashier, "nobody sits there", operation), patience));
        return reply is Reply<Session>.Accepted;
    }
}
