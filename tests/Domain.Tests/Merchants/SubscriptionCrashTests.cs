using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Merchants;

/// <summary>
/// A year of a subscription, on hosts that die at each of their steps: after what a step does, and before it is noted.
/// Who takes over knows the row and the sessions only. Each period is paid once, none is left out, and no phone is asked
/// twice for the same time.
/// </summary>
public sealed class SubscriptionCrashTests
{
    private const string PageKey = "QUJDREVGR0hJSktMTU5PUA";
    private static readonly TimeZoneInfo Dar = TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam");

    private readonly Dictionary<Guid, Session> sessions = [];
    private readonly List<string> rung = [];
    private readonly List<(int Period, DateTimeOffset At)> rungAt = [];
    private readonly List<KitchenEvent> told = [];
    private Subscription row = null!;
    private int step, today;

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Each_period_is_paid_once_whenever_a_host_dies(int diesAtEach)
    {
        var opened = Opened(new OpenHosted(
            new Caller(CallerKind.Merchant, Id(71)), LiveMode: true, MamaNtilie.Id, new Money(5_000),
            Mode: "subscription", Plan: new SubscriptionPlan("month", Periods: 12)), SessionId);
        row = opened.Effects.OfType<Effect.BeginSubscription>().Single().Subscription;
        PayOnPage(SessionId, "JX0", Noon);

        LiveThrough(400, diesAtEach);

        Assert.Equal((SubscriptionStatus.Ended, 12, 12), (row.Status, row.Number, row.Begun));
        Assert.Equal(12, sessions.Count);
        Assert.All(sessions.Values, session => Assert.IsType<Session.Confirmed>(session));
        Assert.Equal(
            Enumerable.Range(1, 12),
            sessions.Values.Select(session => ((Session.Opened)session).Opening.Hosted!.Subscription!.Number).Order());
        Assert.Equal(rung.Count, rung.Distinct().Count());
        Assert.Equal(11, rung.Count);
    }

    [Theory]
    [InlineData(int.MaxValue, null)]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(5, null)]
    [InlineData(int.MaxValue, 3)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    public void A_trial_is_over_once_whenever_a_host_dies(int diesAtEach, int? paysEarlyOn)
    {
        var opened = Opened(new OpenHosted(
            new Caller(CallerKind.Merchant, Id(71)), LiveMode: true, MamaNtilie.Id, new Money(5_000),
            Mode: "subscription", CustomerPhone: "+255754000001",
            Plan: new SubscriptionPlan("month", Periods: 12, TrialDays: 14)), SessionId);
        row = opened.Effects.OfType<Effect.BeginSubscription>().Single().Subscription;
        var ends = Noon + TimeSpan.FromDays(14);

        LiveThrough(paysEarlyOn ?? 13, diesAtEach);
        Assert.Empty(rung);
        Assert.Empty(told);
        if (paysEarlyOn is { } day) PayOnPage(SessionId, "JX0", Noon + TimeSpan.FromDays(day));
        LiveThrough(420, diesAtEach);

        var asked = paysEarlyOn is null ? 1 : 2;
        Assert.Equal((SubscriptionStatus.Ended, 12, 12), (row.Status, row.Number, row.Begun));
        Assert.Equal(ends, row.BegunAt);
        Assert.All(sessions.Values, session => Assert.IsType<Session.Confirmed>(session));
        Assert.Equal(12, sessions.Count);
        Assert.Equal(Enumerable.Range(asked, 13 - asked).Select(number => $"{number} 1"), rung);
        Assert.Equal(
            Enumerable.Range(asked, 13 - asked).Select(number =>
                (number, SubscriptionCalendar.StartOf(row.Plan, ends, number, Dar))),
            rungAt);
        Assert.Equal(
            Enumerable.Range(asked, 13 - asked), told.OfType<KitchenEvent.SubscriptionDue>().Select(due => due.Number));
        SubscriptionStatus[] statuses = [SubscriptionStatus.Active, SubscriptionStatus.Ended];
        Assert.Equal(
            paysEarlyOn is null ? [SubscriptionStatus.Incomplete, .. statuses] : statuses,
            told.OfType<KitchenEvent.SubscriptionChanged>().Select(changed => changed.Status));
    }

    /// <summary>Until this day, on each of which every phone that rings pays.</summary>
    private void LiveThrough(int last, int diesAtEach)
    {
        for (; today <= last && !row.IsOver; today++)
        {
            var now = Noon + TimeSpan.FromDays(today);
            for (var turn = 0; turn < 20; turn++) Step(now, diesAtEach);
            foreach (var (id, session) in sessions.ToList())
            {
                if (session is Session.Pending { Payments: [{ Attempts: [.., { IsRinging: true } attempt] }] })
                    Pay(id, attempt.Reference, now);
            }
        }
    }

    /// <summary>One step of a host, which does its work and then may die before it has written the row.</summary>
    private void Step(DateTimeOffset now, int diesAtEach)
    {
        var session = sessions.GetValueOrDefault(row.SessionId, Session.Initial);
        var next = row;
        switch (row.Next(session, Dar, now))
        {
            case SubscriptionStep.Change(var changed): next = changed; break;
            case SubscriptionStep.Open(var until):
                Opened(
                    SubscriptionSessions.OpeningOf(row, (Session.Opened)sessions[SessionId], until), row.SessionId);
                break;
            case SubscriptionStep.Ask(var time):
                Ask(time, now);
                next = row.AfterAsking(time);
                break;
        }

        // The second time it lives on, or nothing would ever be done.
        if (++step % 2 == 1 && step / 2 % diesAtEach == 0 && diesAtEach != int.MaxValue) return;
        told.AddRange(next.ToldAfter(row));
        row = next;
    }

    private Decision<Session>.Commit Opened(OpenHosted command, Guid id)
    {
        var decision = sessions.GetValueOrDefault(id, Session.Initial).OpenHosted(
            command, Facts,
            new HostedIds(id, Id(500), 147, new DateOnly(2026, 3, 12), "CR0123456789ABC", PageKey, "client"), Noon);
        if (decision is Decision<Session>.Replay) return null!;
        sessions[id] = decision.Next();
        told.AddRange(decision.Commit().Effects.OfType<Effect.Publish>().Select(publish => publish.Event));
        return decision.Commit();
    }

    private void Ask(int time, DateTimeOffset now)
    {
        var session = (Session.Opened)sessions[row.SessionId];
        var reference = $"JX{rung.Count + 1}";
        var decision = session.PayHosted(
            SubscriptionSessions.Asking(row, session.Opening.Hosted!, time), MamaNtilie,
            new Pushes("simulator", [new PushId(Id(600 + rung.Count), reference)]), now);
        if (decision is not Decision<Session>.Commit commit) return;
        sessions[row.SessionId] = commit.Next;
        rung.Add($"{row.Number} {time}");
        rungAt.Add((row.Number, now));
    }

    private void PayOnPage(Guid id, string reference, DateTimeOffset now)
    {
        sessions[id] = sessions[id].PayHosted(
            new PayHosted(HostedDecisions.PageOf(id), PageKey, "mobile_money", "+255754000001"), MamaNtilie,
            new Pushes("simulator", [new PushId(Id(599), reference)]), now).Next();
        Pay(id, reference, now);
    }

    private void Pay(Guid id, string reference, DateTimeOffset now)
    {
        sessions[id] = sessions[id].Report(
            new PaymentReport(
                reference, PaymentOutcome.Succeeded, Proof.Signed, new Money(5_000), "TZS", $"SIM-{reference}"),
            OrderId, LateMoney.GoesBack, now).Next();
    }
}
