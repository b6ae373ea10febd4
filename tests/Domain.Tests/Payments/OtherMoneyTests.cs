using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Domain.Tests.Carts;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Further money for a reference that is paid: when it is other money, and what becomes of it.</summary>
public sealed class OtherMoneyTests
{
    private const string OtherPhone = "+255754000222";

    private static readonly Session Waiting = Phones.Ringing(Mobile(8_000));

    private static PaymentReport First(long amount) => Phones.Says(Succeeded, amount, proof: Proof.Signed);

    private static PaymentReport Other(long amount, string id = "SIM-2") =>
        First(amount) with { ProviderReference = id, PaidBy = OtherPhone, Receipt = $"QK-{id}" };

    public static TheoryData<string, PaymentReport> SameMoney => new()
    {
        { "in another currency", Other(8_000) with { Currency = "KES" } },
        { "of nothing", Other(0) },
        { "without an amount", Other(8_000) with { Amount = null } },
        { "that failed", Other(8_000) with { Outcome = PaymentOutcome.Failed } },
        { "with the same id", Other(8_000, "SIM-1") },
        { "without an id", Other(8_000) with { ProviderReference = null, Receipt = null } },
    };

    [Theory, MemberData(nameof(SameMoney))]
    public void A_report_is_not_of_other_money(string what, PaymentReport report)
    {
        Assert.NotEmpty(what);
        Assert.IsType<Decision<Session>.Unchanged>(Waiting.Hears(First(8_000)).Next().Hears(report));
    }

    // An aggregator without ids of its own gives the network's receipt.
    [Theory]
    [InlineData("QK-1", false)]
    [InlineData("QK-2", true)]
    public void Without_ids_of_the_aggregator_the_receipts_tell_it_apart(string receipt, bool other)
    {
        var paid = Waiting.Hears(First(8_000) with { ProviderReference = null, Receipt = "QK-1" }).Next();

        var again = paid.Hears(First(8_000) with { ProviderReference = null, Receipt = receipt });

        Assert.Equal(other, again is Decision<Session>.Commit);
    }

    [Fact]
    public void Its_reference_is_made_from_the_first_one_and_its_id_the_same_in_every_build()
    {
        var further = Waiting.Hears(First(8_000)).Next().Hears(Other(8_000)).Next().Attempt();

        Assert.Equal(
            (Guid.Parse("2b44d729-03a8-030b-4780-6490dac75c29"), "JXDHK6TW39TXFDTRV694", Phones.First, "SIM-2"),
            (further.Id, further.Reference, further.PaidAs, further.ProviderReference));
        Assert.Equal(
            (AttemptStatus.Succeeded, "QK-SIM-2", OtherPhone),
            (further.Status, further.Receipt, further.PhoneNumber));
        var byReceipt = Waiting.Hears(First(8_000)).Next()
            .Hears(Other(8_000) with { ProviderReference = null, Receipt = "SIM-2" }).Next().Attempt();
        Assert.Equal((further.Reference, (string?)null), (byReceipt.Reference, byReceipt.ProviderReference));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0754000222")]
    public void Its_phone_is_not_known_where_none_is_named(string? phone) => Assert.Null(
        Waiting.Hears(First(8_000)).Next().Hears(Other(8_000) with { PaidBy = phone }).Next().Attempt().PhoneNumber);

    [Fact]
    public void What_is_counted_claims_its_receipts_with_the_same_commit()
    {
        var first = Waiting.Hears(First(5_000)).Commit();
        var again = first.Next.Hears(Other(4_000)).Commit();

        Assert.Equal(
            new Effect.ClaimReceipts("simulator", Phones.First, ["SIM-1"]),
            Assert.Single(first.Effects.OfType<Effect.ClaimReceipts>()));
        Assert.Equal(
            new Effect.ClaimReceipts("simulator", Phones.First, ["SIM-2", "QK-SIM-2"]),
            Assert.Single(again.Effects.OfType<Effect.ClaimReceipts>()));
        Assert.Empty(Waiting.Hears(Phones.Says(PaymentOutcome.Failed) with { ProviderReference = "QK-SIM-1" })
            .Commit().Effects.OfType<Effect.ClaimReceipts>());
    }

    [Theory]
    [InlineData(Proof.Partial)]
    [InlineData(Proof.Decided)]
    public void A_receipt_that_the_aggregator_has_not_said_is_not_claimed(Proof proof)
    {
        var taken = Waiting.Hears(First(8_000) with { Proof = proof, KnownReference = "SIM-1", Receipt = "QK-OTHER" })
            .Commit();

        Assert.IsType<Session.Confirmed>(taken.Next);
        Assert.Empty(taken.Effects.OfType<Effect.ClaimReceipts>());
    }

    [Fact]
    public void A_session_counts_what_it_has_taken_and_nothing_else()
    {
        var taken = (Session.Opened)Waiting.Hears(First(5_000)).Next();

        Assert.True(taken.Counts(First(5_000)));
        Assert.False(((Session.Opened)Waiting).Counts(First(5_000)));
        Assert.False(taken.Counts(Other(4_000)));
        Assert.False(taken.Counts(First(5_000) with { Receipt = "SIM-9" }));
        Assert.True(((Session.Opened)taken.Hears(Other(4_000)).Next()).Counts(Other(4_000)));
    }

    [Fact]
    public void A_report_about_it_alone_is_of_no_further_money()
    {
        var twice = Waiting.Hears(First(8_000)).Next().Hears(Other(8_000)).Next();

        Assert.IsType<Decision<Session>.Unchanged>(twice.Hears(
            Other(8_000, "SIM-3") with { Reference = twice.Attempt().Reference }));
    }

    [Fact]
    public void What_completes_a_payment_ends_the_wait_of_what_came_before_and_the_rest_goes_back_openly()
    {
        var whole = Waiting.Hears(First(5_000)).Next().Hears(Other(4_000)).Commit();
        var further = whole.Next.Attempt();

        Assert.Equal(
            [new Effect.CloseAttempt(Phones.First, AttemptStatus.Succeeded)],
            whole.Effects.OfType<Effect.CloseAttempt>());
        Assert.Contains(
            new Effect.Publish(MamaNtilie.Id, new KitchenEvent.PaymentInSuspense(
                SessionId, further.Reference, new Money(1_000), "SURPLUS")),
            whole.Effects);
        Assert.Equal(
            (further, new Money(8_000), (SuspendedMoney?)null, (Asker?)null),
            whole.Effects.OfType<Effect.StartAttempt>()
                .Select(start => (start.Attempt, start.Amount, start.Suspense, start.AskedBy)).Single());
        Assert.Null(((Session.Opened)whole.Next).Payments[0].Attempts![0].InSuspense);
    }

    [Fact]
    public void To_the_shilling_nothing_goes_back()
    {
        var whole = Waiting.Hears(First(5_000)).Next().Hears(Other(3_000)).Commit();

        Assert.DoesNotContain(
            whole.Effects, effect => effect is Effect.Publish { Event: KitchenEvent.PaymentInSuspense });
        Assert.Null(whole.Next.Attempt().Refunds);
    }

    [Fact]
    public void With_another_phone_missing_the_completed_payment_is_held_and_the_timeline_says_so()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));
        var complete = two.Hears(First(2_000)).Next().Hears(Other(1_000)).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], complete.Next.PaymentStatuses);
        Assert.Equal(
            new TimelineEntry(TimelineEntryKind.PaymentReceived, Noon + 1.Minutes, Caller.Aggregator),
            ((Session.Opened)complete.Next).Timeline[^1]);
        Assert.Equal(-3_000, complete.Effects.Balance(AccountKind.Pending));
        Assert.Empty(complete.Effects.OfType<Effect.PlaceOrder>());
        Assert.IsType<Session.Confirmed>(
            complete.Next.Hears(Phones.Says(Succeeded, 5_000, Phones.Second)).Next());
    }

    [Fact]
    public void While_another_phone_is_missing_money_for_what_is_paid_goes_back()
    {
        var two = Phones.Ringing(Mobile(3_000), OtherMobile(5_000));

        var again = two.Hears(First(3_000)).Next().Hears(Other(3_000)).Commit();

        Assert.Equal([PaymentStatus.Held, PaymentStatus.Pending], again.Next.PaymentStatuses);
        Assert.Equal(
            (OtherPhone, new Money(3_000)),
            again.Effects.OfType<Effect.StartRefund>()
                .Select(back => (back.Attempt.PhoneNumber, back.Refund.Amount)).Single());
    }

    // The money of a group is divided when it is paid: what comes later goes back, even where it would complete it.
    [Fact]
    public void A_group_takes_its_money_in_one_go()
    {
        var party = new Party();
        party.Put(0, 1);
        party.Put(1, 1);
        Assert.Null(party.CheckOut(Mobile(8_000)));
        var first = First(5_000) with { Reference = party.Attempt.Reference };
        party.Do(Noon, session => session.Report(first, party.Next(), LateMoney.GoesBack, Noon));

        party.Do(Noon, session => session.Report(
            Other(3_000) with { Reference = first.Reference }, party.Next(), LateMoney.GoesBack, Noon));

        Assert.All(party.Sessions, session => Assert.IsType<Session.Pending>(session));
        Assert.Equal(new Money(3_000), Assert.Single(party.Committed[^1].OfType<Effect.StartRefund>()).Refund.Amount);
    }

    [Fact]
    public void Of_two_goes_that_are_too_little_each_is_decided_alone()
    {
        var twice = Waiting.Hears(First(5_000)).Next().Hears(Other(2_000)).Next();
        var further = twice.Attempt().Reference;

        var one = Decide(twice, Phones.First);
        Assert.Equal([PaymentStatus.Underpaid], one.PaymentStatuses);
        var both = Decide(one, further);
        Assert.Equal([PaymentStatus.Pending], both.PaymentStatuses);
    }

    private static Session Decide(Session session, string reference) => session.ResolveSuspense(
        new ResolveSuspense(Cashier, reference, SuspenseDecision.Refund), customer: null, Facts,
        new PaymentIds(OrderId, Ids(330)), Noon + 2.Minutes).Next();
}
