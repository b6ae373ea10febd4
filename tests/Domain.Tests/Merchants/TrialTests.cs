using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Merchants;

/// <summary>Subscriptions whose first days are free.</summary>
public sealed class TrialTests
{
    private const string PageKey = "QUJDREVGR0hJSktMTU5PUA";
    private const string Phone = "+255754000001";
    private const string OtherPhone = "+255754000002";
    private static readonly TimeZoneInfo Dar = TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam");
    private static readonly Caller Shop = new(CallerKind.Merchant, Id(71));
    private static readonly SubscriptionPlan Monthly = new("month", TrialDays: 14);
    private static readonly DateTimeOffset Ends = Noon + TimeSpan.FromDays(14);

    private static readonly OpenHosted Ask = new(
        Shop, LiveMode: true, MamaNtilie.Id, new Money(5_000), Mode: "subscription", CustomerPhone: Phone,
        Plan: Monthly);

    public static TheoryData<string, string, OpenHosted> Wrong => new()
    {
        { "quantity-out-of-range", "/subscription/trialDays", Plan(Monthly with { TrialDays = 0 }) },
        { "quantity-out-of-range", "/subscription/trialDays", Plan(Monthly with { TrialDays = 731 }) },
        { "customer-phone-required", "/customerPhone", Ask with { CustomerPhone = null } },
        { "unknown-field", "/subscription", Ask with { Mode = null, CustomerPhone = null, ExpiresInSeconds = 3_600 } },
        { "fields-exclude-each-other", "/expiresIn", Ask with { ExpiresInSeconds = 3_600 } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_trial_is_said_where_it_stands(string code, string pointer, OpenHosted command) =>
        Assert.Equal([(code, pointer)], command.Broken().Select(refusal => (refusal.Code, refusal.Pointer)));

    [Theory]
    [InlineData(1)]
    [InlineData(730)]
    public void A_trial_is_a_day_or_two_years(int days)
    {
        var session = Opened(Open(Plan(Monthly with { TrialDays = days })));
        Assert.Equal(Noon + TimeSpan.FromDays(days), session.Opening.Hosted!.Subscription!.TrialEndsAt);
    }

    [Fact]
    public void A_last_day_in_the_trial_is_refused_since_no_period_would_begin()
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Ends, Dar).DateTime);
        var refused = Open(Plan(Monthly with { LastDay = day.AddDays(-1) })).Refusals();
        Assert.Equal(("expiry-out-of-range", "/subscription/lastDay"), (refused[0].Code, refused[0].Pointer));
        Assert.IsType<Decision<Session>.Commit>(Open(Plan(Monthly with { LastDay = day })));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Noon, Dar).DateTime);
        Assert.IsType<Decision<Session>.Commit>(Open(Plan(new SubscriptionPlan("month", LastDay: today))));
        var over = Open(Plan(new SubscriptionPlan("month", LastDay: today.AddDays(-1)))).Refusals();
        Assert.Equal(("expiry-out-of-range", "This day is over."), (over[0].Code, over[0].Sentence));
    }

    [Fact]
    public void An_app_token_begins_no_subscription()
    {
        var refused = Open(Ask with { By = Ask.By with { DeviceId = Id(90) } }).Refusals();
        Assert.Equal(("mode-not-supported", "/mode"), (refused[0].Code, refused[0].Pointer));
    }

    [Fact]
    public void It_begins_as_a_trial_and_can_be_paid_until_six_days_after_it()
    {
        var opened = Open(Ask).Commit();
        var begun = Begun(opened);
        Assert.Equal((SubscriptionStatus.Trialing, Phone, Ends), (begun.Status, begun.Phone, begun.TrialEndsAt));
        Assert.Equal(((DateTimeOffset?)null, null), (begun.BegunAt, begun.AskedFrom));
        Assert.Equal(Ends + TimeSpan.FromDays(6), Opened(opened).Opening.Hosted!.ExpiresAt);
        Assert.Equal(Ends + TimeSpan.FromDays(6), ((Session.Pending)opened.Next).ExpiresAt);
        Assert.DoesNotContain(opened.Effects, effect => effect is Effect.Publish);

        Assert.Equal(new SubscriptionStep.Idle(Ends), begun.Next(opened.Next, Dar, Noon));
        Assert.Equal(new SubscriptionStep.Idle(Ends), begun.Next(opened.Next, Dar, Ends - 1.Seconds));
    }

    [Theory]
    [InlineData("day", 1, 1)]
    [InlineData("day", 3, 3)]
    [InlineData("day", 6, 6)]
    [InlineData("week", 1, 6)]
    public void A_first_period_is_paid_before_the_second(string interval, int every, int days) => Assert.Equal(
        Ends + TimeSpan.FromDays(days),
        Opened(Open(Plan(new SubscriptionPlan(interval, every, TrialDays: 14)))).Opening.Hosted!.ExpiresAt);

    [Fact]
    public void Its_end_is_at_the_hour_of_the_opening_by_the_stores_clock()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var winter = new DateTimeOffset(2026, 3, 28, 2, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 29, 3, 0, 0, TimeSpan.FromHours(2)),
            SubscriptionCalendar.TrialEnds(Monthly with { TrialDays = 1 }, berlin, winter));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 30, 2, 30, 0, TimeSpan.FromHours(2)),
            SubscriptionCalendar.TrialEnds(Monthly with { TrialDays = 2 }, berlin, winter));
        Assert.Null(SubscriptionCalendar.TrialEnds(new SubscriptionPlan("month"), berlin, winter));
    }

    [Fact]
    public void When_it_is_over_the_first_period_is_due_and_the_named_phone_is_asked_on_four_days()
    {
        var opened = Open(Ask).Commit();
        var trial = Begun(opened);
        var due = Changed(trial.Next(opened.Next, Dar, Ends));
        Assert.Equal((SubscriptionStatus.Incomplete, 1, Ends), (due.Status, due.Number, due.AskedFrom));
        Assert.Equal(
            [
                new KitchenEvent.SubscriptionDue(trial.Id, 1, SessionId),
                new KitchenEvent.SubscriptionChanged(trial.Id, SubscriptionStatus.Incomplete),
            ],
            due.ToldAfter(trial));
        Assert.Empty(due.ToldAfter(due));

        foreach (var (day, time) in (IEnumerable<(int, int)>)[(0, 1), (1, 2), (3, 3), (5, 4)])
        {
            var at = Ends + TimeSpan.FromDays(day);
            if (day > 0) Assert.Equal(new SubscriptionStep.Idle(at), due.Next(opened.Next, Dar, at - 1.Seconds));
            Assert.Equal(new SubscriptionStep.Ask(time), due.Next(opened.Next, Dar, at));
            due = due.AfterAsking(time);
        }

        Assert.Equal(new SubscriptionStep.Idle(null), due.Next(opened.Next, Dar, Ends + TimeSpan.FromDays(5)));
        var ringing = opened.Next.PayHosted(
            SubscriptionSessions.Asking(due, Opened(opened).Opening.Hosted!, 1), MamaNtilie, Push, Ends);
        Assert.Equal(Phone, ringing.Commit().Effects.OfType<Effect.StartAttempt>().Single().Attempt.PhoneNumber);
    }

    [Theory]
    [InlineData(-13)]
    [InlineData(0)]
    [InlineData(5)]
    public void Whoever_pays_has_periods_that_are_counted_from_its_end(int days)
    {
        var opened = Open(Ask).Commit();
        var at = Ends + TimeSpan.FromDays(days);
        var subscription = Begun(opened);
        if (days >= 0) subscription = Changed(subscription.Next(opened.Next, Dar, at));
        var paid = Paid(opened.Next, OtherPhone, at);

        var active = Changed(subscription.Next(paid, Dar, at));
        Assert.Equal(
            (SubscriptionStatus.Active, PeriodState.Paid, OtherPhone, Ends),
            (active.Status, active.Period, active.Phone, active.BegunAt));
        Assert.Equal(
            [new KitchenEvent.SubscriptionChanged(active.Id, SubscriptionStatus.Active)],
            active.ToldAfter(subscription));
        var second = SubscriptionCalendar.StartOf(Monthly, Ends, 2, Dar);
        Assert.Equal(second, active.PeriodEnds(Dar));
        Assert.Equal(new SubscriptionStep.Idle(second), active.Next(paid, Dar, at));
        Assert.Equal((2, 2), Changed(active.Next(paid, Dar, second)) is var next ? (next.Number, next.Begun) : default);
    }

    [Fact]
    public void A_host_that_comes_late_to_its_end_asks_from_then_on_and_not_twice_at_once()
    {
        var opened = Open(Ask).Commit();
        var late = Ends + TimeSpan.FromDays(4);
        var due = Changed(Begun(opened).Next(opened.Next, Dar, late));
        Assert.Equal(new SubscriptionStep.Ask(1), due.Next(opened.Next, Dar, late));
        Assert.Equal(
            new SubscriptionStep.Idle(late + TimeSpan.FromDays(1)), due.AfterAsking(1).Next(opened.Next, Dar, late));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_does_not_pay_in_time_has_no_subscription(bool wasDue)
    {
        var opened = Open(Ask).Commit();
        var subscription = Begun(opened);
        if (wasDue) subscription = Changed(subscription.Next(opened.Next, Dar, Ends));
        var until = Ends + TimeSpan.FromDays(6);
        Assert.IsType<Decision<Session>.Unchanged>(opened.Next.Expire(until - 1.Seconds));
        var over = (Session.Opened)opened.Next.Expire(until).Next();
        Assert.Equal([new Effect.WakeSubscription(subscription.Id)], over.HeardByItsSubscription(opened.Next));

        var cancelled = Changed(subscription.Next(over, Dar, until));
        Assert.Equal(
            (SubscriptionStatus.Cancelled, PeriodState.Unpaid, until),
            (cancelled.Status, cancelled.Period, cancelled.EndedAt));
        Assert.Equal(new SubscriptionStep.Idle(null), cancelled.Next(over, Dar, until));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_cancelled_with_its_session(bool withPeriod)
    {
        var opened = Open(Ask).Commit();
        var cancelled = Begun(opened).Cancel(withPeriod, Noon).Next!;
        Assert.Equal((SubscriptionStatus.Cancelled, Noon), (cancelled.Status, cancelled.EndedAt));
        Assert.Equal(new SubscriptionStep.EndSession(), cancelled.Next(opened.Next, Dar, Noon));
    }

    [Fact]
    public void It_cannot_be_paused_but_once_it_is_paid_the_subscription_can()
    {
        var opened = Open(Ask).Commit();
        var trial = Begun(opened);
        Assert.Equal("subscription-state", trial.Pause().Refusal!.Code);
        Assert.Contains("it can be cancelled", trial.Pause().Refusal!.Sentence, StringComparison.Ordinal);
        Assert.Equal("subscription-state", trial.Resume(Dar, Noon).Refusal!.Code);
        var active = Changed(trial.Next(Paid(opened.Next, Phone, Noon), Dar, Noon));
        var paused = active.Pause().Next!;
        Assert.Equal(active, paused.Resume(Dar, Ends - 1.Seconds).Next);
    }

    [Fact]
    public void A_second_period_has_no_trial()
    {
        var opened = Open(Ask).Commit();
        var second = Begun(opened) with { Status = SubscriptionStatus.Active, BegunAt = Ends, Number = 2, Begun = 2 };
        var until = Noon + TimeSpan.FromDays(50);
        var session = Opened(Session.Initial.OpenHosted(
            SubscriptionSessions.OpeningOf(second, Opened(opened), until), Facts, Ids(second.SessionId), Noon));
        Assert.Equal(
            (until, (DateTimeOffset?)null),
            (session.Opening.Hosted!.ExpiresAt, session.Opening.Hosted.Subscription!.TrialEndsAt));
    }

    private static Pushes Push { get; } = new("simulator", [new PushId(Id(601), "JX1")]);

    private static OpenHosted Plan(SubscriptionPlan plan) => Ask with { Plan = plan };

    private static Subscription Begun(Decision<Session>.Commit opened) =>
        Assert.IsType<Effect.BeginSubscription>(Assert.Single(opened.Effects)).Subscription;

    private static Subscription Changed(SubscriptionStep step) => Assert.IsType<SubscriptionStep.Change>(step).Next;

    private static Session.Opened Opened(Decision<Session> decision) => (Session.Opened)decision.Next();

    private static Session.Opened Paid(Session pending, string phone, DateTimeOffset at)
    {
        var pay = new PayHosted(HostedDecisions.PageOf(SessionId), PageKey, "mobile_money", phone);
        return (Session.Opened)pending.PayHosted(pay, MamaNtilie, Push, at).Next().Report(
            new PaymentReport("JX1", PaymentOutcome.Succeeded, Proof.Signed, new Money(5_000), "TZS", "SIM-1"), OrderId,
            LateMoney.GoesBack, at).Next();
    }

    private static Decision<Session> Open(OpenHosted command) =>
        Session.Initial.OpenHosted(command, Facts, Ids(SessionId), Noon);

    private static HostedIds Ids(Guid id) =>
        new(id, Id(500), 147, new DateOnly(2026, 3, 12), "CR0123456789ABC", PageKey, "client");
}
