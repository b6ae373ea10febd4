using JikoXpress.Printing.Tests.Reading;

namespace JikoXpress.Printing.Tests;

public sealed class HtmlSlipTests
{
    [Theory]
    [InlineData(58)]
    [InlineData(80)]
    public void The_page_is_as_wide_as_the_paper_and_as_long_as_the_slip(int millimetres)
    {
        var longer = Slips.PilauForTwo with { Lines = [.. Slips.PilauForTwo.Lines, .. Slips.PilauForTwo.Lines] };

        var (width, length) = Open(Slips.PilauForTwo, millimetres).PageSize;
        var (_, longerLength) = Open(longer, millimetres).PageSize;

        Assert.Equal(millimetres, width);
        Assert.InRange(longerLength - length, 30, 80);
    }

    [Fact]
    public void The_bars_on_the_page_read_back_as_the_slip_code() =>
        Assert.Equal(Slips.Code, Open(Slips.PilauForTwo).ReadBarcode());

    [Theory]
    [InlineData(Slips.Link)]
    [InlineData(Slips.Code)]
    [InlineData("https://example.com/?a=1&b=\"<2>\"")]
    public void The_QR_code_on_the_page_reads_back_as_its_content(string content) =>
        Assert.Equal(content, Open(Slips.PilauForTwo with { QrContent = content }).ReadQrCode());

    [Fact]
    public void The_page_says_what_the_slip_says()
    {
        var text = Open(Slips.PilauForTwo with { CopyNumber = 3 }).Text;

        Assert.Equal(
            "Mama Ntilie Kitchen 0147-3 COPY 3 Dine in, table 05 Juma Mwakasege "
            + "2 Pilau ya nyama ya ng’ombe na kachumbari@ 8,000"
            + "- Bila pilipili, tafadhali; one plate without onions 16,000 "
            + "1 Chai ya maziwa 1,500 12 Crème brûlée@ 4,500 54,000 TOTAL TZS 71,500 Pay at the cashier before 14:35 "
            + "7ZQ4K9XB2M0TD Issued 12 Mar 2026 14:20 Valid until 14:35",
            string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</style></title><svg onload=alert(1)>")]
    [InlineData("&lt;b&gt; &amp;amp; {{7*7}} `${1}`")]
    [InlineData("محمد ☕ 茶")]
    public void What_a_guest_wrote_is_shown_as_it_was_written(string text)
    {
        var page = Open(Slips.Saying(text));

        // Kitchen, serving, tag, name, instructions and note.
        Assert.Equal(6, page.Text.Split(text).Length - 1);
    }

    private static Browser Open(SlipDocument slip, int millimetres = 80) =>
        Browser.Open(SlipFormat.Html.Render(slip, Slips.PaperOf(millimetres)));
}
