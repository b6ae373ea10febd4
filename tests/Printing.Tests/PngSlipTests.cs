using JikoXpress.Printing.Tests.Reading;

namespace JikoXpress.Printing.Tests;

public sealed class PngSlipTests
{
    private const string Letters =
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
        + "ÀÈÌÒÙàèìòùÁÉÍÓÚÝáéíóúýÂÊÎÔÛâêîôûÃĨÑÕŨãĩñõũÄËÏÖÜŸäëïöüÿÅåŠŽšžÇç";

    [Theory]
    [InlineData(58, 384)]
    [InlineData(80, 576)]
    public void The_picture_is_as_wide_as_the_printer(int millimetres, int dots) =>
        Assert.Equal(dots, Picture(Slips.PilauForTwo, millimetres).Width);

    [Theory]
    [InlineData(58)]
    [InlineData(80)]
    public void The_bars_on_paper_read_back_as_the_slip_code(int millimetres) =>
        Assert.Equal(Slips.Code, Camera.ReadBarcode(Picture(Slips.PilauForTwo, millimetres)));

    [Theory]
    [InlineData(58, 1)]
    [InlineData(58, 60)]
    [InlineData(58, 106)]
    [InlineData(58, 107)]
    [InlineData(58, SlipDocument.MaximumQrLength)]
    [InlineData(80, 1)]
    [InlineData(80, SlipDocument.MaximumQrLength)]
    public void The_QR_code_on_paper_reads_back_whatever_its_size(int millimetres, int length)
    {
        var content = $"https://pay.example.co.tz/slips/{new string('x', 200)}"[..length];

        Assert.Equal(content, Camera.ReadQrCode(Picture(Slips.PilauForTwo with { QrContent = content }, millimetres)));
    }

    [Fact]
    public void The_slip_code_alone_reads_back_from_the_QR_code() =>
        Assert.Equal(Slips.Code, Camera.ReadQrCode(Picture(Slips.PilauForTwo with { QrContent = Slips.Code })));

    [Fact]
    public void Every_letter_of_the_font_looks_different_and_fits_its_place()
    {
        var nothing = Ink('.', " ");
        var shapes = Letters.Select(letter => Ink(letter, letter.ToString())).ToList();

        Assert.DoesNotContain(nothing, shapes);
        Assert.Equal(Letters.Length, shapes.Distinct().Count());
    }

    [Fact]
    public void A_reprint_is_taller_by_the_line_that_says_so()
    {
        var original = Picture(Slips.PilauForTwo);
        var copy = Picture(Slips.PilauForTwo with { CopyNumber = 2 });

        Assert.Equal(original.Height + 28, copy.Height);
    }

    /// <summary>The dots of one letter in the middle of the line below the number, between two bars.</summary>
    private static string Ink(char letter, string text)
    {
        var image = Picture(Slips.PilauForTwo with { Serving = $"|{text}|", Tag = null });
        const int top = 20 + (2 * 28 * 2) + 10 + (28 * 5);
        const int left = (384 / 2) - 6;
        for (var y = top; y < top + 28; y++)
        {
            Assert.False(image[left, y] && image[left - 1, y], $"'{letter}' touches its left neighbour.");
            Assert.False(image[left + 11, y] && image[left + 12, y], $"'{letter}' touches its right neighbour.");
        }

        return string.Concat(
            from y in Enumerable.Range(top, 28)
            from x in Enumerable.Range(left, 12)
            select image[x, y] ? '#' : ' ');
    }

    private static PngImage Picture(SlipDocument slip, int millimetres = 58) =>
        PngImage.Decode(SlipFormat.Png.Render(slip, Slips.PaperOf(millimetres)));
}
