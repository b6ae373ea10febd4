using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A reference that a guest pays from the menu of any phone.</summary>
public sealed class ReferenceTests
{
    private const string Payer = "+255754000222";

    private static readonly Session Offered =
        Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)));

    private static readonly Session Ringing = Offered.Initiate(
        new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon).Next();

    [Theory]
    [InlineData(Proof.Signed)]
    [InlineData(Proof.Queried)]
    public void Paid_it_confirms_and_whose_phone_it_was_is_known(Proof proof)
    {
        var decision = Offered.Hears(Phones.Says(Succeeded, 8_000, proof: proof) with { PaidBy = Payer }).Commit();

        Assert.Equal([PaymentStatus.Paid], Assert.IsType<Session.Confirmed>(decision.Next).PaymentStatuses);
        Assert.Equal((AttemptStatus.Succeeded, Payer), (decision.Next.Attempt().Status, decision.Next.Attempt().PhoneNumber));
        Assert.Equal(8_000, decision.Effects.Balance(AccountKind.MobileMoney));
    }

    [Fact]
    public void It_is_held_against_amount_currency_and_proof_as_a_push_is()
    {
        Assert.Equal([PaymentStatus.Underpaid], Offered.Hears(Phones.Says(Succeeded, 7_999)).Next().PaymentStatuses);
        Assert.IsType<Decision<Session>.Unchanged>(
            Offered.Hears(Phones.Says(Succeeded, 8_000) with { Currency = "KES" }));
        Assert.IsType<Decision<Session>.Unchanged>(Offered.Hears(Phones.Says(Succeeded, 8_000, proof: Proof.Hint)));
    }

    [Theory]
    [InlineData(PaymentOutcome.Failed)]
    [InlineData(Pending)]
    [InlineData(Unknown)]
    public void Who_did_not_manage_to_pay_it_may_try_again(PaymentOutcome outcome) =>
        Assert.IsType<Decision<Session>.Unchanged>(Offered.Hears(Phones.Says(outcome)));

    [Fact]
    public void Who_pays_it_while_a_phone_rings_gets_nothing_back_and_the_phone_does()
    {
        var paid = Ringing.Hears(Phones.Says(Succeeded, 8_000) with { PaidBy = Payer }).Next();
        var twice = paid.Hears(Phones.Says(Succeeded, 8_000, Phones.Third)).Commit();

        Assert.IsType<Session.Confirmed>(twice.Next);
        var refund = Assert.Single(twice.Effects.OfType<Effect.StartRefund>());
        Assert.Equal((Phones.Third, new Money(8_000)), (refund.Attempt.Reference, refund.Refund.Amount));
        Assert.Equal(0, twice.Effects.Balance(AccountKind.Sales));
    }

    [Fact]
    public void A_phone_that_declines_what_was_paid_by_reference_meanwhile_fails_nothing()
    {
        var split = Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(3_000)), Mobile(5_000));
        var ringing = split.Initiate(
            new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon).Next();
        var byMenu = ringing.Hears(Phones.Says(Succeeded, 3_000)).Next();

        var declined = byMenu.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Third)).Commit();

        Assert.IsType<Session.Pending>(declined.Next);
        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], declined.Next.PaymentStatuses);
        Assert.Equal(AttemptStatus.Failed, declined.Next.Attempt().Status);
        Assert.Equal([new Effect.CloseAttempt(Phones.Third, AttemptStatus.Failed)], declined.Effects);
        Assert.IsType<Session.Confirmed>(declined.Next.Hears(Phones.Says(Succeeded, 5_000, Phones.Second)).Next());
        // Whoever paid gets it back, and not the phone that was asked last.
        var over = declined.Next.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();
        Assert.Equal(Phones.First, Assert.Single(over.Effects.OfType<Effect.StartRefund>()).Attempt.Reference);
    }

    [Fact]
    public void References_have_one_length_and_refunds_are_named_after_what_they_refund()
    {
        var references = new[] { (0UL, 0UL), (1UL, 0UL), (0UL, 1UL), (ulong.MaxValue, ulong.MaxValue) }
            .Select(bits => PaymentReference.Of(bits.Item1, bits.Item2)).ToList();

        Assert.All(references, reference => Assert.Matches("^JX[0-9A-HJKMNP-TV-Z]{18}$", reference));
        Assert.Equal(references.Count, references.Distinct().Count());
        Assert.Equal("JR000000000000000001", PaymentReference.OfRefund(Phones.First, Refund.OfPayment));
        Assert.Equal("JS000000000000000001", PaymentReference.OfRefund(Phones.First, Refund.OfSurplus));
        Assert.Equal("R0000000000000000001", PaymentReference.OfRefund(Phones.First, Refund.OfOrder));
        Assert.Equal("R1000000000000000001", PaymentReference.OfRefund(Phones.First, Refund.OfOrder + 1));
    }

    [Fact]
    public void When_the_other_part_fails_each_payer_gets_back_what_was_paid_once()
    {
        var split = Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(3_000)), Mobile(5_000));
        var ringing = split.Initiate(
            new InitiatePayment(Cashier, Id(300), "+255754000111"), Phones.Later, Noon).Next();
        var byMenu = ringing.Hears(Phones.Says(Succeeded, 3_000)).Next();
        var both = byMenu.Hears(Phones.Says(Succeeded, 3_000, Phones.Third)).Commit();
        var over = both.Next.Hears(Phones.Says(PaymentOutcome.Failed, reference: Phones.Second)).Commit();

        Assert.Equal([PaymentStatus.Refunding, PaymentStatus.Released], over.Next.PaymentStatuses);
        Assert.Equal(
            [Phones.Third, Phones.First],
            both.Effects.Concat(over.Effects).OfType<Effect.StartRefund>().Select(start => start.Attempt.Reference));
    }
}
