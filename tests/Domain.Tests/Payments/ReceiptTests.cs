using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>A reference that is paid more than once: each payment has an id of its own, and counts once.</summary>
public sealed class ReceiptTests
{
    private const string OtherPhone = "+255754000222";

    private static Session Waiting { get; } = Phones.Ringing(Mobile(8_000));

    private static PaymentReport First(long amount) => Phones.Says(Succeeded, amount, proof: Proof.Signed);

    private static PaymentReport Other(long amount, string id = "SIM-2") =>
        First(amount) with { ProviderReference = id, PaidBy = OtherPhone, Receipt = $"QK-{id}" };

    [Fact]
    public void Paid_in_two_goes_it_is_paid_with_the_second()
    {
        var half = Waiting.Hears(First(5_000));
        var whole = half.Next().Hears(Other(3_000));

        var sale = Assert.IsType<Session.Confirmed>(whole.Next());
        Assert.Equal(PaymentStatus.Paid, sale.Payments[0].Status);
        Effect[] books = [.. half.Commit().Effects, .. whole.Commit().Effects];
        Assert.Equal(8_000, books.Balance(AccountKind.MobileMoney));
        Assert.Equal(-8_000, books.Balance(AccountKind.Sales));
        Assert.Equal(0, books.Balance(AccountKind.Suspense));
        Assert.DoesNotContain(whole.Commit().Effects, effect => effect is Effect.StartRefund);
    }

    [Fact]
    public void Still_too_little_it_waits_for_more_or_for_a_decision()
    {
        var twice = Waiting.Hears(First(5_000)).Next().Hears(Other(2_000));

        var pending = Assert.IsType<Session.Pending>(twice.Next());
        Assert.Equal(PaymentStatus.Underpaid, pending.Payments[0].Status);
        Assert.IsType<Session.Confirmed>(pending.Hears(Other(1_000, "SIM-3")).Next());
        var started = Assert.Single(twice.Commit().Effects.OfType<Effect.StartAttempt>());
        Assert.Equal((SuspenseReason.Underpaid, new Money(2_000)), (started.Suspense?.Why, started.Suspense?.Amount));
    }

    [Fact]
    public void What_is_more_than_due_goes_back_to_the_phone_that_paid_it()
    {
        var whole = Waiting.Hears(First(5_000)).Next().Hears(Other(4_000));

        Assert.IsType<Session.Confirmed>(whole.Next());
        var back = Assert.Single(whole.Commit().Effects.OfType<Effect.StartRefund>());
        Assert.Equal(
            (OtherPhone, new Money(1_000), Phones.First),
            (back.Attempt.PhoneNumber, back.Refund.Amount, back.Attempt.KnownAs));
    }

    [Fact]
    public void Paid_twice_the_second_goes_back_to_its_own_phone_and_staff_see_it()
    {
        var once = Waiting.Hears(First(8_000));
        var twice = once.Next().Hears(Other(8_000));

        Assert.Equal(SessionStatus.Confirmed, Assert.IsType<Session.Confirmed>(twice.Next()).Status);
        var back = Assert.Single(twice.Commit().Effects.OfType<Effect.StartRefund>());
        Assert.Equal((OtherPhone, new Money(8_000)), (back.Attempt.PhoneNumber, back.Refund.Amount));
        Assert.Contains(
            twice.Commit().Effects, effect => effect is Effect.Publish { Event: KitchenEvent.PaymentInSuspense });
        Effect[] books = [.. once.Commit().Effects, .. twice.Commit().Effects];
        Assert.Equal(16_000, books.Balance(AccountKind.MobileMoney));
        Assert.Equal(-8_000, books.Balance(AccountKind.Suspense));
        Assert.Equal(-8_000, books.Balance(AccountKind.Sales));
    }

    [Fact]
    public void Each_counts_once_however_often_it_is_told()
    {
        var twice = Waiting.Hears(First(8_000)).Next().Hears(Other(8_000)).Next();

        Assert.IsType<Decision<Session>.Unchanged>(twice.Hears(Other(8_000)));
        Assert.IsType<Decision<Session>.Unchanged>(twice.Hears(First(8_000)));
    }

    [Theory]
    [InlineData(Proof.Hint)]
    [InlineData(Proof.Partial)]
    [InlineData(Proof.Queried)]
    public void Only_a_signature_over_all_of_it_makes_it_other_money(Proof proof) =>
        Assert.IsType<Decision<Session>.Unchanged>(
            Waiting.Hears(First(8_000)).Next().Hears(Other(8_000) with { Proof = proof }));

    [Fact]
    public void A_person_who_assigns_money_to_what_is_paid_gives_it_other_money_once()
    {
        var paid = Waiting.Hears(First(8_000)).Next();
        var assigned = new PaymentReport(
            Phones.First, Succeeded, Proof.Decided, new Money(3_000), "TZS", PaidBy: OtherPhone, Receipt: "QK-9");

        var twice = paid.Hears(assigned).Commit();

        Assert.Equal(new Money(3_000), Assert.Single(twice.Effects.OfType<Effect.StartRefund>()).Refund.Amount);
        Assert.IsType<Decision<Session>.Unchanged>(twice.Next.Hears(assigned));
    }

    [Fact]
    public void A_person_who_assigns_money_to_what_waits_gives_it_once_however_often_it_is_told()
    {
        // The aggregator's own id came with the answer to the push; what a person assigns has only a receipt.
        var assigned = new PaymentReport(
            Phones.First, Succeeded, Proof.Decided, new Money(8_000), "TZS", PaidBy: OtherPhone, Receipt: "QK-9",
            KnownReference: "SIM-1");

        var paid = Waiting.Hears(assigned).Next();

        Assert.IsType<Session.Confirmed>(paid);
        Assert.IsType<Decision<Session>.Unchanged>(paid.Hears(assigned));
    }

    [Fact]
    public void Another_id_with_the_same_receipt_is_the_same_money() => Assert.IsType<Decision<Session>.Unchanged>(
        Waiting.Hears(First(8_000) with { Receipt = "QK-1" }).Next()
            .Hears(First(8_000) with { ProviderReference = "SIM-9", Receipt = "QK-1" }));

    [Fact]
    public void Without_an_id_it_is_the_same_money() => Assert.IsType<Decision<Session>.Unchanged>(
        Waiting.Hears(First(8_000)).Next().Hears(First(8_000) with { ProviderReference = null }));

    /// <summary>An aggregator that names a payment anew has not received another one: the network's receipt says so.
    /// </summary>
    [Fact]
    public void With_the_same_receipt_it_is_the_same_money_whatever_its_id()
    {
        var once = Waiting.Hears(First(8_000) with { Receipt = "QK-1" }).Next();
        var twice = once.Hears(Other(8_000)).Next();

        Assert.IsType<Decision<Session>.Unchanged>(once.Hears(Other(8_000) with { Receipt = "QK-1" }));
        Assert.IsType<Decision<Session>.Unchanged>(twice.Hears(Other(8_000, "SIM-3") with { Receipt = "QK-SIM-2" }));
    }

    [Fact]
    public void After_the_end_it_waits_where_the_kitchen_wants_to_decide()
    {
        var ended = Waiting.Hears(First(5_000)).Next().AsOf(Noon + 6.Minutes);
        var late = ended.Hears(Other(3_000), Noon + 7.Minutes, new LateMoney(LatePaymentPolicy.Manual));

        var started = Assert.Single(late.Commit().Effects.OfType<Effect.StartAttempt>());
        Assert.Equal((SuspenseReason.Late, OtherPhone), (started.Suspense?.Why, started.Suspense?.PaidBy));
    }

    [Fact]
    public void Underpaid_in_two_goes_each_phone_gets_its_own_back_when_the_time_is_over()
    {
        var ended = Waiting.Hears(First(5_000)).Next().Hears(Other(2_000)).Next().AsOf(Noon + 6.Minutes);

        var attempts = Assert.IsType<Session.Ended>(ended).Payments[0].Attempts!;
        Assert.Equal(
            [new Money(5_000), new Money(2_000)],
            attempts.Select(attempt => Assert.Single(attempt.Refunds!).Amount));
    }

    [Fact]
    public void A_refund_of_the_order_goes_to_the_phones_that_paid_and_to_none_more_than_it_paid()
    {
        var sale = Waiting.Hears(First(5_000)).Next().Hears(Other(3_000)).Next();

        var back = sale.RefundOrder(new RefundOrder(Cashier, Items: null, new Money(4_000), "Cold"), Noon + 2.Minutes);

        Assert.Equal(
            [new Money(1_000), new Money(3_000)],
            back.Commit().Effects.OfType<Effect.StartRefund>().Select(refund => refund.Refund.Amount).Order());
    }

    [Fact]
    public void The_signature_over_a_part_counts_only_for_the_known_attempt_and_the_exact_amount()
    {
        var partial = Phones.Says(Succeeded, 8_000, proof: Proof.Partial) with { KnownReference = "SIM-1" };

        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(partial with { KnownReference = null }));
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(partial with { Amount = new Money(7_999) }));
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(partial with { Amount = new Money(8_001) }));
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(partial with { ProviderReference = "SIM-2" }));
        Assert.IsType<Session.Confirmed>(Waiting.Hears(partial).Next());
    }
}
