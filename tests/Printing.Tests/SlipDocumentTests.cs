using System.Collections.Immutable;

namespace JikoXpress.Printing.Tests;

public sealed class SlipDocumentTests
{
    [Theory]
    [InlineData("7ZQ4K9XB2M0T")]
    [InlineData("7ZQ4K9XB2M0TDD")]
    [InlineData("7ZQ4K9XB2M0TI")]
    [InlineData("7ZQ4K9XB2M0TL")]
    [InlineData("7ZQ4K9XB2M0TO")]
    [InlineData("7ZQ4K9XB2M0TU")]
    [InlineData("7ZQ4K9XB2M0Td")]
    [InlineData("7ZQ4K9XB2M0T\n")]
    [InlineData("")]
    public void A_slip_code_is_thirteen_characters_of_base_32(string code) =>
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { SlipCode = code });

    [Theory]
    [InlineData("")]
    [InlineData("0147\n3")]
    [InlineData("0147–3")]
    [InlineData("1234567890123")]
    public void A_slip_number_is_short_and_printable(string number) =>
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { SlipNumber = number });

    [Fact]
    public void A_QR_code_holds_a_limited_number_of_characters()
    {
        var longest = new string('q', SlipDocument.MaximumQrLength);

        Assert.Equal(longest, (Slips.PilauForTwo with { QrContent = longest }).QrContent);
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { QrContent = longest + "q" });
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { QrContent = "https://example.com/é" });
    }

    [Fact]
    public void A_slip_holds_as_many_lines_as_a_session()
    {
        var lines = Enumerable.Repeat(Slips.PilauForTwo.Lines[1], SlipDocument.MaximumLines).ToImmutableArray();

        Assert.Equal(SlipDocument.MaximumLines, (Slips.PilauForTwo with { Lines = lines }).Lines.Length);
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { Lines = [.. lines, lines[0]] });
        Assert.Throws<ArgumentException>(() => Slips.PilauForTwo with { Lines = default });
    }

    [Fact]
    public void An_amount_is_never_negative()
    {
        Assert.Equal(0, (Slips.PilauForTwo with { Total = 0 }).Total);
        Assert.Throws<ArgumentOutOfRangeException>(() => Slips.PilauForTwo with { Total = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Slips.PilauForTwo with { CopyNumber = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Slips.PilauForTwo.Lines[0] with { UnitPrice = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Slips.PilauForTwo.Lines[0] with { LineTotal = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => Slips.PilauForTwo.Lines[0] with { Quantity = -1 });
    }
}
