using JikoXpress.Printing.Tests.Reading;

namespace JikoXpress.Printing.Tests;

public sealed class EscPosSlipTests
{
    [Theory]
    [InlineData(58)]
    [InlineData(80)]
    public void The_printer_draws_the_slip_code_as_bars(int millimetres) =>
        Assert.Equal([Slips.Code], Print(Slips.PilauForTwo, millimetres).Barcodes);

    [Theory]
    [InlineData(1)]
    [InlineData(SlipDocument.MaximumQrLength)]
    public void The_printer_draws_the_content_as_one_QR_code(int length)
    {
        var content = new string('q', length);

        Assert.Equal([content], Print(Slips.PilauForTwo with { QrContent = content }).QrCodes);
    }

    [Fact]
    public void The_number_is_twice_as_large_and_centred() =>
        Assert.Equal(
            new PrintedLine("0147-3", Centred: true, Emphasised: true, Size: 2),
            Assert.Single(Print(Slips.PilauForTwo).Lines, line => line.Size > 1));

    [Fact]
    public void The_kitchen_the_total_and_what_to_do_are_emphasised() =>
        Assert.Equal(
            ["Mama Ntilie Kitchen", "0147-3", "COPY 1", $"TOTAL{"TZS 71,500",27}", "Pay at the cashier before 14:35"],
            Print(Slips.PilauForTwo with { CopyNumber = 1 }).Lines
                .Where(line => line.Emphasised)
                .Select(line => line.Text));

    [Fact]
    public void The_columns_of_the_lines_are_those_of_the_plain_text() =>
        Assert.Equal(
            [
                "  2 Pilau ya nyama ya     16,000",
                "    ng'ombe na kachumbari",
                "    @ 8,000",
                "    - Bila pilipili, tafadhali;",
                "      one plate without onions",
                "  1 Chai ya maziwa         1,500",
                " 12 Crème brûlée          54,000",
                "    @ 4,500",
            ],
            Print(Slips.PilauForTwo).Lines
                .Where(line => !line.Centred && !line.Emphasised && line.Text[0] == ' ')
                .Select(line => line.Text));

    [Theory]
    [InlineData("café à l'ananas, garçon", "café à l'ananas, garçon")]
    [InlineData("À ÂÃ Ÿ š Ũ ĩ", "A AA Y s U i")]
    [InlineData("œuf “frais” – 2½", "oeuf \"frais\" - 21/2")]
    [InlineData("cafe\u0301 Nairobĩ", "café Nairobi")]
    [InlineData("شاي 茶 ☕", "??? ? ?")]
    public void Letters_missing_from_the_code_page_are_printed_as_their_nearest(string tag, string printed) =>
        Assert.Contains(
            new PrintedLine(printed, Centred: true, Emphasised: false, Size: 1),
            Print(Slips.PilauForTwo with { Tag = tag }).Lines);

    private static Printer Print(SlipDocument slip, int millimetres = 58) =>
        Printer.Print(SlipFormat.EscPos.Render(slip, Slips.PaperOf(millimetres)));
}
