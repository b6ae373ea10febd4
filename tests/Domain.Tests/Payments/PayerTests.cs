using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using static JikoXpress.Domain.Sessions.Payments.PaymentOutcome;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>Which phone money came from: refunds go there, and a late payment onto its owner's balance.</summary>
public sealed class PayerTests
{
    private const string Asked = "+255700000000";
    private const string Payer = "+255754000222";

    private static readonly Session.Opened Waiting = (Session.Opened)Phones.Ringing(Mobile(8_000));
    private static readonly Session.Opened Offered =
        (Session.Opened)Phones.Ringing(new PaymentRequest(PaymentMethod.MobileMoney, new Money(8_000)));

    [Theory]
    [InlineData(Payer, Payer)]
    [InlineData(null, Asked)]
    [InlineData("", Asked)]
    [InlineData("0754000222", Asked)]
    [InlineData("+254754000222", "+254754000222")]
    public void It_is_the_one_that_the_aggregator_names_or_else_the_one_that_was_asked(string? named, string payer)
    {
        var report = Phones.Says(Succeeded, 8_000) with { PaidBy = named };

        Assert.Equal(payer, Waiting.PayerOf(report));
        Assert.Equal(payer, Waiting.Hears(report).Next().Attempt().PhoneNumber);
    }

    [Fact]
    public void Of_a_reference_that_was_paid_it_is_not_known_unless_it_is_named()
    {
        Assert.Null(Offered.PayerOf(Phones.Says(Succeeded, 8_000)));
        Assert.Equal(Payer, Offered.PayerOf(Phones.Says(Succeeded, 8_000) with { PaidBy = Payer }));
        Assert.Null(Offered.PayerOf(Phones.Says(Succeeded, 8_000, "JX000000000000000009") with { PaidBy = Payer }));
    }

    [Fact]
    public void Other_money_for_a_paid_reference_came_from_the_phone_that_is_named_with_it()
    {
        var paid = (Session.Opened)Waiting.Hears(Phones.Says(Succeeded, 8_000, proof: Proof.Signed)).Next();
        var other = Phones.Says(Succeeded, 8_000, proof: Proof.Signed) with { ProviderReference = "SIM-2" };

        Assert.Equal(Payer, paid.PayerOf(other with { PaidBy = Payer }));
        Assert.Null(paid.PayerOf(other));
        // What is not signed as a whole is the same money, and came from the phone that was asked.
        Assert.Equal(Asked, paid.PayerOf(other with { Proof = Proof.Queried }));
    }

    [Fact]
    public void The_phone_of_an_attempt_is_found_by_its_reference()
    {
        Assert.Equal(Asked, Waiting.PhoneOf(Phones.First));
        Assert.Null(Waiting.PhoneOf(Phones.Second));
        Assert.Null(Offered.PhoneOf(Phones.First));
    }

    [Theory]
    [InlineData("JX000000000000000001", true)]
    [InlineData("JX00000000000000001", false)]
    [InlineData("JX0000000000000000001", false)]
    [InlineData("JX00000000000000000U", false)]
    [InlineData("jx000000000000000001", false)]
    [InlineData("JX0000000000000000-1", false)]
    [InlineData("", false)]
    public void A_reference_of_ours_has_20_characters_that_are_not_mistaken_for_each_other(string text, bool ours) =>
        Assert.Equal(ours, PaymentReference.IsOne(text));
}
