using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Merchants;

/// <summary>The calendar and the life of subscriptions, step by step.</summary>
public sealed class SubscriptionTests
{
    private const string PageKey = "QUJDREVGR0hJSktMTU5PUA";
    private const string Phone = "+255754000001";
    private static readonly TimeZoneInfo Dar = TimeZoneInfo.FindSystemTimeZoneById("Africa/Dar_es_Salaam");
    private static readonly Caller Shop = new(CallerKind.Merchant, Id(71));
    private static readonly SubscriptionPlan Monthly = new("month");
    private static readonly Subscription New = new(
        Id(90), Id(71), MamaNtilie.Id, LiveMode: true, "TZS", new Money(5_000), Monthly, SessionId, Noon);

    private static readonly Subscription Running = New with
    {
        Status = SubscriptionStatus.Active,
        BegunAt = Noon,
        Phone = Phone,
        Period = PeriodState.Paid,
    };

    private static readonly OpenHosted Ask = new(
        Shop, LiveMode: true, MamaNtilie.Id, new Money(5_000), Mode: "subscription", Plan: Monthly);

    [Theory]
    [InlineData("month", 1, "2026-01-31", 2, "2026-02-28")]
    [InlineData("month", 1, "2026-01-31", 3, "2026-03-31")]
    [InlineData("month", 1, "2026-01-31", 4, "2026-04-30")]
    [InlineData("month", 1, "2024-01-31", 2, "2024-02-29")]
    [InlineData("month", 1, "2026-01-30", 3, "2026-03-30")]
    [InlineData("month", 3, "2026-11-30", 2, "2027-02-28")]
    [InlineData("month", 3, "2026-11-30", 3, "2027-05-30")]
    [InlineData("year", 1, "2024-02-29", 2, "2025-02-28")]
    [InlineData("year", 1, "2024-02-29", 5, "2028-02-29")]
    [InlineData("week", 2, "2026-12-24", 2, "2027-01-07")]
    [InlineData("day", 10, "2026-02-25", 2, "2026-03-07")]
    [InlineData("month", 1, "2026-01-31", 1, "2026-01-31")]
    public void A_period_begins_on_its_day_or_on_the_last_of_a_shorter_month(
        string interval, int every, string begun, int number, string day)
    {
        var plan = new SubscriptionPlan(interval, every);
        var first = new DateTimeOffset(DateOnly.Parse(begun, null), new TimeOnly(1, 30), TimeSpan.FromHours(3));
        var starts = SubscriptionCalendar.StartOf(plan, first, number, Dar);
        Assert.Equal(
            new DateTimeOffset(DateOnly.Parse(day, null), new TimeOnly(1, 30), TimeSpan.FromHours(3)), starts);
        Assert.Equal(TimeSpan.Zero, starts.Offset);
    }

    [Fact]
    public void Where_clocks_change_a_period_begins_at_the_same_hour()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var winter = new DateTimeOffset(2026, 2, 28, 2, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 28, 2, 30, 0, TimeSpan.FromHours(1)),
            SubscriptionCalendar.StartOf(Monthly, winter, 2, berlin));
        var skipped = new DateTimeOffset(2026, 3, 28, 2, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal(
            new DateTimeOffset(2026, 3, 29, 3, 0, 0, TimeSpan.FromHours(2)),
            SubscriptionCalendar.StartOf(new SubscriptionPlan("day"), skipped, 2, berlin));
        var twice = new DateTimeOffset(2026, 10, 24, 2, 30, 0, TimeSpan.FromHours(2));
        Assert.Equal(
            new DateTimeOffset(2026, 10, 25, 2, 30, 0, TimeSpan.FromHours(2)),
            SubscriptionCalendar.StartOf(new SubscriptionPlan("day"), twice, 2, berlin));
    }

    public static TheoryData<string, string, OpenHosted> Wrong => new()
    {
        { "field-required", "/subscription", Ask with { Plan = null } },
        { "unknown-field", "/subscription", Ask with { Mode = "payment" } },
        { "unknown-field", "/subscription", Ask with { Mode = null } },
        { "fields-exclude-each-other", "/paymentLinkId", Ask with { PaymentLinkId = Id(80) } },
        { "word-not-known", "/subscription/interval", Plan(Monthly with { Interval = "hour" }) },
        { "quantity-out-of-range", "/subscription/intervalCount", Plan(Monthly with { Every = 0 }) },
        { "quantity-out-of-range", "/subscription/intervalCount", Plan(Monthly with { Every = 37 }) },
        { "quantity-out-of-range", "/subscription/intervalCount", Plan(new SubscriptionPlan("day", 1_096)) },
        { "quantity-out-of-range", "/subscription/intervalCount", Plan(new SubscriptionPlan("week", 157)) },
        { "quantity-out-of-range", "/subscription/intervalCount", Plan(new SubscriptionPlan("year", 4)) },
        { "quantity-out-of-range", "/subscription/periods", Plan(Monthly with { Periods = 0 }) },
        { "quantity-out-of-range", "/subscription/periods", Plan(Monthly with { Periods = 1_001 }) },
        {
            "fields-exclude-each-other", "/subscription/lastDay",
            Plan(Monthly with { Periods = 2, LastDay = new DateOnly(2027, 1, 1) })
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_with_a_plan_is_said_where_it_stands(string code, string pointer, OpenHosted command) =>
        Assert.Contains((code, pointer), command.Broken().Select(refusal => (refusal.Code, refusal.Pointer)));

    [Fact]
    public void A_plan_may_be_as_long_as_it_may()
    {
        foreach (var plan in (SubscriptionPlan[])
        [
            Monthly, Monthly with { Every = 36, Periods = 1 }, new("day", 1_095), new("week", 156), new("year", 3),
            Monthly with { Periods = 1_000 }, Monthly with { LastDay = new DateOnly(2027, 1, 1) },
        ])
        {
            Assert.Empty(Plan(plan).Broken());
        }
    }

    [Fact]
    public void A_first_session_begins_a_subscription_and_its_payment_makes_it_active()
    {
        var opened = Open(Ask).Commit();
        var begun = Assert.IsType<Effect.BeginSubscription>(Assert.Single(opened.Effects)).Subscription;
        Assert.Equal(Subscription.IdOf(SessionId), begun.Id);
        Assert.Equal((SubscriptionStatus.Incomplete, SessionId, 1), (begun.Status, begun.SessionId, begun.Number));
        Assert.Equal(begun.Id, ((Session.Opened)opened.Next).Opening.Hosted!.Subscription!.Id);
        Assert.Equal(new SubscriptionStep.Idle(null), begun.Next(opened.Next, Dar, Noon));

        var paid = Paid(opened.Next);
        Assert.Equal([new Effect.WakeSubscription(begun.Id)], paid.HeardByItsSubscription(opened.Next));
        Assert.Empty(paid.HeardByItsSubscription(paid));
        var active = Changed(begun.Next(paid, Dar, Noon));
        Assert.Equal((SubscriptionStatus.Active, Phone, PeriodState.Paid), (active.Status, active.Phone, active.Period));
        Assert.Equal(new SubscriptionStep.Idle(active.PeriodEnds(Dar)), active.Next(paid, Dar, Noon));

        var over = Over(opened.Next);
        Assert.Equal([new Effect.WakeSubscription(begun.Id)], over.HeardByItsSubscription(opened.Next));
        Assert.Equal(SubscriptionStatus.Cancelled, Changed(begun.Next(over, Dar, Noon)).Status);
    }

    [Fact]
    public void A_period_that_begins_is_opened_once_and_asked_for_on_four_days()
    {
        var ends = Running.PeriodEnds(Dar)!.Value;
        Assert.Equal(new SubscriptionStep.Idle(ends), Running.Next(Session.Initial, Dar, ends - 1.Seconds));
        var second = Changed(Running.Next(Session.Initial, Dar, ends));
        Assert.Equal((2, 2, PeriodState.Open), (second.Number, second.Begun, second.Period));
        Assert.NotEqual(Running.SessionId, second.SessionId);
        Assert.Equal(new SubscriptionStep.Open(ends + TimeSpan.FromDays(6)), second.Next(Session.Initial, Dar, ends));

        var pending = Pending(second, ends);
        foreach (var (day, time) in (IEnumerable<(int, int)>)[(0, 1), (1, 2), (3, 3), (5, 4)])
        {
            var at = ends + TimeSpan.FromDays(day);
            if (day > 0) Assert.Equal(new SubscriptionStep.Idle(at), second.Next(pending, Dar, at - 1.Seconds));
            Assert.Equal(new SubscriptionStep.Ask(time), second.Next(pending, Dar, at));
            Assert.Equal(new SubscriptionStep.Ask(time), second.Next(pending, Dar, at));
            second = second.AfterAsking(time);
        }

        Assert.Equal(new SubscriptionStep.Idle(null), second.Next(pending, Dar, ends + TimeSpan.FromDays(5)));
        Assert.Equal(4, Enumerable.Range(1, 4).Select(second.AskId).Distinct().Count());
    }

    [Theory]
    [InlineData(false, SubscriptionStatus.PastDue)]
    [InlineData(true, SubscriptionStatus.Cancelled)]
    public void A_period_that_is_not_paid_cancels_or_leaves_it_past_due(bool cancels, SubscriptionStatus status)
    {
        var second = Second() with { Plan = Monthly with { CancelsUnpaid = cancels } };
        var unpaid = Changed(second.Next(Over(Pending(second, Noon)), Dar, Noon));
        Assert.Equal((status, PeriodState.Unpaid, cancels), (unpaid.Status, unpaid.Period, unpaid.IsOver));
        if (cancels) return;
        var third = Changed(unpaid.Next(Session.Initial, Dar, unpaid.PeriodEnds(Dar)!.Value));
        Assert.Equal((3, SubscriptionStatus.PastDue), (third.Number, third.Status));
        Assert.IsType<SubscriptionStep.Ask>(third.Next(Pending(third, Noon), Dar, third.AskedFrom!.Value));
        Assert.Equal(SubscriptionStatus.Active, Changed(third.Next(Paid(Pending(third, Noon)), Dar, Noon)).Status);
    }

    [Fact]
    public void A_short_period_is_paid_before_the_next_and_a_late_one_within_a_day()
    {
        var daily = Second() with { Plan = new SubscriptionPlan("week") };
        var ends = daily.PeriodEnds(Dar)!.Value;
        Assert.Equal(new SubscriptionStep.Open(ends), daily.Next(Session.Initial, Dar, ends - TimeSpan.FromDays(2)));
        Assert.Equal(
            new SubscriptionStep.Open(ends + TimeSpan.FromDays(29)),
            daily.Next(Session.Initial, Dar, ends + TimeSpan.FromDays(28)));
    }

    [Fact]
    public void It_ends_after_its_periods_or_its_last_day()
    {
        var ends = Running.PeriodEnds(Dar)!.Value;
        Assert.Equal(2, Changed(With(Monthly with { Periods = 2 }).Next(Session.Initial, Dar, ends)).Number);
        Assert.Equal(
            (SubscriptionStatus.Ended, (DateTimeOffset?)ends), StatusOf(With(Monthly with { Periods = 1 })));
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ends, Dar).DateTime);
        Assert.Equal(2, Changed(With(Monthly with { LastDay = day }).Next(Session.Initial, Dar, ends)).Number);
        Assert.Equal(SubscriptionStatus.Ended, StatusOf(With(Monthly with { LastDay = day.AddDays(-1) })).Status);

        Subscription With(SubscriptionPlan plan) => Running with { Plan = plan };

        (SubscriptionStatus Status, DateTimeOffset? At) StatusOf(Subscription subscription)
        {
            var over = Changed(subscription.Next(Session.Initial, Dar, ends));
            Assert.Equal(new SubscriptionStep.Idle(null), over.Next(Session.Initial, Dar, ends + TimeSpan.FromDays(99)));
            return (over.Status, over.EndedAt);
        }
    }

    [Fact]
    public void A_pause_leaves_periods_out_and_the_next_begins_on_its_day()
    {
        var paused = Running.Pause().Next!;
        Assert.Same(paused, paused.Pause().Next);
        Assert.Equal(Running, Running.Resume(Dar, Noon).Next);
        var ends = Running.PeriodEnds(Dar)!.Value;
        Assert.Equal(new SubscriptionStep.Idle(null), paused.Next(Session.Initial, Dar, ends + TimeSpan.FromDays(90)));

        var early = paused.Resume(Dar, ends - 1.Seconds).Next!;
        Assert.Equal(Running, early);
        var late = paused.Resume(Dar, SubscriptionCalendar.StartOf(Monthly, Noon, 4, Dar)).Next!;
        Assert.Equal((1, Running.SessionId, 1), (late.Number, late.SessionId, late.Begun));
        var next = SubscriptionCalendar.StartOf(Monthly, Noon, 5, Dar);
        Assert.Equal(new SubscriptionStep.Idle(next), late.Next(Session.Initial, Dar, next - 1.Seconds));
        Assert.Equal((5, 2), (Changed(late.Next(Session.Initial, Dar, next)) is var fifth ? (fifth.Number, fifth.Begun) : default));

        var open = Second().Pause().Next!;
        Assert.Equal(new SubscriptionStep.Idle(null), open.Next(Pending(open, Noon), Dar, Noon + TimeSpan.FromDays(90)));
        Assert.Equal(SubscriptionStatus.Paused, Changed(open.Next(Over(Pending(open, Noon)), Dar, Noon)).Status);
    }

    [Fact]
    public void After_a_pause_its_session_is_that_of_the_last_period_that_has_begun()
    {
        var paused = Running.Pause().Next!;
        var fourth = SubscriptionCalendar.StartOf(Monthly, Noon, 4, Dar);
        var resumed = paused.Resume(Dar, fourth).Next!;
        Assert.Equal((Running.SessionId, PeriodState.Paid), (resumed.SessionId, resumed.Period));
        Assert.Equal(SubscriptionCalendar.StartOf(Monthly, Noon, 5, Dar), resumed.PeriodEnds(Dar));
        var again = resumed.Pause().Next!.Resume(Dar, SubscriptionCalendar.StartOf(Monthly, Noon, 6, Dar)).Next!;
        Assert.Equal(SubscriptionCalendar.StartOf(Monthly, Noon, 7, Dar), again.PeriodEnds(Dar));
        var seventh = Changed(again.Next(Session.Initial, Dar, again.PeriodEnds(Dar)!.Value));
        Assert.Equal((7, 2, 0), (seventh.Number, seventh.Begun, seventh.LeftOut));
    }

    /// <summary>
    /// The pause comes before the round has seen that the second period's session is over, or before it was opened.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_period_of_a_pause_is_asked_for_whatever_was_open_in_it(bool wasPaid)
    {
        var open = Second().Pause().Next!;
        var begun = SubscriptionCalendar.StartOf(Monthly, Noon, 2, Dar);
        Assert.Equal(new SubscriptionStep.Open(begun + TimeSpan.FromDays(6)), open.Next(Session.Initial, Dar, begun));
        Assert.Equal(
            new SubscriptionStep.Idle(null), open.Next(Pending(open, begun), Dar, begun + TimeSpan.FromDays(3)));

        var later = SubscriptionCalendar.StartOf(Monthly, Noon, 8, Dar);
        var resumed = open.Resume(Dar, later).Next!;
        Assert.Equal((2, open.SessionId), (resumed.Number, resumed.SessionId));
        var session = wasPaid ? Paid(Pending(open, begun)) : Over(Pending(open, begun));
        var settled = Changed(resumed.Next(session, Dar, later));
        Assert.Equal(
            (2, wasPaid ? SubscriptionStatus.Active : SubscriptionStatus.PastDue), (settled.Number, settled.Status));
        var ninth = SubscriptionCalendar.StartOf(Monthly, Noon, 9, Dar);
        Assert.Equal(new SubscriptionStep.Idle(ninth), settled.Next(session, Dar, later));
        Assert.Equal(
            (9, 3), Changed(settled.Next(session, Dar, ninth)) is var next ? (next.Number, next.Begun) : default);
    }

    [Fact]
    public void It_is_cancelled_at_once_or_with_its_period()
    {
        var later = Running.Cancel(withPeriod: true, Noon).Next!;
        Assert.Equal((SubscriptionStatus.Active, true), (later.Status, later.EndsWithPeriod));
        var over = Changed(later.Next(Session.Initial, Dar, later.PeriodEnds(Dar)!.Value));
        Assert.Equal((SubscriptionStatus.Cancelled, 1), (over.Status, over.Number));
        Assert.Same(over, over.Cancel(withPeriod: false, Noon + 1.Minutes).Next);
        Assert.Equal(Running, later.Resume(Dar, Noon).Next);
        var ended = over with { Status = SubscriptionStatus.Ended };
        Assert.Equal("subscription-state", ended.Cancel(withPeriod: false, Noon).Refusal!.Code);
        Assert.Equal("subscription-state", over.Pause().Refusal!.Code);
        Assert.Equal("subscription-state", over.Resume(Dar, Noon).Refusal!.Code);

        var second = Second().Cancel(withPeriod: false, Noon).Next!;
        Assert.Equal((SubscriptionStatus.Cancelled, Noon), (second.Status, second.EndedAt));
        var pending = Pending(second, Noon);
        Assert.Equal(new SubscriptionStep.EndSession(), second.Next(pending, Dar, Noon));
        Assert.Equal(PeriodState.Unpaid, Changed(second.Next(Over(pending), Dar, Noon)).Period);
        Assert.Equal(
            (SubscriptionStatus.Cancelled, PeriodState.Paid),
            Changed(second.Next(Paid(pending), Dar, Noon)) is var paid ? (paid.Status, paid.Period) : default);
        Assert.Equal(new SubscriptionStep.Idle(Noon + 15.Minutes), second.Next(Session.Initial, Dar, Noon));
        Assert.Equal(new SubscriptionStep.Idle(null), second.Next(Session.Initial, Dar, Noon + 15.Minutes));
        Assert.Equal(SubscriptionStatus.Cancelled, New.Cancel(withPeriod: true, Noon).Next!.Status);
        Assert.Equal(
            SubscriptionStatus.Cancelled, Running.Pause().Next!.Cancel(withPeriod: true, Noon).Next!.Status);
    }

    [Fact]
    public void A_periods_session_says_what_the_first_did_and_can_be_paid_for_days()
    {
        var first = (Session.Opened)Open(Ask with
        {
            Amount = null,
            LineItems = [new ShopLine("Milk", new Money(5_000), 1)],
            Description = "Milk",
            Metadata = [new MetadataEntry("a", "b")],
            CallbackUrl = "https://shop.example/hook",
        }).Next();
        var second = Second() with { Id = Subscription.IdOf(SessionId) };
        var until = Noon + TimeSpan.FromDays(6);
        var command = SubscriptionSessions.OpeningOf(second, first, until);
        Assert.Equal(second.SessionId, command.Operation!.Id);
        var opened = Open(command, second.SessionId).Commit();
        var session = (Session.Pending)opened.Next;
        Assert.Equal((new Money(5_000), Phone, until), (session.Opening.Total, session.Opening.CustomerPhone, session.ExpiresAt));
        var terms = session.Opening.Hosted!;
        Assert.Equal(
            ("Milk", "https://shop.example/hook", first.Opening.Hosted!.Metadata, first.Opening.Hosted.LineItems),
            (terms.Description, terms.CallbackUrl, terms.Metadata, terms.LineItems));
        Assert.Equal(
            [new Effect.Publish(MamaNtilie.Id, new KitchenEvent.SubscriptionDue(second.Id, 2, second.SessionId))],
            opened.Effects);

        var asking = SubscriptionSessions.Asking(second, terms, 1);
        var ringing = session.PayHosted(asking, MamaNtilie, Push, Noon);
        Assert.Equal(Phone, ringing.Commit().Effects.OfType<Effect.StartAttempt>().Single().Attempt.PhoneNumber);
        Assert.IsType<Decision<Session>.Replay>(ringing.Next().PayHosted(asking, MamaNtilie, Push, Noon));
    }

    [Fact]
    public void A_periods_session_settles_and_ships_as_the_first_did()
    {
        var first = (Session.Opened)Open(Ask with
        {
            Settles = new RegisterTerms(2, Id(91)),
            Shipping = new ShopShipping("Rehema", Phone),
            Country = "TZ",
            Source = "ussd",
        }).Next();

        var terms = ((Session.Opened)Open(
            SubscriptionSessions.OpeningOf(Second(), first, Noon + TimeSpan.FromDays(6)), Second().SessionId).Next())
            .Opening.Hosted!;

        Assert.Equal(
            (new RegisterTerms(2, Id(91)), new ShopShipping("Rehema", Phone), "TZ", "ussd"),
            (terms.Register, terms.Shipping, terms.Country, terms.Source));
    }

    [Fact]
    public void A_subscription_survives_storage_and_its_phone_is_not_in_its_state()
    {
        var stored = StateJson.Write(Second());
        Assert.DoesNotContain(Phone, stored, StringComparison.Ordinal);
        Assert.Equal(Second() with { Phone = null }, StateJson.Read<Subscription>(stored));
        Assert.Equal(8, Subscription.IdOf(SessionId).Version);
        Assert.Equal(Subscription.IdOf(SessionId), Subscription.IdOf(SessionId));
        Assert.NotEqual(Subscription.IdOf(SessionId), Subscription.IdOf(Id(1)));
    }

    private static Pushes Push { get; } = new("simulator", [new PushId(Id(601), "JX1")]);

    private static OpenHosted Plan(SubscriptionPlan plan) => Ask with { Plan = plan };

    private static Subscription Second() => Running with
    {
        Number = 2,
        Begun = 2,
        Period = PeriodState.Open,
        AskedFrom = Noon,
    };

    private static Subscription Changed(SubscriptionStep step) => Assert.IsType<SubscriptionStep.Change>(step).Next;

    private static Session Pending(Subscription subscription, DateTimeOffset at) => Open(
        SubscriptionSessions.OpeningOf(
            subscription, (Session.Opened)Open(Ask).Next(), at + TimeSpan.FromDays(6)),
        subscription.SessionId).Next();

    private static Session.Opened Over(Session pending) =>
        (Session.Opened)pending.ExpireEarly(new ExpireSession(Shop), Noon).Next();

    private static Session.Opened Paid(Session pending)
    {
        var pay = new PayHosted(
            HostedDecisions.PageOf(((Session.Opened)pending).Id), PageKey, "mobile_money", Phone);
        return (Session.Opened)pending.PayHosted(pay, MamaNtilie, Push, Noon).Next().Report(
            new PaymentReport("JX1", PaymentOutcome.Succeeded, Proof.Signed, new Money(5_000), "TZS", "SIM-1"), OrderId,
            LateMoney.GoesBack, Noon).Next();
    }

    private static Decision<Session> Open(OpenHosted command, Guid? id = null) => Session.Initial.OpenHosted(
        command, Facts,
        new HostedIds(
            id ?? SessionId, Id(500), 147, new DateOnly(2026, 3, 12), "CR0123456789ABC", PageKey, "client"),
        Noon);
}
