using JikoXpress.Domain;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>What users of the app do: one cart, several kitchens, one payment.</summary>
internal static class CartJourneys
{
    /// <summary>Few users have carts, so that two phones of one of them meet at the same cart.</summary>
    public static async Task BuyAtSeveralKitchens(Guest guest, CityKitchen _)
    {
        var user = new Caller(CallerKind.AppUser, guest.Dice.Pick(guest.World.City.AppUsers));
        await Fill(guest, user);
        if (await guest.Look(grains => grains.Cart(user.Id).Read()) is not { } cart) return;
        var total = cart.Lines.Sum(line => guest.World.City.PriceOf(line.MenuId) * line.Quantity);
        var operation = guest.NewOperation();
        var checkOut = new OpenSession(
            user, SessionType.Immediate, Channel.App, FulfillmentType.Pickup, Items: null,
            Purse.InTheApp(guest, total), FromCart: true, Operation: operation);
        if (await guest.Insist(
            "check out", user.Id, operation, (grains, id, patience) => grains.Cart(id).CheckOut(checkOut, patience))
            is not Reply<CheckoutGroup>.Accepted(var group, _, _))
            return;

        if (guest.Dice.Chance(0.3)) await Fill(guest, user);
        if (guest.Dice.Chance(0.2)) await LeaveOne(guest, user, group);
        await Journeys.SeeItThrough(guest, group.Leading.Id, user);
        await Complaints.MakeOf(guest, guest.Dice.Pick([.. group.Members]).Opened.Id, likely: 0.6);
    }

    /// <summary>Dishes of most kitchens go in, and some come out again.</summary>
    private static async Task Fill(Guest guest, Caller user)
    {
        foreach (var kitchen in guest.World.City.Kitchens.Where(_ => guest.Dice.Chance(0.8)))
        {
            var dish = guest.Dice.Chance(0.6) ? guest.Dice.Pick(kitchen.Scarce) : guest.Dice.Pick(kitchen.Dishes);
            var put = new PutCartItem(dish.Id, guest.Dice.Between(1, 2));
            await guest.Insist(
                "put", user.Id, operation: null,
                (grains, id, patience) => grains.Cart(id).Put(put, liveMode: false, patience));
            if (guest.Dice.Chance(0.1))
                await guest.Insist(
                    "remove", user.Id, operation: null,
                    (grains, id, patience) => grains.Cart(id).Remove(dish.Id, patience));
        }
    }

    /// <summary>One session of a group cannot be given up without the others.</summary>
    private static async Task LeaveOne(Guest guest, Caller user, CheckoutGroup group)
    {
        var operation = guest.NewOperation();
        var member = group.Members[^1].Opened.Id;
        await guest.Insist(
            "cancel", member, operation,
            (session, patience) => session.Cancel(new CancelSession(user, operation), patience));
    }
}
