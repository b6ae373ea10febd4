using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>What an aggregator says, and what becomes of the session: the table of allowed moves.</summary>
public sealed class ReportTests
{
    private static readonly Session Waiting = Phones.Ringing(Mobile(8_000));
    private static readonly Session Split = Phones.Ringing(Cash(3_000), Mobile(5_000));
    private static readonly Session Confirmed = Waiting.Hears(Phones.Says(Succeeded, 8_000)).Next();
    private static readonly Session Failed = Waiting.Hears(Phones.Says(PaymentOutcome.Failed)).Next();

    [Fact]
    public void A_phone_rings_in_the_same_commit_that_opens_the_session()
    {
        var attempt = Waiting.Attempt();

        Assert.Equal((AttemptStatus.Sent, Phones.First, "+255700000000"), (attempt.Status, attempt.Reference,
            attempt.PhoneNumber));
        Assert.Equal(20, attempt.Reference.Length);
    }

    [Fact]
    public void Paid_in_full_the_session_is_confirmed_once()
    {
        var decision = Waiting.Hears(Phones.Says(Succeeded, 8_000)).Commit();

        var confirmed = Assert.IsType<Session.Confirmed>(decision.Next);
        Assert.Equal([PaymentStatus.Paid], confirmed.PaymentStatuses);
        Assert.Single(decision.Effects.OfType<Effect.PlaceOrder>());
        Assert.Contains(new Effect.SellReserved(SessionId), decision.Effects);
        Assert.Contains(new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded), decision.Effects);
        Assert.Equal(8_000, decision.Effects.Balance(AccountKind.MobileMoney));
        Assert.Equal(-8_000, decision.Effects.Balance(AccountKind.Sales));
        // To the shilling: nothing is left over to go back.
        Assert.Null(decision.Next.Attempt().Refunds);
        Assert.Empty(decision.Effects.OfType<Effect.StartRefund>());
        Assert.DoesNotContain(decision.Effects, effect => effect is Effect.Publish
        {
            Event: KitchenEvent.PaymentInSuspense
        });
    }

    [Fact]
    public void A_split_is_confirmed_with_its_last_part()
    {
        var decision = Split.Hears(Phones.Says(Succeeded, 5_000, Phones.Second)).Commit();

        Assert.Equal([PaymentStatus.Paid, PaymentStatus.Paid], decision.Next.PaymentStatuses);
        Assert.Equal(3_000, decision.Effects.Balance(AccountKind.Pending));
        Assert.Equal(-8_000, decision.Effects.Balance(AccountKind.Sales));
    }

    [Fact]
    public void What_the_network_takes_back_is_a_claim_and_an_event_once_and_the_order_stays()
    {
        var sold = Waiting.Hears(Phones.Says(Succeeded, 8_000)).Next();
        var reversed = sold.Hears(Phones.Says(PaymentOutcome.Reversed)).Commit();

        Assert.IsType<Session.Confirmed>(reversed.Next);
        Assert.Equal(8_000, reversed.Effects.Balance(AccountKind.ChargedBack));
        Assert.Equal(-8_000, reversed.Effects.Balance(AccountKind.MobileMoney));
        Assert.IsType<KitchenEvent.PaymentReversed>(
            Assert.Single(reversed.Effects.OfType<Effect.Publish>()).Event);
        Assert.IsType<Decision<Session>.Unchanged>(reversed.Next.Hears(Phones.Says(PaymentOutcome.Reversed)));
    }

    [Fact]
    public void What_is_taken_back_before_anybody_knew_of_it_was_never_paid() => Assert.Equal(
        AttemptStatus.Failed, Waiting.Hears(Phones.Says(PaymentOutcome.Reversed)).Next().Attempt().Status);

    [Fact]
    public void Two_phones_are_both_waited_for()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));
        var one = two.Hears(Phones.Says(Succeeded, 3_000)).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], one.Next.PaymentStatuses);
        Assert.Equal(-3_000, one.Effects.Balance(AccountKind.Pending));
        Assert.IsType<Session.Confirmed>(one.Next.Hears(Phones.Says(Succeeded, 5_000, Phones.Second)).Next());
    }

    [Fact]
    public void What_one_phone_paid_goes_back_once_when_the_other_declines()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));
        var one = two.Hears(Phones.Says(Succeeded, 3_000)).Commit();
        var declined = one.Next.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();

        Assert.Equal([PaymentStatus.Refunding, PaymentStatus.Released], declined.Next.PaymentStatuses);
        Assert.Equal(
            Phones.Second, Assert.Single(declined.Effects.OfType<Effect.CloseAttempt>()).Reference);
        var refund = Assert.Single(declined.Effects.OfType<Effect.StartRefund>()).Refund;
        Assert.Equal(new Money(3_000), refund.Amount);
        var repaid = declined.Next.Refunded(refund.Reference, Noon + 2.Minutes).Commit();
        Assert.Equal([PaymentStatus.Refunded, PaymentStatus.Released], repaid.Next.PaymentStatuses);
        Assert.Equal(0, one.Effects.Concat(declined.Effects).Concat(repaid.Effects).Balance(AccountKind.Suspense));
        Assert.IsType<Decision<Session>.Unchanged>(repaid.Next.Refunded(refund.Reference, Noon + 3.Minutes));
    }

    [Fact]
    public void A_definite_no_fails_the_session_and_gives_everything_back()
    {
        var decision = Split.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();

        var ended = Assert.IsType<Session.Ended>(decision.Next);
        Assert.Equal((SessionStatus.Failed, EndReason.PaymentDeclined), (ended.Status, ended.Reason));
        Assert.Equal(new Money(3_000), ended.CashToReturn);
        Assert.Equal("Wrong PIN", ended.Attempt(payment: 1).Reason);
        Assert.Contains(new Effect.ReleaseReserved(SessionId), decision.Effects);
    }

    [Theory]
    [InlineData(Pending, Proof.Signed, AttemptStatus.Pending)]
    [InlineData(Unknown, Proof.Queried, AttemptStatus.Unknown)]
    public void Silence_and_patience_are_no_failure(PaymentOutcome outcome, Proof proof, AttemptStatus then)
    {
        var heard = Waiting.Hears(Phones.Says(outcome, proof: proof)).Next();

        Assert.Equal(then, heard.Attempt().Status);
        Assert.Equal([PaymentStatus.Pending], heard.PaymentStatuses);
        Assert.IsType<Decision<Session>.Unchanged>(heard.Hears(Phones.Says(outcome, proof: proof)));
    }

    [Fact]
    public void That_the_push_was_taken_is_noted_with_the_attempt_alone()
    {
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(Phones.Says(Pending)));
        var unsure = Waiting.Hears(Phones.Says(Unknown)).Next();
        Assert.Equal(AttemptStatus.Pending, unsure.Hears(Phones.Says(Pending)).Next().Attempt().Status);

        // The aggregator's id is known from there: what is signed in part counts by it, and what names another does not.
        var paid = Phones.Says(Succeeded, 8_000, proof: Proof.Partial);
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(paid));
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(paid with { KnownReference = "SIM-2" }));
        var confirmed = Waiting.Hears(paid with { KnownReference = "SIM-1" }).Next();
        Assert.Equal("SIM-1", Assert.IsType<Session.Confirmed>(confirmed).Attempt().ProviderReference);
    }

    [Theory]
    [InlineData(Succeeded)]
    [InlineData(PaymentOutcome.Failed)]
    [InlineData(Pending)]
    [InlineData(Unknown)]
    public void After_a_success_nothing_that_is_said_changes_anything(PaymentOutcome outcome) =>
        Assert.IsType<Decision<Session>.Unchanged>(Confirmed.Hears(Phones.Says(outcome, 8_000)));

    [Theory]
    [InlineData(PaymentOutcome.Failed)]
    [InlineData(Pending)]
    [InlineData(Unknown)]
    public void After_a_failure_only_a_success_does(PaymentOutcome outcome) =>
        Assert.IsType<Decision<Session>.Unchanged>(Failed.Hears(Phones.Says(outcome)));

    [Fact]
    public void A_success_after_a_failure_counts_when_the_aggregator_has_been_asked()
    {
        Assert.IsType<Decision<Session>.Unchanged>(Failed.Hears(Phones.Says(Succeeded, 8_000, proof: Proof.Signed)));
        GoesBack(Failed.Hears(Phones.Says(Succeeded, 8_000)), 8_000);
    }

    [Fact]
    public void Money_for_a_session_that_is_over_goes_back_and_reopens_nothing()
    {
        GoesBack(Waiting.AsOf(Noon + 6.Minutes).Hears(Phones.Says(Succeeded, 8_000), Noon + 7.Minutes), 8_000);
        var cancelled = Waiting.Cancel(new CancelSession(Cashier), Noon + 1.Minutes).Next();
        GoesBack(cancelled.Hears(Phones.Says(Succeeded, 8_000), Noon + 2.Minutes), 8_000);
    }

    [Fact]
    public void Too_little_confirms_nothing_and_goes_back_when_the_session_ends()
    {
        var decision = Waiting.Hears(Phones.Says(Succeeded, 7_999)).Commit();

        Assert.Equal([PaymentStatus.Underpaid], Assert.IsType<Session.Pending>(decision.Next).PaymentStatuses);
        Assert.Equal(-7_999, decision.Effects.Balance(AccountKind.Suspense));
        Assert.Contains(Suspended(7_999, "UNDERPAID"), decision.Effects);
        Assert.Empty(decision.Effects.OfType<Effect.StartRefund>());
        var expired = decision.Next.Expire(Noon + 5.Minutes).Commit();
        Assert.Equal([PaymentStatus.Refunding], expired.Next.PaymentStatuses);
        Assert.Equal(new Money(7_999), Assert.Single(expired.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Equal(0, expired.Effects.Balance(AccountKind.Suspense));
    }

    [Fact]
    public void Of_too_much_what_is_due_applies_and_the_rest_goes_back()
    {
        var decision = Waiting.Hears(Phones.Says(Succeeded, 8_001)).Commit();

        Assert.IsType<Session.Confirmed>(decision.Next);
        Assert.Equal(-8_000, decision.Effects.Balance(AccountKind.Sales));
        Assert.Equal(-1, decision.Effects.Balance(AccountKind.Suspense));
        Assert.Equal(new Money(1), Assert.Single(decision.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.Contains(Suspended(1, "SURPLUS"), decision.Effects);
    }

    [Fact]
    public void Each_surplus_is_found_when_it_is_back()
    {
        var sold = Phones.Ringing(Mobile(3_000), OtherMobile(5_000))
            .Hears(Phones.Says(Succeeded, 3_001)).Next().Hears(Phones.Says(Succeeded, 5_002, Phones.Second)).Next();

        foreach (var (payment, shillings) in new[] { (1, 2), (0, 1) })
        {
            var refund = Assert.Single(sold.Attempt(payment).Refunds!);
            var back = sold.Refunded(refund.Reference, Noon + 2.Minutes).Commit();
            Assert.Equal(shillings, back.Effects.Balance(AccountKind.Suspense));
            sold = back.Next;
        }
    }

    public static TheoryData<string, PaymentReport> NotCredible => new()
    {
        { "a hint", Phones.Says(Succeeded, 8_000, proof: Proof.Hint) },
        { "a hint of failure", Phones.Says(PaymentOutcome.Failed, proof: Proof.Hint) },
        { "no amount", Phones.Says(Succeeded) },
        { "nothing", Phones.Says(Succeeded, 0) },
        { "less than nothing", Phones.Says(Succeeded, -8_000) },
        { "another currency", Phones.Says(Succeeded, 8_000) with { Currency = "KES" } },
        { "no currency", Phones.Says(Succeeded, 8_000) with { Currency = null } },
    };

    [Theory, MemberData(nameof(NotCredible))]
    public void What_is_not_credible_changes_nothing(string what, PaymentReport report)
    {
        Assert.NotEmpty(what);
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(report));
    }

    [Fact]
    public void The_aggregator_s_own_name_for_an_attempt_never_changes()
    {
        var paid = Phones.Says(Succeeded, 8_000) with { KnownReference = "SIM-1" };

        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(paid with { ProviderReference = "SIM-2" }));
        Assert.IsType<Session.Confirmed>(Waiting.Hears(paid).Next());
    }

    // The name in the first report stays; one that brings none takes nothing away.
    [Theory]
    [InlineData("SIM-1", null, "SIM-1")]
    [InlineData(null, "SIM-2", "SIM-2")]
    [InlineData("SIM-1", "SIM-1", "SIM-1")]
    [InlineData(null, null, null)]
    public void The_aggregator_s_own_name_is_kept_from_whichever_report_has_it(
        string? first, string? last, string? kept)
    {
        foreach (var outcome in new[] { Succeeded, PaymentOutcome.Failed, Unknown })
        {
            var report = Phones.Says(outcome, 8_000) with { ProviderReference = last, KnownReference = first };
            var then = Waiting.Hears(report).Next();

            Assert.Equal(kept, then.Attempt().ProviderReference);
        }
    }

    [Fact]
    public void Money_is_refunded_when_its_own_part_is_and_not_when_the_surplus_is()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));
        var one = two.Hears(Phones.Says(Succeeded, 3_100)).Commit();
        var surplus = Assert.Single(one.Effects.OfType<Effect.StartRefund>()).Refund;
        var declined = one.Next.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();
        var own = Assert.Single(declined.Effects.OfType<Effect.StartRefund>()).Refund;
        Assert.Equal((new Money(100), new Money(3_000)), (surplus.Amount, own.Amount));

        var first = declined.Next.Refunded(surplus.Reference, Noon + 2.Minutes).Next();
        Assert.Equal([PaymentStatus.Refunding, PaymentStatus.Released], first.PaymentStatuses);

        var both = first.Refunded(own.Reference, Noon + 3.Minutes).Next();
        Assert.Equal([PaymentStatus.Refunded, PaymentStatus.Released], both.PaymentStatuses);
    }

    [Fact]
    public void The_surplus_of_a_sale_that_stands_leaves_it_paid()
    {
        var sold = Waiting.Hears(Phones.Says(Succeeded, 8_001)).Commit();
        var surplus = Assert.Single(sold.Effects.OfType<Effect.StartRefund>()).Refund;

        Assert.Equal(
            [PaymentStatus.Paid], sold.Next.Refunded(surplus.Reference, Noon + 2.Minutes).Next().PaymentStatuses);
    }

    [Fact]
    public void An_unknown_reference_finds_nothing()
    {
        Assert.Equal("not-found", Waiting.Hears(Phones.Says(Succeeded, 8_000, "JX000000000000000009")).Code());
        Assert.Equal("not-found", Session.Initial.Hears(Phones.Says(Succeeded, 8_000)).Code());
        Assert.Equal("not-found", Waiting.Refunded("JR000000000000000009", Noon).Code());
    }

    [Fact]
    public void With_a_phone_in_hand_the_session_waits_a_minute_longer()
    {
        Assert.Equal(Noon + 6.Minutes, Waiting.Deadline);
        Assert.IsType<Session.Confirmed>(
            Waiting.Hears(Phones.Says(Succeeded, 8_000), Noon + 5.Minutes + 59.Seconds).Next());
        Assert.Equal(SessionStatus.Expired, Assert.IsType<Session.Ended>(Waiting.AsOf(Noon + 6.Minutes)).Status);
    }

    [Fact]
    public void A_slip_whose_phone_declines_can_be_paid_again()
    {
        var paying = Slip.ConfirmSlip(
            PaySlip(Mobile(8_000)), Facts, new PaymentIds(Id(201), Ids(320), Phones.Pushes), Noon + 2.Minutes).Next();
        var payable = Assert.IsType<Session.Pending>(
            paying.Hears(Phones.Says(PaymentOutcome.Failed), Noon + 3.Minutes).Next());

        Assert.Null(payable.Attempt);
        Assert.IsType<Session.Confirmed>(Pay(payable, PaySlip(Cash(8_000)), Noon + 4.Minutes, attempt: 2).Next());
    }

    // With a push in flight a slip's attempt outlives its time by a minute, and so does the slip that ends with it.
    [Theory]
    [InlineData(2, 7, 15)]
    [InlineData(8, 13, 15)]
    public void A_slip_s_attempt_outlives_its_time_by_a_minute_while_a_phone_rings(int begun, int ends, int slipEnds)
    {
        var paying = PayingByPhone(begun);
        var over = Noon + ends.Minutes + SessionDeadlines.Grace;

        Assert.Equal(over, paying.Deadline);
        Assert.IsType<Decision<Session>.Unchanged>(paying.Expire(over - TimeSpan.FromTicks(1)));
        Assert.IsType<Session.Confirmed>(paying.Hears(Phones.Says(Succeeded, 8_000), over - 1.Seconds).Next());
        var payable = Assert.IsType<Session.Pending>(paying.AsOf(over));
        Assert.Null(payable.Attempt);
        Assert.Equal(new TimelineEntry(TimelineEntryKind.PaymentLapsed, over, Caller.Clock), payable.Timeline[^1]);
        Assert.Equal(Noon + slipEnds.Minutes, payable.Deadline);
    }

    [Theory]
    [InlineData(10, 15)]
    [InlineData(14, 19)]
    public void A_slip_that_ends_with_its_attempt_waits_the_minute_too(int begun, int ends)
    {
        var paying = PayingByPhone(begun);
        var over = Noon + ends.Minutes + SessionDeadlines.Grace;

        Assert.Equal(over, paying.Deadline);
        Assert.Same(paying, paying.AsOf(over - TimeSpan.FromTicks(1)));
        var ended = Assert.IsType<Session.Ended>(paying.AsOf(over));
        Assert.Equal((EndReason.SlipTimeout, over), (ended.Reason, ended.At));
        Assert.Equal(new TimelineEntry(TimelineEntryKind.Expired, over, Caller.Clock), ended.Timeline[^1]);
    }

    // The minute of grace reaches beyond the slip's own time: the slip ends with it, and not before.
    [Fact]
    public void What_ends_an_attempt_and_then_its_slip_is_told_in_the_order_of_time()
    {
        var paying = Slip.ConfirmSlip(
            PaySlip(Mobile(8_000)), Facts, new PaymentIds(Id(201), Ids(320), Phones.Pushes),
            Noon + 9.Minutes + 30.Seconds).Next();
        var over = Noon + 15.Minutes + 30.Seconds;

        var expired = Assert.IsType<Session.Ended>(paying.AsOf(over));
        var declined = Assert.IsType<Session.Ended>(
            paying.Hears(Phones.Says(PaymentOutcome.Failed), over - 1.Seconds).Next().AsOf(over));

        Assert.Equal((over, over - 1.Seconds), (expired.At, declined.At));
        foreach (var ended in new[] { expired, declined })
            Assert.Equal(ended.Timeline.Select(entry => entry.At).Order(), ended.Timeline.Select(entry => entry.At));
    }

    private static Session PayingByPhone(int begun) => Slip.ConfirmSlip(
        PaySlip(Mobile(8_000)), Facts, new PaymentIds(Id(201), Ids(320), Phones.Pushes), Noon + begun.Minutes).Next();

    [Theory]
    [InlineData("Wrong PIN", "Wrong PIN")]
    [InlineData("Wrong\nPIN", null)]
    [InlineData("Wrong\u001bPIN", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_reason_is_kept_where_it_can_be_shown(string? reason, string? kept)
    {
        var declined = Waiting.Hears(Phones.Says(PaymentOutcome.Failed) with { Reason = reason }).Next();

        Assert.Equal(kept, declined.Attempt().Reason);
    }

    [Fact]
    public void A_reason_is_cut_to_200_characters()
    {
        var report = Phones.Says(PaymentOutcome.Failed) with { Reason = new string('a', 201) };

        Assert.Equal(new string('a', 200), Waiting.Hears(report).Next().Attempt().Reason);
    }

    private static Effect.Publish Suspended(long amount, string why) => new Effect.Publish(
        MamaNtilie.Id, new KitchenEvent.PaymentInSuspense(SessionId, Phones.First, new Money(amount), why));

    private static void GoesBack(Decision<Session> decision, long amount)
    {
        var late = decision.Commit();
        Assert.IsType<Session.Ended>(late.Next);
        Assert.Equal(-amount, late.Effects.Balance(AccountKind.Suspense));
        var refund = Assert.Single(late.Effects.OfType<Effect.StartRefund>()).Refund;
        Assert.Equal(new Money(amount), refund.Amount);
        Assert.DoesNotContain(late.Effects, effect =>
            effect is Effect.PlaceOrder or Effect.SellReserved or Effect.SellStock);
        Assert.Contains(late.Effects, effect =>
            effect is Effect.Publish { Event: KitchenEvent.PaymentInSuspense { Why: "LATE" } });
        var repaid = late.Next.Refunded(refund.Reference, Noon + 10.Minutes).Commit();
        Assert.Equal(0, late.Effects.Concat(repaid.Effects).Balance(AccountKind.MobileMoney));
    }
}
