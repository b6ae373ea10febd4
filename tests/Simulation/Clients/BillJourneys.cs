using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What goes on at tables: guests eat in rounds, two waiters serve them, and all is paid in the end.</summary>
internal static class BillJourneys
{
    private const int MostLooks = 100;

    /// <summary>After so many looks whoever pays puts cash down, and after twice as many nobody pays.</summary>
    private const int Patience = 4;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestErrand = TimeSpan.FromSeconds(30);

    public static async Task EatAtATable(Guest guest, CityKitchen kitchen)
    {
        if (await Seat(guest, kitchen, $"{guest.Dice.Between(1, 5)}") is not { } table) return;
        var other = guest.Dice.Chance(0.7) ? await Seat(guest, kitchen, $"{guest.Dice.Between(6, 9)}") : null;
        await Task.WhenAll(
            Wait(guest, kitchen, table, other),
            guest.Dice.Chance(0.5) && other is not null
                ? Wait(guest, kitchen, other, table)
                : Wait(guest, kitchen, table, other));
        await Settle(guest, kitchen, table.Bill);
        if (other is not null) await Settle(guest, kitchen, other.Bill);
    }

    /// <summary>A waiter brings rounds, takes money, and does what the guests wish with the bill.</summary>
    private static async Task Wait(Guest guest, CityKitchen kitchen, Table table, Table? other)
    {
        for (var errands = guest.Dice.Between(2, 4); errands > 0; errands--)
        {
            await guest.Wait(TimeSpan.Zero, guest.Dice.Chance(0.5) ? Moment : LongestErrand);
            switch (guest.Dice.Below(5))
            {
                case 0 or 1:
                    await Serve(guest, kitchen, table.Number, table.Bill);
                    break;
                case 2:
                    await PayEarly(guest, kitchen, (other ?? table).Bill);
                    break;
                default:
                    await BillChores.DoOne(guest, kitchen, table.Bill, other?.Bill);
                    break;
            }
        }
    }

    private static async Task<Table?> Seat(Guest guest, CityKitchen kitchen, string number) =>
        await Serve(guest, kitchen, number, bill: null) is { } bill ? new Table(number, bill) : null;

    /// <summary>The bill that the round came onto; null where it was refused.</summary>
    private static async Task<Guid?> Serve(Guest guest, CityKitchen kitchen, string table, Guid? bill)
    {
        var order = new Basket(guest.Dice, kitchen);
        var operation = guest.NewOperation();
        var open = new OpenSession(
            kitchen.Cashier, SessionType.Tab, Channel.Pos, FulfillmentType.DineIn, order.Lines, Payments: null,
            TableNumber: table, BillId: bill, Operation: operation);
        if (await guest.Insist("open", operation.Id, operation, (session, patience) => session.Open(open, patience))
            is not Reply<Session>.Accepted(Session.Opened round, _, _))
            return null;
        if (guest.Dice.Chance(0.3)) await TableJourneys.Cook(guest, kitchen, round.Id);
        return round.Opening.BillId;
    }

    /// <summary>Pays a bill and all that was split off it, and writes off what nobody pays.</summary>
    private static async Task Settle(Guest guest, CityKitchen kitchen, Guid id)
    {
        for (var looks = 0; looks < MostLooks; looks++)
        {
            await guest.Wait(Moment, TimeSpan.FromSeconds(20));
            switch (await guest.Look(grains => grains.Bill(id).Read()))
            {
                case Bill.Opened { Status: BillStatus.Open } when looks > 2 * Patience || guest.Dice.Chance(0.03):
                    await BillChores.WriteOff(guest, kitchen, id);
                    break;
                case Bill.Opened { Status: BillStatus.Open } bill:
                    await Pay(guest, kitchen, bill, inPart: 0.2, inCash: looks > Patience);
                    break;
                case Bill.Opened { Pending: { } payment }:
                    await Journeys.SeeItThrough(guest, payment.SessionId);
                    break;
                case Bill.Opened closed:
                    await Complain(guest, closed);
                    foreach (var part in closed.Timeline.Where(known => known.What is BillTimelineEntryKind.Split))
                        await Settle(guest, kitchen, part.Other ?? Guid.Empty);
                    return;
            }
        }
    }

    /// <summary>Somebody leaves before the others, and pays for himself.</summary>
    private static async Task PayEarly(Guest guest, CityKitchen kitchen, Guid id)
    {
        if (await guest.Look(grains => grains.Bill(id).Read()) is Bill.Opened { Status: BillStatus.Open } bill)
            await Pay(guest, kitchen, bill, inPart: 0.8, inCash: guest.Dice.Chance(0.5));
    }

    /// <summary>What was paid can be given back; the round itself was not paid.</summary>
    private static async Task Complain(Guest guest, Bill.Opened bill)
    {
        if (bill.Payments.Count > 0)
            await Complaints.MakeOf(guest, guest.Dice.Pick([.. bill.Payments]).SessionId, likely: 0.3);
        if (bill.Lines.Count > 0)
            await Complaints.MakeOf(guest, guest.Dice.Pick([.. bill.Lines]).SessionId, likely: 0.1);
    }

    /// <summary>Sometimes two waiters take the money for the same bill at the same moment.</summary>
    private static async Task Pay(Guest guest, CityKitchen kitchen, Bill.Opened bill, double inPart, bool inCash)
    {
        var amount = guest.Dice.Chance(inPart) ? new Money(Math.Max(1, bill.Balance.Shillings / 2)) : bill.Balance;
        var paid = await Task.WhenAll(Enumerable.Range(0, guest.Dice.Between(1, 2)).Select(_ => PayOnce(
            guest, kitchen, bill.Id,
            inCash ? [new PaymentRequest(PaymentMethod.Cash, amount)] : Purse.AtTheTill(guest, kitchen, amount))));
        if (paid.Contains(true) && paid.Contains(false)) guest.World.Census.Count("bills paid by two at once");
    }

    private static async Task<bool> PayOnce(
        Guest guest, CityKitchen kitchen, Guid bill, Sequence<PaymentRequest> payments)
    {
        var operation = guest.NewOperation();
        var pay = new PayBill(kitchen.Cashier, payments, operation);
        return await guest.Insist(
            "pay bill", bill, operation, (grains, id, patience) => grains.Bill(id).Pay(pay, patience))
            is Reply<Bill>.Accepted;
    }

    private sealed record Table(string Number, Guid Bill);
}
