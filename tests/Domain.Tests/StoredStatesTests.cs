using System.Text.Json;
using System.Text.RegularExpressions;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Carts;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests;

/// <summary>
/// Every state survives storage, and what was stored once is read for ever: a file of Stored is what some build wrote,
/// and is never changed.
/// </summary>
public sealed class StoredStatesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Stored");

    private static readonly SessionOpening Everything = new(
        MamaNtilie.Id, new Caller(CallerKind.Staff, Id(31), MamaNtilie.Id, Till), Noon.AddTicks(1_234_567),
        new DateOnly(2026, 3, 12), 10_147, "7ZQ4K9XB2M0TD", LiveMode: false, SessionType.Slip, Channel.TableQr,
        FulfillmentType.DriveThrough, "05", "1", "Mama Fatuma & \"sons\" <2>", "Bila pilipili\nng’ombe ☕",
        "+255700000000", GreenGate, "ref-1", Id(99),
        [
            new(Pilau.Id, "Pilau", 2, new Money(4_000), "no salt"), new(Chai.Id, "Chai", 999, Money.Largest, null),
        ]);

    private static readonly Sequence<Payment> SixPayments =
    [
        PaymentOf(PaymentMethod.Cash, PaymentStatus.Pending), PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Held),
        PaymentOf(PaymentMethod.Card, PaymentStatus.Paid),
        PaymentOf(PaymentMethod.PlatformWallet, PaymentStatus.Released),
        PaymentOf(PaymentMethod.KitchenWallet, PaymentStatus.ToReturn), PaymentOf(
            PaymentMethod.KitchenChannel, PaymentStatus.Returned),
    ];

    private static readonly Sequence<TimelineEntry> LongStory =
    [
        new(TimelineEntryKind.Opened, Noon, KioskOne), new(TimelineEntryKind.PaymentStarted, Noon, Cashier),
        new(TimelineEntryKind.PaymentLapsed, Noon, Caller.Clock), new(TimelineEntryKind.Expired, Noon, Neema),
        new(TimelineEntryKind.MoneyReturned, Noon, Bot),
    ];

    private static readonly Session.Pending Full = new(
        SessionId, Everything, SixPayments, [Op(1), Op(2)], LongStory, Noon + 15.Minutes,
        new SlipAttempt(Id(201), Cashier, Noon + 5.Minutes));

    private static readonly Cart InTheCart = new(
        [new(MamaNtilie.Id, Pilau.Id, 2, "no salt"), new(Id(2), Chai.Id, 999)]);

    /// <summary>One that follows, with its share of what a phone has paid.</summary>
    private static readonly Session.Confirmed Shared = new(
        Id(101), Everything with { Group = new SessionGroup([SessionId, Id(101)]) },
        [
            PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Paid) with
            {
                Attempts =
                [
                    new PaymentAttempt(
                        Id(404), "JX0123456789ABCDEFGM", "simulator", "+255700000000", AttemptStatus.Succeeded, Noon,
                        Received: new Money(300), PaidAs: "JX0123456789ABCDEFGH"),
                ],
            },
        ],
        [], LongStory, Noon, OrderId);

    private static readonly IReadOnlyList<Sample> All =
    [
        Of("session-not-opened", Session.Initial),
        Of("session-pending-slip", Slip),
        Of("session-pending-attempt", SlipBeingPaid),
        Of<Session>("session-pending-full", Full),
        Of("session-confirmed", Open(PayNow(Cash(8_000)) with { Operation = Op(1) }).Next()),
        Of("session-confirmed-short", Open(PayNow(Cash(8_000)) with { Operation = Op(1) }).Next()),
        Of("session-confirmed-later", Pay(Slip, PaySlip(Cash(8_000)), Noon + 2.Minutes).Next()),
        Of<Session>("session-confirmed-full", new Session.Confirmed(
            SessionId, Everything, SixPayments, [Op(1)], LongStory, Noon, OrderId)),
        Of<Session>("session-confirmed-refunded", new Session.Confirmed(
            SessionId, Everything,
            [
                PaymentOf(PaymentMethod.Cash, PaymentStatus.Paid) with { Refunded = new Money(300) },
                PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Paid) with
                {
                    Refunded = new Money(600),
                    Attempts =
                    [
                        new PaymentAttempt(
                            Id(402), "JX0123456789ABCDEFGJ", "simulator", "+255700000000", AttemptStatus.Succeeded,
                                Noon,
                            Received: new Money(600), Refunds: [new("R00123456789ABCDEFGJ", 2, new Money(600), false)]),
                    ],
                },
            ],
            [Op(1)], LongStory, Noon, OrderId,
            new OrderState(
                OrderStatus.Placed, TicketStatus.Preparing,
                [
                    new OrderRefund(
                        Noon, Cashier, "Cold", [new StockLine(Pilau.Id, 1)], Restocked: true,
                        [new RefundedPayment(Id(301), new Money(300)), new RefundedPayment(
                            Id(302), new Money(600), "R00123456789ABCDEFGJ")]),
                ]))),
        Of<Session>("session-confirmed-waiting", new Session.Confirmed(
            SessionId, Everything with { Approval = new ApprovalTerms(600, UnansweredOrders.Approve) },
            SixPayments, [Op(1)], [.. LongStory, new(TimelineEntryKind.ApprovalOverdue, Noon, Caller.Clock)], Noon,
            OrderId,
            new OrderState(
                OrderStatus.NeedsApproval, Ticket: null, [],
                new Approval(Noon + 5.Minutes, Noon + 10.Minutes, UnansweredOrders.Approve, Alerted: true)))),
        Of<Session>("session-confirmed-rejected", new Session.Confirmed(
            SessionId, Everything with { Approval = new ApprovalTerms(600, UnansweredOrders.Reject) },
            [PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Paid) with { Refunded = new Money(500) }],
            [], [new(TimelineEntryKind.OrderRejected, Noon, Caller.Clock)], Noon, OrderId,
            new OrderState(
                OrderStatus.Rejected, Ticket: null,
                [
                    new OrderRefund(
                        Noon, Caller.Clock, Reason: null, [new StockLine(Pilau.Id, 1)], Restocked: true,
                        [new RefundedPayment(Id(302), new Money(500), "R00123456789ABCDEFGJ")]),
                ],
                new Approval(Noon, Noon + 10.Minutes, UnansweredOrders.Reject)))),
        .. Enum.GetValues<EndReason>().Select(reason => Of<Session>(
            $"session-ended-{reason.WireName.ToLowerInvariant().Replace('_', '-')}",
            new Session.Ended(
                SessionId, Everything, SixPayments, [Op(1)], LongStory, Noon, EndOf(reason), reason))),
        Of<Session>("session-pending-phone", Full with
        {
            Payments =
            [
                PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Pending) with
                {
                    Attempts =
                    [
                        new PaymentAttempt(
                            Id(401), "JX0123456789ABCDEFGH", "simulator", "+255700000000", AttemptStatus.Failed, Noon,
                            "SIM-1", "Insufficient balance"),
                        new PaymentAttempt(
                            Id(402), "JX0123456789ABCDEFGJ", "simulator", "+255700000000", AttemptStatus.Succeeded,
                                Noon,
                            "SIM-2", Received: new Money(600),
                            Refunds: [new("JS0123456789ABCDEFGJ", 1, new Money(100), true)]),
                    ],
                },
            ],
        }),
        Of<Session>("session-pending-parked", Full with
        {
            Payments =
            [
                PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Underpaid) with
                {
                    Attempts =
                    [
                        new PaymentAttempt(
                            Id(401), "JX0123456789ABCDEFGH", "simulator", null, AttemptStatus.Offered, Noon),
                        new PaymentAttempt(
                            Id(402), "JX0123456789ABCDEFGJ", "simulator", "+255700000000", AttemptStatus.Succeeded,
                                Noon,
                            Received: new Money(600), InSuspense: SuspenseReason.Underpaid),
                        new PaymentAttempt(
                            Id(403), "JX0123456789ABCDEFGK", "simulator", "+255700000000", AttemptStatus.Succeeded,
                                Noon,
                            Received: new Money(700), Credit: new WalletCredit(Id(41), new Money(700))),
                    ],
                },
            ],
        }),
        Of<Session>("session-confirmed-paid-back", new Session.Confirmed(
            SessionId, Everything,
            [
                PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Paid) with
                {
                    Refunded = new Money(600),
                    Attempts =
                    [
                        new PaymentAttempt(
                            Id(402), "JX0123456789ABCDEFGJ", "simulator", "+255700000000", AttemptStatus.Succeeded,
                            Noon, Received: new Money(600),
                            Refunds:
                            [
                                new("R00123456789ABCDEFGJ", 2, new Money(100), true, new RefundDecision(
                                    RefundWay.Cash, Cashier, Noon, ShiftId: Id(91))),
                                new("R10123456789ABCDEFGJ", 3, new Money(200), false, new RefundDecision(
                                    RefundWay.AnotherPhone, Cashier, Noon, Number: 2, PhoneNumber: "+255700000009")),
                                new("R20123456789ABCDEFGJ", 4, new Money(300), true, new RefundDecision(
                                    RefundWay.Balance, Cashier, Noon, KitchenCustomerId: Id(41), AccountId: Id(35))),
                            ]),
                    ],
                },
            ],
            [Op(1)], LongStory, Noon, OrderId)),
        Of<KitchenEvent>("event-payment-paid-back",
            new KitchenEvent.PaymentRefunded(SessionId, "JX0123456789ABCDEFGJ", new Money(100), RefundWay.Cash)),
        Of("announcements-none", StockAnnouncements.Initial),
        Of("announcements", new StockAnnouncements(
            [new(Pilau.Id, Scarcity.Low), new(Chai.Id, Scarcity.SoldOut), new(Samaki.Id, Scarcity.Plenty)])),
        Of("stock-level", new StockLevel(Pilau.Id, 10, 3, 4, 1, 15)),
        Of<KitchenEvent>("event-session-confirmed", new KitchenEvent.SessionConfirmed(SessionId, OrderId)),
        Of<KitchenEvent>("event-session-confirmed-hosted", new KitchenEvent.SessionConfirmed(SessionId, OrderId: null)),
        Of<KitchenEvent>("event-payment-started", new KitchenEvent.PaymentStarted(SessionId, Id(301))),
        Of<KitchenEvent>("event-payment-failed", new KitchenEvent.PaymentFailed(SessionId, Id(301), "Wrong PIN")),
        Of<KitchenEvent>("event-session-ended",
            new KitchenEvent.SessionEnded(SessionId, SessionStatus.Failed, "PAYMENT_DECLINED")),
        Of<KitchenEvent>("event-payment-parked",
            new KitchenEvent.PaymentInSuspense(SessionId, "JX0123456789ABCDEFGJ", new Money(100), "SURPLUS")),
        Of<KitchenEvent>("event-payment-refunded",
            new KitchenEvent.PaymentRefunded(SessionId, "JX0123456789ABCDEFGJ", new Money(100))),
        Of<KitchenEvent>("event-payment-credited",
            new KitchenEvent.PaymentCredited(SessionId, "JX0123456789ABCDEFGJ", new Money(100), Id(41))),
        Of<KitchenEvent>("event-payment-corrected", new KitchenEvent.PaymentCorrected(
            SessionId, Id(301), PaymentMethod.Cash, PaymentMethod.Card, new Money(500))),
        Of<Session>("session-confirmed-corrected", new Session.Confirmed(
            SessionId, Everything,
            [
                PaymentOf(PaymentMethod.KitchenChannel, PaymentStatus.Paid) with
                {
                    Refunded = new Money(100),
                    Corrections =
                    [
                        new PaymentCorrection(
                            Id(601), Noon, Cashier, PaymentMethod.Cash, PaymentMethod.Card, new Money(500), "Keyed wrongly"),
                        new PaymentCorrection(
                            Id(602), Noon, Cashier, PaymentMethod.Card, PaymentMethod.KitchenChannel, new Money(400),
                            "Keyed wrongly", ToKitchenPaymentMethodId: LipaVoda.Id, Corrects: Id(601)),
                    ],
                },
            ],
            [Op(1)], [.. LongStory, new(TimelineEntryKind.PaymentCorrected, Noon, Cashier)], Noon, OrderId)),
        Of("bill-blank", Bill.Initial),
        Of<Bill>("bill-opened", new Bill.Opened(
            Id(501),
            new BillOpening(
                MamaNtilie.Id, Cashier, Noon, new DateOnly(2026, 3, 12), 147, LiveMode: false, "Mbeya", Id(500)),
            "05", BillStatus.PaymentPending,
            [
                new(Id(511), SessionId, OrderId, 0, Everything.Lines[0]),
                new(
                    Id(512), SessionId, OrderId, 0, Everything.Lines[0],
                    new VoidedLine("Cold", Cashier, Noon, Restocked: true)),
            ],
            [new(Id(500), new Money(700), [OrderId]), new(Id(502), new Money(-100), [])],
            [new(Id(521), new Money(600), SessionStatus.PendingPayment, SixPayments, Cashier, Noon)],
            [Op(1)],
            [.. Enum.GetValues<BillTimelineEntryKind>().Select(what =>
                new BillTimelineEntry(what, Noon, Cashier, Id(530), "x"))],
            Id(503))),
        Of<Session>("session-pending-bill", Full with
        {
            Opening = Everything with { Lines = [], BillId = Id(501), Pays = new Money(600) },
        }),
        Of<Session>("session-confirmed-bill", new Session.Confirmed(
            SessionId, Everything with { Lines = [], BillId = Id(501), Pays = new Money(600) }, SixPayments, [],
            LongStory,
            Noon, OrderId: null)),
        Of<KitchenEvent>("event-ticket-moved", new KitchenEvent.TicketMoved(OrderId, TicketStatus.Ready)),
        Of<KitchenEvent>("event-ticket-line-voided",
            new KitchenEvent.TicketLineVoided(OrderId, 0, 2, TicketStatus.Preparing)),
        Of<KitchenEvent>("event-ticket-table-changed",
            new KitchenEvent.TicketTableChanged(OrderId, "12", TicketStatus.Preparing)),
        Of<Session>("session-confirmed-moved", new Session.Confirmed(
            SessionId, Everything with { SessionType = SessionType.Tab, BillId = Id(501) }, [], [], [], Noon, OrderId,
            OrderState.AtBirth with { TableNumber = "12" })),
        Of<Session>("session-confirmed-voided", new Session.Confirmed(
            SessionId, Everything with { SessionType = SessionType.Tab, BillId = Id(501) }, [], [],
            [new(TimelineEntryKind.LineVoided, Noon, Cashier)], Noon, OrderId,
            OrderState.AtBirth with
            {
                Voids = [new VoidedItems(0, 1, Restocked: true), new VoidedItems(0, 1, Restocked: false)],
            })),
        Of<KitchenEvent>("event-payment-reversed",
            new KitchenEvent.PaymentReversed(SessionId, "JX0123456789ABCDEFGJ", new Money(100))),
        Of<KitchenEvent>("event-order-refunded", new KitchenEvent.OrderRefunded(SessionId, OrderId, 1, new Money(900))),
        Of<KitchenEvent>("event-order-needs-approval",
            new KitchenEvent.OrderNeedsApproval(SessionId, OrderId, Noon + 10.Minutes)),
        Of<KitchenEvent>("event-approval-overdue",
            new KitchenEvent.ApprovalOverdue(SessionId, OrderId, Noon + 10.Minutes)),
        Of<KitchenEvent>("event-order-approved", new KitchenEvent.OrderApproved(SessionId, OrderId)),
        Of<KitchenEvent>("event-order-rejected", new KitchenEvent.OrderRejected(SessionId, OrderId, "Crowded")),
        Of<Session>("session-pending-group", Full with
        {
            Opening = Everything with { Group = new SessionGroup([SessionId, Id(101)]) },
            Payments = [PaymentOf(PaymentMethod.MobileMoney, PaymentStatus.Pending) with { Asked = new Money(900) }],
        }),
        Of("cart-empty", Cart.Initial),
        Of("cart-pending", InTheCart with { Pending = new CartCheckout(SessionId, InTheCart.Lines) }),
        Of("checkout-group", new CheckoutGroup([new(Shared, 2), new(Full, 1)])),
        Of<KitchenEvent>("event-bill-closed", new KitchenEvent.BillClosed(Id(501), BillStatus.WrittenOff)),
        Of<KitchenEvent>("event-stock-low", new KitchenEvent.StockLow(Pilau.Id, 5, 5)),
        Of<KitchenEvent>("event-stock-sold-out", new KitchenEvent.StockSoldOut(Pilau.Id)),
        Of<KitchenEvent>("event-stock-back", new KitchenEvent.StockBack(Pilau.Id, 12)),
        Of<KitchenEvent>("event-subscription-due", new KitchenEvent.SubscriptionDue(Id(90), 2, Id(91))),
        Of<KitchenEvent>(
            "event-subscription-changed", new KitchenEvent.SubscriptionChanged(Id(90), SubscriptionStatus.PastDue)),
        Of("subscription", new Subscription(
            Id(90), Id(71), Id(1), LiveMode: true, "TZS", new Money(5_000),
            new SubscriptionPlan("month", 2, 3, CancelsUnpaid: true), Id(91), Noon, SubscriptionStatus.Active,
            Phone: null, Noon, Number: 2, Begun: 2, PeriodState.Open, Noon, Asked: 1)),
        Of("subscription-trial", new Subscription(
            Id(90), Id(71), Id(1), LiveMode: true, "TZS", new Money(5_000),
            new SubscriptionPlan("month", TrialDays: 14), Id(91), Noon, SubscriptionStatus.Trialing,
            TrialEndsAt: Noon + TimeSpan.FromDays(14), LeftOut: 3)),
    ];

    public static TheoryData<Sample> Samples => [.. All];

    [Theory, MemberData(nameof(Samples))]
    public void A_state_survives_storage(Sample sample) => Assert.Equal(sample.State, sample.Read(sample.Write()));

    [Theory, MemberData(nameof(Samples))]
    public void What_was_stored_still_reads(Sample sample) =>
        Assert.Equal(sample.State, sample.Read(File.ReadAllText(Path.Combine(Folder, $"{sample.Name}.json"))));

    [Fact]
    public void Every_word_survives_storage()
    {
        foreach (var method in Enum.GetValues<PaymentMethod>())
            foreach (var status in Enum.GetValues<PaymentStatus>())
                Survives(Full with { Payments = [PaymentOf(method, status)] });
        foreach (var what in Enum.GetValues<TimelineEntryKind>())
            foreach (var who in Enum.GetValues<CallerKind>())
                Survives(Full with { Timeline = [new(what, Noon, new Caller(who, Id(1)))] });
        foreach (var (channel, how) in FulfillmentTerms.Matrix.Select(row => (row.Channel, row.FulfillmentType)))
            foreach (var type in Enum.GetValues<SessionType>())
                Survives(Full with
                {
                    Opening = Everything with { Channel = channel, FulfillmentType = how, SessionType = type },
                });
    }

    [Fact]
    public void Every_state_and_every_event_is_among_them()
    {
        var cases = new[] { typeof(Session), typeof(Bill), typeof(KitchenEvent) }
            .SelectMany(type => type.GetNestedTypes())
            .Where(type => !type.IsAbstract);

        Assert.Empty(cases.Except(All.Select(sample => sample.State.GetType())));
        Assert.Equal(
            All.Select(sample => $"{sample.Name}.json").Order(),
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_is_absent_is_not_written_and_words_are_the_reference_s()
    {
        Assert.Equal("""{"is":"NOT_OPENED"}""", StateJson.Write(Session.Initial));
        Assert.Equal(
            """{"type":"stock.back","menuId":"0000000b-0000-0000-0000-000000000000","available":12}""",
            StateJson.Write<KitchenEvent>(new KitchenEvent.StockBack(Pilau.Id, 12)));
        var slip = StateJson.Write(Slip);
        Assert.DoesNotContain("null", slip, StringComparison.Ordinal);
        Assert.DoesNotContain("attempt", slip, StringComparison.Ordinal);
        Assert.DoesNotContain("\"status\"", slip, StringComparison.Ordinal);
        Assert.Contains("\"sessionType\":\"SLIP\"", slip, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sale_paid_at_once_says_once_who_and_when()
    {
        var sale = StateJson.Write(Open(PayNow(Cash(8_000))).Next());

        Assert.EndsWith(
            ""","timeline":[{"what":"OPENED"},{"what":"CONFIRMED"}]}""", sale, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(sale, "\"kind\""));
    }

    [Fact]
    public void A_line_says_who_and_when_where_neither_the_opening_nor_the_line_before_does()
    {
        const string AnHourLater = "2026-03-12T10:00:00+00:00";
        var opening = Everything with { OpenedBy = KioskOne, OpenedAt = Noon };
        Sequence<TimelineEntry> story =
        [
            new(TimelineEntryKind.Opened, Noon, KioskOne), new(
                TimelineEntryKind.PaymentStarted, Noon, Caller.Aggregator),
            new(TimelineEntryKind.PaymentLapsed, Noon + 60.Minutes, Caller.Aggregator),
            new(TimelineEntryKind.Expired, Noon + 60.Minutes, Caller.Clock),
            new(TimelineEntryKind.MoneyReturned, Noon, KioskOne),
        ];
        var told = Full with { Opening = opening, Timeline = story };
        var begunByAnother = Full with
        {
            Opening = opening,
            Timeline = [new(TimelineEntryKind.Opened, Noon + 60.Minutes, Caller.Clock)],
        };

        Assert.Contains(
            $$"""
            "timeline":[{"what":"OPENED"},{"what":"PAYMENT_STARTED","by":{{StateJson.Write(Caller.Aggregator)}}},
            {"what":"PAYMENT_LAPSED","at":"{{AnHourLater}}"},
            {"what":"EXPIRED","by":{{StateJson.Write(Caller.Clock)}}},
            {"what":"MONEY_RETURNED","at":"2026-03-12T09:00:00+00:00","by":{{StateJson.Write(KioskOne)}}}]
            """.ReplaceLineEndings(""), StateJson.Write<Session>(told), StringComparison.Ordinal);
        Assert.Contains(
            $$"""
            "timeline":[{"what":"OPENED","at":"{{AnHourLater}}","by":{{StateJson.Write(Caller.Clock)}}}]
            """, StateJson.Write<Session>(begunByAnother), StringComparison.Ordinal);
        Survives(told);
        Survives(begunByAnother);
    }

    [Fact]
    public void A_member_that_this_build_does_not_know_is_passed_over() =>
        Assert.Equal(Slip, StateJson.Read<Session>(
            StateJson.Write(Slip).Replace(
                """{"is":"PENDING",""", """{"is":"PENDING","new":[{}],""", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"is":"SOMETHING_ELSE"}""")]
    public void What_was_not_written_by_us_is_not_a_session(string text) =>
        Assert.ThrowsAny<Exception>(() => StateJson.Read<Session>(text));

    [Theory]
    [InlineData("""{"announced":[{"menuId":"0000000b-0000-0000-0000-000000000000","scarcity":2}]}""")]
    [InlineData("""{"announced":[{"menuId":"0000000b-0000-0000-0000-000000000000","scarcity":"low"}]}""")]
    [InlineData("""{"announced":[{"menuId":"0000000b-0000-0000-0000-000000000000","scarcity":null}]}""")]
    public void A_word_is_never_guessed(string text) =>
        Assert.Throws<JsonException>(() => StateJson.Read<StockAnnouncements>(text));

    public sealed record Sample(string Name, object State, Func<string> Write, Func<string, object> Read)
    {
        public override string ToString() => Name;
    }

    private static Sample Of<T>(string name, T state) where T : notnull =>
        new(name, state, () => StateJson.Write(state), text => StateJson.Read<T>(text));

    private static void Survives(Session session) =>
        Assert.Equal(session, StateJson.Read<Session>(StateJson.Write(session)));

    private static Payment PaymentOf(PaymentMethod method, PaymentStatus status) => new(
        Id(300 + (int)method), method, new Money(500), status, Fatuma, LipaVoda.Id, Neema.Id, Till, "+255700000000",
        "VODACOM");

    private static SessionStatus EndOf(EndReason reason) => reason switch
    {
        EndReason.CancelledByCaller => SessionStatus.Cancelled,
        EndReason.PaymentDeclined => SessionStatus.Failed,
        EndReason.SlipTimeout or EndReason.PaymentTimeout or EndReason.EndedEarly => SessionStatus.Expired,
    };
}
