using System.Globalization;
using System.Text;
using JikoXpress.Printing.Tests.Reading;

namespace JikoXpress.Printing.Tests;

public sealed class HostileTextTests
{
    public static TheoryData<string> Texts =>
    [
        "<script>alert(1)</script>",
        "</bdi></main><iframe src=\"javascript:alert(1)\">",
        "\e@\e\u0070\0\u0019\u00FA",           // Resets the printer and opens the cash drawer.
        "\u001DV\0 \u001D(k\u0003\01Q0 \u001C.", // Cuts the paper and prints a QR code.
        "\u0010\u0014\u0001\0\u0001\u0090\u009B\u007F\u0085",
        "invoice \u202Etxt.exe\u202C \u2066hidden\u2069 \u200Fright\u200E",
        "one\r\ntwo\ttabbed\u2028three\u00A0four",
        "👨‍👩‍👧 🇹🇿 ❤️ \U000E0041",
        "Z\u0351\u036B\u0343\u036A\u0302\u0351a\u0301\u0301\u0301\u0301\u0301\u0301l",
        "lone \uD800 and \uDC00 half, \uFFFE and \uE000",
        "محمد יוסף ไทย देवनागरी",
        "%s %n {0} {{7*7}} ${jndi} '; DROP TABLE slips; --",
        new string('W', 3000),
        string.Concat(Enumerable.Repeat("🍛", 600)),
        string.Concat(Enumerable.Repeat("…", 500)),
        "",
        " \u200B\u2060 ",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_breaks_the_picture(string text)
    {
        var image = PngImage.Decode(SlipFormat.Png.Render(Slips.Saying(text), Paper.Roll58));

        Assert.Equal(384, image.Width);
        Assert.Equal(Slips.Code, Camera.ReadBarcode(image));
        Assert.Equal(Slips.Link, Camera.ReadQrCode(image));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_reaches_the_printer_as_a_command(string text)
    {
        var printed = Printer.Print(SlipFormat.EscPos.Render(Slips.Saying(text), Paper.Roll58));

        Assert.Equal([Slips.Code], printed.Barcodes);
        Assert.Equal([Slips.Link], printed.QrCodes);
        Assert.All(printed.Lines, line => Assert.True(line.Text.Length * line.Size <= 32, line.Text));
        Assert.Contains(printed.Lines, line => line.Text.EndsWith(" 1,500", StringComparison.Ordinal));
        Assert.Contains($"TOTAL{"TZS 71,500",27}", printed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_becomes_part_of_the_page(string text)
    {
        var page = Browser.Open(SlipFormat.Html.Render(Slips.Saying(text), Paper.Roll80));

        Assert.Equal(Slips.Code, page.ReadBarcode());
        Assert.Equal(Slips.Link, page.ReadQrCode());
        AssertNothingHidden(page.Text);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_text_leaves_the_columns(string text)
    {
        var slip = Encoding.UTF8.GetString(SlipFormat.PlainText.Render(Slips.Saying(text), Paper.Roll58));

        Assert.All(slip.Split('\n'), line => Assert.True(line.Length <= 32, line));
        Assert.Contains($"\nTOTAL{"TZS 71,500",27}\n", slip, StringComparison.Ordinal);
        AssertNothingHidden(slip);
    }

    [Fact]
    public void Digits_behind_a_direction_override_stay_where_they_are() =>
        Assert.Equal("Table 5 00,1", (Slips.PilauForTwo with { Tag = "Table 5 \u202E00,1\u202C" }).Tag);

    [Theory]
    [InlineData("e\u0301\u0302", "é\u0302")]
    [InlineData("\u0301x", "x")]
    [InlineData("x\u0301\u0302\u0303y\u0301", "x\u0301\u0302ý")]
    public void A_letter_carries_its_accent_and_at_most_two_marks_more(string text, string kept) =>
        Assert.Equal(kept, (Slips.PilauForTwo with { Tag = text }).Tag);

    [Theory]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    public void A_text_longer_than_instructions_may_be_ends_in_three_dots(int length)
    {
        var tag = (Slips.PilauForTwo with { Tag = new string('t', length) }).Tag;

        Assert.Equal(length <= 500 ? new string('t', length) : new string('t', 497) + "...", tag);
    }

    [Fact]
    public void A_tag_with_nothing_to_see_is_no_tag() =>
        Assert.Null((Slips.PilauForTwo with { Tag = "\u200B \u0007" }).Tag);

    private static void AssertNothingHidden(string text) =>
        Assert.DoesNotContain(
            text.EnumerateRunes(),
            rune => rune.Value != '\n' && Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);
}
