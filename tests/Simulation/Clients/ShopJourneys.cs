using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Clients;

/// <summary>Customers of a web shop, and visitors of payment links, who pay on the page.</summary>
internal static class ShopJourneys
{
    private const int MostTries = 5;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(3);

    public static async Task BuyAtAWebShop(Guest guest, CityKitchen kitchen)
    {
        var open = new OpenHosted(
            guest.World.City.Merchant, LiveMode: false, kitchen.Id, new Money(guest.Dice.Between(1, 40) * 500),
            ClientReferenceId: "basket", ExpiresInSeconds: guest.Dice.Between(60, 1_200),
            DeferPayment: guest.Dice.Chance(0.3));
        if (await Open(guest, open) is not { } session) return;
        await PayOnThePage(guest, session);
        await Complaints.MakeOf(guest, session.Id, likely: 0.3);
    }

    /// <summary>A visitor opens a session of a link, or two at once.</summary>
    public static async Task VisitALink(Guest guest, CityKitchen kitchen) => await Task.WhenAll(
        Enumerable.Range(0, guest.Dice.Between(1, 2))
            .Select(_ => VisitOnce(guest, guest.Dice.Pick(guest.World.City.Links))));

    /// <summary>A link is switched off while visitors pay or come in, and mostly on again.</summary>
    public static async Task SwitchALink(Guest merchant)
    {
        var link = merchant.Dice.Pick(merchant.World.City.Links);
        var visits = merchant.Dice.Chance(0.6) ? VisitOnce(merchant, link) : Task.CompletedTask;
        await merchant.Wait(TimeSpan.Zero, Moment);
        await Switch(merchant, link, active: false);
        await visits;
        if (merchant.Dice.Chance(0.3)) return;
        await merchant.Wait(Moment, LongestPause);
        await Switch(merchant, link, active: true);
    }

    /// <summary>A shop opens a session; null where it was refused.</summary>
    public static async Task<Session.Opened?> Open(Guest guest, OpenHosted open)
    {
        var operation = guest.NewOperation();
        var reply = await guest.Insist(
            "open", operation.Id, operation,
            (session, patience) => session.OpenHosted(open with { Operation = operation }, patience));
        return reply is Reply<Session>.Accepted(Session.Opened opened, _, _) ? opened : null;
    }

    /// <summary>The customer tries some phones, mistypes, goes away, or lets the shop end it.</summary>
    public static async Task PayOnThePage(Guest guest, Session.Opened session, double goesAway = 0.15)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await guest.Wait(TimeSpan.Zero, tries == 0 ? TimeSpan.FromSeconds(30) : LongestPause);
            if (guest.Dice.Chance(goesAway)) break;
            if (await guest.Look(session.Id) is not Session.Pending) return;
            await Pay(guest, session);
        }

        if (!guest.Dice.Chance(0.2)) return;
        var operation = guest.NewOperation();
        await guest.Insist(
            "expire", session.Id, operation, (grain, patience) => grain.ExpireEarly(
                new ExpireSession(guest.World.City.Merchant, operation), patience));
    }

    private static async Task VisitOnce(Guest guest, Guid id)
    {
        var terms = guest.World.Database.FindLink(id)?.Terms;
        var visit = new OpenHosted(
            guest.World.City.Merchant, LiveMode: false, StoreId: null,
            terms?.OpenAmount is null ? null : new Money(guest.Dice.Between(1, 40) * 500), PaymentLinkId: id,
            IsVisitor: guest.Dice.Chance(0.8));
        if (await Open(guest, visit) is not { } session) return;
        await PayOnThePage(guest, session);
        await Complaints.MakeOf(guest, session.Id, likely: 0.1);
    }

    private static async Task Pay(Guest guest, Session.Opened session)
    {
        if (session.Opening.Hosted is not { } terms) return;
        var operation = guest.NewOperation();
        guest.World.Wishes.PaidByHand.Add(operation.Id);
        var slip = guest.Dice.Below(20);
        var pay = new PayHosted(
            HostedDecisions.PageOf(session.Id), slip == 0 ? "QUJDREVGR0hJSktMTU5PUA" : terms.PageKey,
            HostedWords.MobileMoney, slip == 1 ? "+25571000" : Purse.Phone(guest.Dice),
            Amount: slip == 2 ? new Money(1) : session.Opening.Total, Operation: operation);
        await guest.Insist("pay", session.Id, operation, (grain, patience) => grain.PayHosted(pay, patience));
    }

    private static async Task Switch(Guest merchant, Guid link, bool active)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            if (await merchant.Ask(host => host.Merchants.Switch(link, active)) is not null) return;
            await merchant.Wait(Moment, TimeSpan.FromSeconds(8));
        }
    }
}
