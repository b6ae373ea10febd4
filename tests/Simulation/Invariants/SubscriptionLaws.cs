using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>Subscriptions, and the sessions that pay their periods.</summary>
internal static class SubscriptionLaws
{
    /// <summary>A phone that rings for a period when its subscription is cancelled has this long at most.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromHours(3);

    /// <summary>A round comes every half second; a day has passed without a storm.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(3);

    public static IEnumerable<string> OneSession(Universe world) =>
        from period in Periods(world)
        where period.Count() > 1
        select $"period {period.Key.Number} of {world.Name(period.Key.Id)} has {period.Count()} sessions";

    public static IEnumerable<string> Known(Universe world) =>
        from period in Periods(world)
        where world.Database.Subscription(period.Key.Id) is null
        select $"a session is of {world.Name(period.Key.Id)}, which is not there";

    /// <summary>However many sessions, phones and pushes there were.</summary>
    public static IEnumerable<string> ChargedOnce(Universe world) =>
        from period in Periods(world)
        let subscription = world.Database.Subscription(period.Key.Id)?.Subscription
        where subscription is not null
        let charged = period
            .SelectMany(row => row.Session.Payments)
            .Where(payment => payment.Status is PaymentStatus.Paid)
            .Sum(payment => payment.Amount)
        where charged > subscription.Amount
        select $"period {period.Key.Number} of {world.Name(period.Key.Id)} costs {subscription.Amount}, and took "
            + $"{charged}";

    public static IEnumerable<string> NoMoreThanPlanned(Universe world)
    {
        var periods = Periods(world).CountBy(period => period.Key.Id).ToDictionary();
        return
            from row in world.Database.Subscriptions
            let subscription = row.Subscription
            let opened = periods.GetValueOrDefault(subscription.Id)
            where subscription.Begun > subscription.Plan.Periods || opened > subscription.Begun
            select $"{world.Name(subscription.Id)}: {subscription.Begun} of {subscription.Plan.Periods} begun, {opened} "
                + "opened";
    }

    /// <summary>What is cancelled cannot be paid any more, save by whoever has the PIN prompt on the phone.</summary>
    public static IEnumerable<string> OverIsOver(Universe world) =>
        from row in world.Database.Subscriptions
        where row.Subscription is { IsOver: true, EndedAt: { } ended }
            && world.Timeline.Now > ended + LongestGoodbye
        from period in Periods(world)
        where period.Key.Id == row.Subscription.Id
            && period.Any(session => session.Status is SessionStatus.PendingPayment)
        select $"{world.Name(row.Subscription.Id)} is over since {row.Subscription.EndedAt}, and period "
            + $"{period.Key.Number} can be paid";

    /// <summary>Nobody is cancelled who has not asked for it, but for a plan that does so.</summary>
    public static IEnumerable<string> OverForAReason(Universe world) =>
        from row in world.Database.Subscriptions
        let subscription = row.Subscription
        let isMeant = subscription.Status switch
        {
            SubscriptionStatus.Ended => subscription.Begun == subscription.Plan.Periods
                || subscription.Plan.LastDay is not null,
            SubscriptionStatus.Cancelled => world.Wishes.Cancelled.Contains(subscription.Id)
                || subscription.BegunAt is null
                || (subscription.Plan.CancelsUnpaid && subscription.Period is PeriodState.Unpaid),
            SubscriptionStatus.Paused => world.Wishes.Paused.Contains(subscription.Id),
            _ => true,
        }
        where !isMeant
        select $"{world.Name(subscription.Id)} is {subscription.Status}, and nobody wanted it";

    // At the end of a run.

    public static IEnumerable<string> StandsStill(Universe world) => world.Database.Subscriptions
        .Where(row => row.DueAt < world.Timeline.Now - LongEnough)
        .Select(row => $"{world.Name(row.Subscription.Id)} {row.Subscription.Status} was due at {row.DueAt}");

    /// <summary>As the plan and the wall clock have it, which never change in Dar es Salaam.</summary>
    public static IEnumerable<string> NeverSkipped(Universe world) =>
        from row in world.Database.Subscriptions
        let subscription = row.Subscription
        where subscription.BegunAt is not null && !world.Wishes.Cancelled.Contains(subscription.Id)
            && !world.Wishes.Paused.Contains(subscription.Id)
            && subscription is not { Status: SubscriptionStatus.Cancelled, Plan.CancelsUnpaid: true }
        let due = DueBy(subscription, world.Timeline.Now - LongEnough)
        let opened = Periods(world).Count(period => period.Key.Id == subscription.Id)
        where subscription.Begun != due || opened != due || subscription.Number != due
        select $"{world.Name(subscription.Id)} begun at {subscription.BegunAt}: {due} periods were due, "
            + $"{subscription.Begun} have begun, {opened} have a session, the last is {subscription.Number}";

    /// <summary>Plans end long before the runs do.</summary>
    public static IEnumerable<string> Ended(Universe world) => world.Database.Subscriptions
        .Where(row => !row.Subscription.IsOver)
        .Select(row => $"{world.Name(row.Subscription.Id)} is {row.Subscription.Status}, due {row.DueAt}");

    private static int DueBy(Subscription subscription, DateTimeOffset now)
    {
        var plan = subscription.Plan;
        var length = TimeSpan.FromDays(plan.Every * (plan.Interval is SubscriptionRules.Week ? 7 : 1));
        var begun = subscription.BegunAt ?? now;
        var last = plan.LastDay is { } day
            // Midnight in Dar es Salaam, at which the day is over.
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(3)) - TimeSpan.FromTicks(1)
            : now;
        var count = 1 + (int)((now < last ? now - begun : last - begun) / length);
        return Math.Min(count, plan.Periods ?? count);
    }

    private static IEnumerable<IGrouping<(Guid Id, int Number), SessionInRows>> Periods(Universe world) =>
        world.Database.Subscriptions.Count == 0 ? []
        : from row in world.Database.Sessions
          where row.Row.Channel is Channel.Hosted
          let origin = row.Session.Opening.Hosted?.Subscription
          where origin is not null
          group row by (origin.Id, origin.Number);
}
