using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Carts;
using static JikoXpress.Domain.Sessions.SessionRefusals;

namespace JikoXpress.Domain.Tests.Sessions;

/// <summary>What a session answers that is not there, over, or otherwise not in the state for it.</summary>
public sealed class StateRefusalsTests
{
    private static readonly Session PaidSlip = Pay(Slip, PaySlip(Cash(8_000)), Noon + 1.Minutes).Next();
    private static readonly Session ExpiredSlip = Slip.AsOf(Noon + 15.Minutes);
    private static readonly Session CancelledSlip = Slip.Cancel(new CancelSession(Cashier), Noon).Next();
    private static readonly Session Waiting = Open(PayNow(Cash(3_000), Mobile(5_000))).Next();
    private static readonly Session Confirmed = Open(PayNow(Cash(8_000))).Next();
    private static readonly Session Cancelled = Waiting.Cancel(new CancelSession(Cashier), Noon).Next();
    private static readonly Session Repeated = Open(AskForSlip with { Operation = Op(1) }).Next();
    private static readonly Operation OtherBody = Op(1) with { Fingerprint = Op(2).Fingerprint };

    // Each breaks its own rule, and those after it as far as they can be broken together.
    public static IReadOnlyList<Case> All { get; } =
    [
        Paying("payments-required", nameof(BrokenRule), ExpiredSlip, new ConfirmSlip(Stranger, [], OtherBody)),
        Paying("amount-out-of-range", nameof(BrokenRule), ExpiredSlip, new ConfirmSlip(Stranger, [Cash(0)], OtherBody)),
        Paying("not-found", nameof(NotFound), ExpiredSlip, new ConfirmSlip(Stranger, [Cash(1)])),
        Paying("not-found", nameof(NotFound), Session.Initial, PaySlip(Cash(1))),
        Paying("idempotency-key-reused", nameof(IdempotencyKeyReused), Repeated,
            new ConfirmSlip(Cashier, [Wallet(0, Id(999))], OtherBody)),
        Paying("kitchen-customer-not-found", nameof(KitchenCustomerNotFound), Waiting, PaySlip(Wallet(1, Id(999)))),
        Paying("kitchen-payment-method-not-found", nameof(KitchenPaymentMethodNotFound), Waiting,
            PaySlip(Lipa(1, OldLipa.Id), Wallet(3_001))),
        Paying("insufficient-wallet-balance", nameof(InsufficientWalletBalance), Waiting, PaySlip(Wallet(3_001))),
        Paying("payments-total-mismatch", nameof(PaymentsTotalMismatch), Waiting, PaySlip(Cash(7_999))),
        Paying("payments-total-mismatch", nameof(PaymentsTotalMismatch), ExpiredSlip, PaySlip(Cash(8_001))),
        Paying("not-a-slip", nameof(NotASlip), Waiting, PaySlip(Cash(8_000))),
        Paying("not-a-slip", nameof(NotASlip), Confirmed, PaySlip(Cash(8_000))),
        Paying("slip-expired", nameof(SlipExpired), ExpiredSlip, PaySlip(Cash(8_000))),
        Paying("already-confirmed", nameof(AlreadyConfirmed), PaidSlip, PaySlip(Cash(8_000))),
        Paying("session-not-pending", nameof(SessionNotPending), CancelledSlip, PaySlip(Cash(8_000))),
        Paying("slip-payment-in-progress", nameof(SlipPaymentInProgress), SlipBeingPaid,
            PaySlip(Cash(8_000)) with { By = SecondCashier }),

        Ending("not-found", nameof(NotFound), Session.Initial, Cashier),
        Ending("not-found", nameof(NotFound), Confirmed, Stranger),
        Ending("not-found", nameof(NotFound), Waiting, KioskOne),
        Ending("idempotency-key-reused", nameof(IdempotencyKeyReused), Repeated.AsOf(Noon + 15.Minutes), Cashier,
            OtherBody),
        Ending("session-not-pending", nameof(SessionNotPending), Confirmed, Cashier),
        Ending("session-not-pending", nameof(SessionNotPending), Cancelled, Cashier),
        Ending("session-not-pending", nameof(SessionNotPending), ExpiredSlip, Cashier),

        Ending("session-in-group", nameof(SessionInGroup), Party.Waiting[0], Party.Shopper),
        Ending("session-in-group", nameof(SessionInGroup), Party.Waiting[1], Party.Shopper),

        Returning("not-found", nameof(NotFound), Session.Initial, Cashier),
        Returning("not-found", nameof(NotFound), Cancelled, Stranger),
        Returning("idempotency-key-reused", nameof(IdempotencyKeyReused), Repeated, Cashier, OtherBody),
        Returning("nothing-to-return", nameof(NothingToReturn), Slip, Cashier),
        Returning("nothing-to-return", nameof(NothingToReturn), SlipBeingPaid, Cashier),
        Returning("nothing-to-return", nameof(NothingToReturn), Confirmed, Cashier),

        Reissuing("not-found", nameof(NotFound), Session.Initial, Cashier),
        Reissuing("not-found", nameof(NotFound), ExpiredSlip, Stranger),
        Reissuing("not-a-slip", nameof(NotASlip), Confirmed, Cashier),
        Reissuing("not-a-slip", nameof(NotASlip), Cancelled, Cashier),
        Reissuing("already-confirmed", nameof(AlreadyConfirmed), PaidSlip, Cashier),
        Reissuing("session-not-pending", nameof(SessionNotPending), CancelledSlip, Cashier),
        Reissuing("slip-still-valid", nameof(SlipStillValid), Slip, Cashier),
        Reissuing("slip-still-valid", nameof(SlipStillValid), SlipBeingPaid, Cashier),
    ];

    public static TheoryData<Case> Cases => [.. All];

    [Theory, MemberData(nameof(Cases))]
    public void The_answer_is_no(Case @case) => Assert.Equal(@case.Code, @case.Answer().Code);

    [Fact]
    public void A_paid_slip_names_its_order() => Assert.Equal(
        [new RefusalDetail("orderId", Id(201).ToString())],
        Pay(PaidSlip, PaySlip(Cash(8_000)), Noon + 2.Minutes).Refusals()[0].Details!);

    [Fact]
    public void An_attempt_under_way_says_until_when() => Assert.Equal(
        [new RefusalDetail("until", "2026-03-12T09:07:00Z")],
        Pay(SlipBeingPaid, PaySlip(Cash(8_000)), Noon + 3.Minutes).Refusals()[0].Details!);

    [Fact]
    public void A_session_that_is_over_says_how_it_ended() => Assert.Equal(
        [new RefusalDetail("sessionStatus", "EXPIRED")],
        ExpiredSlip.Cancel(new CancelSession(Cashier), Noon + 16.Minutes).Refusals()[0].Details!);

    /// <param name="Factory">The member of <see cref="SessionRefusals"/> that says no.</param>
    public sealed record Case(string Verb, string Code, string Factory, Func<Refusal> Answer)
    {
        public override string ToString() => $"{Verb}: {Code}";
    }

    private static Case Paying(string code, string factory, Session session, ConfirmSlip command) =>
        new("Paying", code, factory, () => Pay(session, command, Noon + 3.Minutes).Refusals()[0]);

    private static Case Ending(string code, string factory, Session session, Caller by, Operation? operation = null) =>
        new("Ending", code, factory, () =>
        {
            var answers = new[]
            {
                session.Cancel(new CancelSession(by, operation), Noon).Refusals(),
                session.ExpireEarly(new ExpireSession(by, operation), Noon).Refusals(),
            };
            Assert.Equal(answers[0], answers[1]);
            return answers[0][0];
        });

    private static Case Returning(
        string code, string factory, Session session, Caller by, Operation? operation = null) =>
        new("Returning", code, factory, () => session.ReturnMoney(new ReturnMoney(by, operation), Noon).Refusals()[0]);

    private static Case Reissuing(string code, string factory, Session session, Caller by) =>
        new("Reissuing", code, factory, () =>
        {
            var (command, refusal) = session.Reissue(by, Op(9), Noon);
            Assert.Null(command);
            return refusal!;
        });
}
