using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>What a report leaves in the books, on the timeline and for the kitchen, each thing once.</summary>
public sealed class ReportBooksTests
{
    private static readonly Session Waiting = Phones.Ringing(Mobile(8_000));

    [Fact]
    public void Of_too_much_the_attempt_is_closed_once()
    {
        var paid = Waiting.Hears(Phones.Says(Succeeded, 8_001)).Commit();

        Assert.Equal(
            [new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded)],
            paid.Effects.OfType<Effect.CloseAttempt>());
        Assert.Equal(new Money(8_001), paid.Next.Attempt().Received);
    }

    [Fact]
    public void A_session_with_a_payment_that_was_too_little_waits_whatever_else_is_paid()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));

        var waiting = two.Hears(Phones.Says(Succeeded, 2_900)).Next()
            .Hears(Phones.Says(Succeeded, 5_000, Phones.Second)).Commit();

        Assert.Equal([PaymentStatus.Underpaid, PaymentStatus.Held], waiting.Next.PaymentStatuses);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.PaymentReceived, Noon + 1.Minutes, Caller.Aggregator),
            ((Session.Opened)waiting.Next).Timeline[^1]);
    }

    [Fact]
    public void What_the_network_takes_back_is_on_the_timeline_with_its_moment()
    {
        var sold = Waiting.Hears(Phones.Says(Succeeded, 8_000)).Next();

        var reversed = sold.Hears(Phones.Says(PaymentOutcome.Reversed), Noon + 3.Minutes).Commit();

        Assert.Equal(Noon + 3.Minutes, reversed.Next.Attempt().ReversedAt);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.PaymentReversed, Noon + 3.Minutes, Caller.Aggregator),
            ((Session.Opened)reversed.Next).Timeline[^1]);
        Assert.Contains(
            new Effect.Publish(
                MamaNtilie.Id, new KitchenEvent.PaymentReversed(SessionId, Phones.First, new Money(8_000))),
            reversed.Effects);
    }

    [Fact]
    public void What_the_aggregator_paid_back_is_told_once_with_its_name()
    {
        var sold = Waiting.Hears(Phones.Says(Succeeded, 8_001)).Next();
        var name = Assert.Single(sold.Attempt().Refunds!).Reference;

        var back = sold.Refunded(name, Noon + 3.Minutes).Commit();

        Assert.Equal(
            [
                Moved(
                    Id(401), LedgerStep.Refund, PaymentMethod.MobileMoney, new(AccountKind.Suspense, MamaNtilie.Id),
                    new(AccountKind.MobileMoney, MamaNtilie.Id), 1, Refund.OfSurplus),
                new Effect.CloseRefund(name),
                new Effect.Publish(
                    MamaNtilie.Id, new KitchenEvent.PaymentRefunded(SessionId, Phones.First, new Money(1))),
            ],
            back.Effects);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.MoneyRefunded, Noon + 3.Minutes, Caller.Aggregator),
            ((Session.Opened)back.Next).Timeline[^1]);
    }

    [Fact]
    public void Of_two_refunds_of_one_payment_only_the_one_that_is_named_is_done()
    {
        var sold = Waiting.Hears(Phones.Says(Succeeded, 8_001)).Next();
        var given = Orders.Sales.Give(sold, Orders.Sales.Refund(1_000)).Next();
        var refunds = given.Attempt().Refunds!;

        var back = given.Refunded(refunds[1].Reference, Noon + 30.Minutes).Next();

        Assert.Equal([false, true], back.Attempt().Refunds!.Select(refund => refund.Done));
    }

    [Theory]
    [InlineData("SIM-1", true)]
    [InlineData("SIM-2", false)]
    [InlineData(null, false)]
    public void A_no_that_is_signed_in_part_counts_for_the_known_attempt(string? named, bool counts)
    {
        var no = Phones.Says(PaymentOutcome.Failed, proof: Proof.Partial) with { ProviderReference = named };

        Assert.Equal(counts, Waiting.Hears(no with { KnownReference = "SIM-1" }) is Decision<Session>.Commit);
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(no));
    }

    [Fact]
    public void The_receipt_is_kept_and_a_reason_for_an_earlier_no_is_not()
    {
        var failed = Waiting.Hears(Phones.Says(PaymentOutcome.Failed)).Next();

        var paid = failed.Hears(Phones.Says(Succeeded, 8_000) with { Receipt = "QK1" }).Next().Attempt();

        Assert.Equal(("QK1", (string?)null), (paid.Receipt, paid.Reason));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(199)]
    public void A_reason_that_is_short_enough_is_kept_whole(int length) => Assert.Equal(
        new string('a', length),
        Waiting.Hears(Phones.Says(PaymentOutcome.Failed) with { Reason = new string('a', length) })
            .Next().Attempt().Reason);

    [Fact]
    public void A_push_says_for_whom_how_much_until_when_and_who_asked()
    {
        var split = Phones.Ringing(Cash(3_000), Mobile(5_000));
        var declined = Phones.Ringing(Mobile(3_000), OtherMobile(5_000)).Initiate(
            new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon);

        Assert.Equal(Phones.Second, split.Attempt(payment: 1).Reference);
        Assert.Equal("payment-in-progress", declined.Code());
        var asked = Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)))
            .Initiate(new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon + 1.Minutes).Commit();
        Assert.Equal(
            new Effect.StartAttempt(
                MamaNtilie.Id, SessionId, Id(300), new Money(8_000), Noon + 5.Minutes, asked.Next.Attempt(),
                Suspense: null, Asker.Of(Cashier)),
            Assert.Single(asked.Effects));
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.PaymentStarted, Noon + 1.Minutes, Cashier),
            ((Session.Opened)asked.Next).Timeline[^1]);
    }
}
