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

    [Fact]
    public void Neither_amount_nor_note_has_to_be_given() =>
        Assert.Empty(new PaymentExceptionResolution(PaymentExceptionDecision.Close).Broken());

    private static Sequence<Refusal> Noted(string note) =>
        new PaymentExceptionResolution(PaymentExceptionDecision.Close, Note: note).Broken();
}
