using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Simulation.Store;
using JikoXpress.Simulation.World;

namespace JikoXpress.Simulation.Clients;

/// <summary>Customers who subscribe, and the merchant who pauses, resumes and cancels their subscriptions.</summary>
internal static class SubscriptionJourneys
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam");
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(20);

    /// <param name="until">Whatever has no end of its own is cancelled by then, and what is paused goes on.</param>
    public static async Task Subscribe(Guest guest, CityKitchen kitchen, DateTimeOffset until)
    {
        var plan = PlanOf(guest, until) with { TrialDays = guest.Dice.Chance(0.3) ? guest.Dice.Between(1, 2) : null };
        var open = new OpenHosted(
            guest.World.City.Merchant, LiveMode: false, kitchen.Id, new Money(guest.Dice.Between(1, 40) * 500),
            Mode: SubscriptionRules.Mode, Plan: plan, ClientReferenceId: "club",
            CustomerPhone: Purse.Phone(guest.Dice));
        if (await ShopJourneys.Open(guest, open) is not { } first) return;
        await ShopJourneys.PayOnThePage(guest, first, goesAway: 0.03);
        var id = Subscription.IdOf(first.Id);
        while (guest.Place.Clock.GetUtcNow() + LongestRest < until)
        {
            await guest.Wait(TimeSpan.FromMinutes(1), LongestRest);
            await GoOn(guest, id);
        }

        // A pause that nobody answered may still be on its way.
        await guest.Wait(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        if (StatusOf(guest, id) is SubscriptionStatus.Paused) await Resume(guest, id);
        if (plan is { Periods: null, LastDay: null }) await Cancel(guest, id, withPeriod: guest.Dice.Chance(0.5));
    }

    private static SubscriptionPlan PlanOf(Guest guest, DateTimeOffset until)
    {
        var cancels = guest.Dice.Chance(0.3);
        return guest.Dice.Below(10) switch
        {
            0 => new SubscriptionPlan(SubscriptionRules.Week, Periods: 2, CancelsUnpaid: cancels),
            < 3 => new SubscriptionPlan(SubscriptionRules.Day, CancelsUnpaid: cancels),
            < 5 => new SubscriptionPlan(
                SubscriptionRules.Day, LastDay: DateOnly.FromDateTime(until.UtcDateTime), CancelsUnpaid: cancels),
            5 => new SubscriptionPlan(SubscriptionRules.Day, Every: 4, Periods: 2, CancelsUnpaid: cancels),
            _ => new SubscriptionPlan(
                SubscriptionRules.Day, guest.Dice.Between(1, 2), guest.Dice.Between(2, 4), CancelsUnpaid: cancels),
        };
    }

    /// <summary>What somebody thinks of on a day, sometimes at the moment when a period begins.</summary>
    private static async Task GoOn(Guest guest, Guid id)
    {
        if (guest.Dice.Chance(0.4) && guest.World.Database.Subscription(id)?.Subscription is { IsOver: false } running
            && running.PeriodEnds(Zone) - guest.Place.Clock.GetUtcNow() is { } left && left < LongestRest)
            await guest.Place.Delay(left + TimeSpan.FromMilliseconds(guest.Dice.Between(-500, 4_000)));
        switch (guest.Dice.Below(12))
        {
            case 0 or 1:
                await Pause(guest, id);
                break;
            case 2:
                await Cancel(guest, id, withPeriod: guest.Dice.Chance(0.6));
                break;
            case < 7 when StatusOf(guest, id) is SubscriptionStatus.Paused:
                await Resume(guest, id);
                break;
            case < 10:
                await PayByHand(guest, id);
                break;
        }
    }

    /// <summary>The customer does not wait for the phone, or has not heard it.</summary>
    private static async Task PayByHand(Guest guest, Guid id)
    {
        if (guest.World.Database.Subscription(id)?.Subscription.SessionId is { } period
            && await guest.Look(period) is Session.Pending pending)
        {
            await ShopJourneys.PayOnThePage(guest, pending, goesAway: 0.4);
            guest.World.Census.Count("periods paid by hand");
        }
    }

    private static Task Pause(Guest guest, Guid id)
    {
        guest.World.Wishes.Paused.Add(id);
        return Change(guest, "pause", id, (subscription, _) => subscription.Pause());
    }

    private static Task Resume(Guest guest, Guid id) =>
        Change(guest, "resume", id, (subscription, now) => subscription.Resume(Zone, now));

    private static Task Cancel(Guest guest, Guid id, bool withPeriod)
    {
        guest.World.Wishes.Cancelled.Add(id);
        return Change(guest, "cancel", id, (subscription, now) => subscription.Cancel(withPeriod, now));
    }

    private static SubscriptionStatus? StatusOf(Guest guest, Guid id) =>
        guest.World.Database.Subscription(id)?.Subscription.Status;

    private static async Task Change(
        Guest guest, string what, Guid id,
        Func<Subscription, DateTimeOffset, (Subscription? Next, Refusal? Refusal)> decide)
    {
        for (var tries = 0; tries < 40; tries++)
        {
            var decided = await guest.Ask(host => host.Merchants.Change(id, decide));
            guest.World.Say(guest.Place, $"{what} {guest.World.Name(id)} -> {Told(decided)}");
            if (decided is not null)
            {
                guest.World.Census.Count($"subscriptions asked to {what}: {(decided.Next is null ? "no" : "yes")}");
                return;
            }

            await guest.Wait(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(8));
        }
    }

    private static string Told(Decided? decided) => decided switch
    {
        { Next: { } next } => $"{next.Status}",
        { Refusal: { } refusal } => refusal.Code,
        _ => "no answer",
    };
}
