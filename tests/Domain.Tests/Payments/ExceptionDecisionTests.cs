using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Domain.Tests.Payments;

/// <summary>What a person may say about a payment that no rule can decide.</summary>
public sealed class ExceptionDecisionTests
{
    [Theory]
    [InlineData(-1L, "amount-out-of-range")]
    [InlineData(0L, "amount-out-of-range")]
    [InlineData(1L)]
    [InlineData(1_000_000_000_000L)]
    [InlineData(1_000_000_000_001L, "amount-out-of-range")]
    public void What_was_received_is_an_amount(long amount, params string[] codes)
    {
        var broken = new PaymentExceptionResolution(PaymentExceptionDecision.Received, new Money(amount)).Broken();

        Assert.Equal(codes, broken.Select(refusal => refusal.Code));
        Assert.All(broken, refusal => Assert.Equal("/amount", refusal.Pointer));
        Assert.All(broken, refusal => Assert.NotEmpty(refusal.Sentence));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_note_has_at_most_200_characters_and_no_line_breaks(int length, bool accepted)
    {
        Assert.Equal(accepted, Noted(new string('a', length)).Count == 0);
        Assert.Equal(
            [("invalid-text", "/note")], Noted("a\nb").Select(refusal => (refusal.Code, refusal.Pointer)));
    }

    [Theory]
    [InlineData("JX7K3M9QZ2A4B6C8D0EF", true)]
    [InlineData("JX7K3M9QZ2A4B6C8D0E", false)]
    [InlineData("JX7K3M9QZ2A4B6C8D0EFG", false)]
    [InlineData("JX7K3M9QZ2A4B6C8D0E-", false)]
    [InlineData("--------------------", false)]
    public void A_reference_is_20_letters_and_digits(string reference, bool accepted)
    {
        var broken = new PaymentExceptionResolution(PaymentExceptionDecision.Assign, Reference: reference).Broken();

        Assert.Equal(accepted, broken.Count == 0);
        Assert.All(broken, refusal => Assert.Equal(
            ("invalid-text", "/reference", "20 letters and digits."), (refusal.Code, refusal.Pointer, refusal.Sentence)));
    }

    [Fact]
    public void A_phone_is_one() => Assert.Equal(
        ["/phoneNumber"],
        new PaymentExceptionResolution(PaymentExceptionDecision.AnotherPhone, PhoneNumber: "0754").Broken()
            .Select(refusal => refusal.Pointer));

    [Theory]
    [InlineData(PaymentExceptionKind.AmountUnclear, "RECEIVED CLOSE")]
    [InlineData(PaymentExceptionKind.UnknownReference, "ASSIGN CLOSE")]
    [InlineData(PaymentExceptionKind.TillUnmatched, "ASSIGN PAID_BACK CLOSE")]
    [InlineData(PaymentExceptionKind.RefundRefused, "PAID_BACK ANOTHER_PHONE CASH BALANCE")]
    [InlineData(PaymentExceptionKind.Reversed, "CLOSE")]
    [InlineData(PaymentExceptionKind.Contradicted, "CLOSE")]
    [InlineData(PaymentExceptionKind.ReceiptDiffers, "CLOSE")]
    [InlineData(PaymentExceptionKind.RefundPaidTwice, "CLOSE")]
    [InlineData(PaymentExceptionKind.NotListed, "CLOSE")]
    [InlineData(PaymentExceptionKind.AmountDiffers, "CLOSE")]
    public void Each_kind_has_its_decisions(PaymentExceptionKind kind, string decisions) =>
        Assert.Equal(decisions, string.Join(' ', kind.Decisions.Select(decision => decision.WireName)));

    [Theory]
    [InlineData(PaymentExceptionDecision.PaidBack, RefundWay.Dashboard)]
    [InlineData(PaymentExceptionDecision.AnotherPhone, RefundWay.AnotherPhone)]
    [InlineData(PaymentExceptionDecision.Cash, RefundWay.Cash)]
    [InlineData(PaymentExceptionDecision.Balance, RefundWay.Balance)]
    [InlineData(PaymentExceptionDecision.Received, null)]
    [InlineData(PaymentExceptionDecision.Assign, null)]
    [InlineData(PaymentExceptionDecision.Close, null)]
    [InlineData(PaymentExceptionDecision.Returned, null)]
    public void A_decision_about_a_refund_names_its_way(PaymentExceptionDecision decision, RefundWay? way) =>
        Assert.Equal(way, new PaymentExceptionResolution(decision).Way);

    [Fact]
    public void A_return_is_named_after_what_the_aggregator_says_so_that_it_is_one_for_ever()
    {
        var name = PaymentReference.OfReturn("clickpesa", "JX1", "QK1");

        Assert.Equal(name, PaymentReference.OfReturn("clickpesa", "JX1", "QK1"));
        Assert.Equal((PaymentReference.Length, "ZM"), (name.Length, name[..2]));
        Assert.Equal(4, new HashSet<string>
        {
            name, PaymentReference.OfReturn("snippe", "JX1", "QK1"), PaymentReference.OfReturn("clickpesa", "JX2", "QK1"),
            PaymentReference.OfReturn("clickpesa", "JX1", "QK2"),
        }.Count);
    }

    [Fact]
    public void Neither_amount_nor_note_has_to_be_given() =>
        Assert.Empty(new PaymentExceptionResolution(PaymentExceptionDecision.Close).Broken());

    private static Sequence<Refusal> Noted(string note) =>
        new PaymentExceptionResolution(PaymentExceptionDecision.Close, Note: note).Broken();
}
