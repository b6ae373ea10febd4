using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>Guests who are not content, and managers who give money back: sometimes two of them at once.</summary>
internal static class Complaints
{
    public static async Task MakeOf(Guest guest, Guid sale, double likely)
    {
        if (!guest.Dice.Chance(likely) || await guest.Look(sale) is not Session.Confirmed confirmed) return;
        var kitchen = guest.World.City.Of(confirmed.Opening.KitchenId);
        var managers = Enumerable.Range(0, guest.Dice.Between(1, 2));
        await Task.WhenAll(managers.Select(_ => guest.Dice.Chance(0.25)
            ? Correct(guest, kitchen, confirmed)
            : Refund(guest, kitchen, confirmed)));
    }

    /// <summary>A payment was keyed with another method; of two managers who see it, one corrects it.</summary>
    private static async Task Correct(Guest guest, CityKitchen kitchen, Session.Confirmed sale)
    {
        // A round on a bill has none of its own.
        if (sale.Payments.Count == 0) return;
        var operation = guest.NewOperation();
        var payment = guest.Dice.Pick([.. sale.Payments]);
        var correct = new CorrectPayment(
            kitchen.Cashier, payment.Id, guest.Dice.Pick(PaymentMethod.Cash, PaymentMethod.Card),
            KitchenPaymentMethodId: null, "keyed wrongly", payment.Corrections?[^1].Id, operation);
        await guest.Insist(
            "correct", sale.Id, operation, (grains, id, patience) => grains.Session(id).CorrectPayment(correct, patience));
    }

    private static async Task Refund(Guest guest, CityKitchen kitchen, Session.Confirmed sale)
    {
        var operation = guest.NewOperation();
        var dishes = sale.Opening.Lines.Select(line => line.MenuId).Distinct().ToList();
        var total = sale.Opening.Total;
        var refund = new RefundOrder(kitchen.Cashier, Items: null, Amount: null, "cold", Operation: operation);
        refund = guest.Dice.Below(4) switch
        {
            0 when dishes.Count > 0 => refund with
            {
                Items = [new ItemsToRefund(guest.Dice.Pick(dishes), Quantity: 1)],
                Restock = guest.Dice.Chance(0.5),
            },
            1 => refund with { Amount = new Money(guest.Dice.Between(1, (int)total.Shillings)) },
            2 when dishes.Count > 0 => refund with
            {
                Items = dishes.Select(dish => new ItemsToRefund(dish)).ToSequence(),
                Restock = guest.Dice.Chance(0.5),
            },
            _ => refund with { Amount = total },
        };
        await guest.Insist(
            "refund", sale.Id, operation, (grains, id, patience) => sale.Opening is { Pays: not null, BillId: { } bill }
                ? grains.Bill(bill).Refund(new RefundBillPayment(id, refund), patience)
                : grains.Session(id).Refund(refund, patience));
    }
}
