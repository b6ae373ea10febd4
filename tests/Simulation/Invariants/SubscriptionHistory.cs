using JikoXpress.Domain;
using JikoXpress.Domain.Merchants;
using JikoXpress.Simulation.World;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>
/// What only somebody sees who remembers: periods are counted one by one, and none without its session.
/// </summary>
internal sealed class SubscriptionHistory
{
    public const string Name = "periods begin one after the other, in their time, and only a pause leaves some out";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam");

    /// <summary>How late a period is counted at most: hosts die, claims have to end, and pauses come at once.</summary>
    private static readonly TimeSpan LatestCount = TimeSpan.FromMinutes(30);

    private readonly Dictionary<Guid, Known> known = [];

    public string? Contradiction(Universe world)
    {
        foreach (var row in world.Database.Subscriptions)
        {
            var subscription = row.Subscription;
            if (!known.TryGetValue(subscription.Id, out var before))
            {
                known.Add(subscription.Id, new Known(row, [subscription.Number]));
                continue;
            }

            if (!ReferenceEquals(before.Row, row))
            {
                if (Change(before, row, world.Timeline.Now) is { } wrong)
                    return $"{world.Name(subscription.Id)} {wrong}";
                before.Row = row;
            }

            if (OfSessions(before, world) is { } odd) return $"{world.Name(subscription.Id)} {odd}";
        }

        return known.Count == world.Database.Subscriptions.Count ? null : "a subscription is gone";
    }

    private static string? Change(Known before, SubscriptionInRows row, DateTimeOffset now)
    {
        var (old, next) = (before.Row.Subscription, row.Subscription);
        if (old.Status is SubscriptionStatus.Paused != next.Status is SubscriptionStatus.Paused) before.Turned.Add(now);
        if (row.Version < before.Row.Version) return $"went from v{before.Row.Version} to v{row.Version}";
        if (old.IsOver && next.Status != old.Status) return $"was {old.Status}, and is {next.Status}";
        if (next.Number == old.Number)
        {
            if (next.Begun != old.Begun) return $"has begun {next.Begun} and not {old.Begun}, without a new one";
            return next.Asked < old.Asked ? $"was asked {old.Asked} times, and then {next.Asked}" : null;
        }

        if (next.Number < old.Number) return $"went from period {old.Number} to {next.Number}";
        // The last one that a pause left out, or the one that begins.
        if (SubscriptionCalendar.StartOf(next.Plan, next.BegunAt ?? now, next.Number, Zone) > now)
            return $"is in period {next.Number} before it begins";
        if (old.Status is SubscriptionStatus.Paused && next.Status is SubscriptionStatus.Active
            && next.Begun == old.Begun)
            return null;
        if (next.Begun != old.Begun + 1)
            return $"went from period {old.Number} to {next.Number}, with {old.Begun} begun and then {next.Begun}";
        for (var number = before.Begun[^1] + 1; number < next.Number; number++)
        {
            if (!before.IsPausedAt(SubscriptionCalendar.StartOf(next.Plan, next.BegunAt ?? now, number, Zone)))
                return $"left out period {number} without a pause";
        }

        if (old.Period is PeriodState.Open) return $"begins period {next.Number} while {old.Number} is open";
        before.Begun.Add(next.Number);
        return null;
    }

    private static string? OfSessions(Known before, Universe world)
    {
        var subscription = before.Row.Subscription;
        var last = before.Begun[^1];
        foreach (var number in before.Begun)
        {
            var id = (subscription with { Number = number }).SessionId;
            var session = world.Database.Session(id);
            var state = number == last ? subscription.Period : (PeriodState?)null;
            var isTold = (state, session?.Status) switch
            {
                (PeriodState.Open, _) => true,
                (PeriodState.Paid, var status) => status is SessionStatus.Confirmed,
                (PeriodState.Unpaid, var status) => status is not (null or SessionStatus.PendingPayment
                    or SessionStatus.Confirmed),
                (_, var status) => status is not (null or SessionStatus.PendingPayment),
            };
            if (!isTold) return $"has period {number} of {last} {state}, and its session is {session?.Status}";
            if (number == 1) continue;
            var most = number == subscription.Number ? subscription.Asked + 1 : SubscriptionRules.AskAfter.Count;
            if (world.Wishes.Asks.GetValueOrDefault(id) is { } asks && asks > most)
                return $"had its phone asked {asks} times for period {number}, and {most - 1} are noted";
        }

        return null;
    }

    /// <param name="row">As it was last seen.</param>
    /// <param name="begun">The numbers of the periods that have begun.</param>
    private sealed class Known(SubscriptionInRows row, List<int> begun)
    {
        public SubscriptionInRows Row { get; set; } = row;

        public List<int> Begun => begun;

        /// <summary>When it was paused, resumed, paused again, and so on.</summary>
        public List<DateTimeOffset> Turned { get; } = [];

        /// <summary>A period may be counted a while after its beginning, and be left out if a pause comes first.</summary>
        public bool IsPausedAt(DateTimeOffset moment) => Turned.Chunk(2).Any(pause =>
            pause[0] - LatestCount <= moment && (pause is not [_, var resumed] || moment <= resumed));
    }
}
