using System.Text;

namespace JikoXpress.Printing.Tests;

public sealed class PlainTextSlipTests
{
    [Fact]
    public void Thirty_two_columns_hold_the_whole_slip() => Assert.Equal(
        """
              Mama Ntilie Kitchen

                     0147-3

               Dine in, table 05
                 Juma Mwakasege
        --------------------------------
          2 Pilau ya nyama ya     16,000
            ng'ombe na kachumbari
            @ 8,000
            - Bila pilipili, tafadhali;
              one plate without onions
          1 Chai ya maziwa         1,500
         12 Crème brûlée          54,000
            @ 4,500
        --------------------------------
        TOTAL                 TZS 71,500
        --------------------------------
        Pay at the cashier before 14:35

                 7ZQ4K9XB2M0TD

        https://pay.example.co.tz/slips/
                 7ZQ4K9XB2M0TD

            Issued 12 Mar 2026 14:20
               Valid until 14:35

        """,
        Text(Slips.PilauForTwo, Paper.Roll58));

    [Fact]
    public void Forty_eight_columns_hold_the_whole_slip() => Assert.Equal(
        """
                      Mama Ntilie Kitchen

                             0147-3

                             COPY 2
                       Dine in, table 05
                         Juma Mwakasege
        ------------------------------------------------
          2 Pilau ya nyama ya ng'ombe na          16,000
            kachumbari
            @ 8,000
            - Bila pilipili, tafadhali; one plate
              without onions
          1 Chai ya maziwa                         1,500
         12 Crème brûlée                          54,000
            @ 4,500
        ------------------------------------------------
        TOTAL                                 TZS 71,500
        ------------------------------------------------
                Pay at the cashier before 14:35

                         7ZQ4K9XB2M0TD

         https://pay.example.co.tz/slips/7ZQ4K9XB2M0TD

                    Issued 12 Mar 2026 14:20
                       Valid until 14:35

        """,
        Text(Slips.PilauForTwo with { CopyNumber = 2 }, Paper.Roll80));

    [Fact]
    public void A_slip_code_that_is_also_the_QR_content_is_written_once() => Assert.Single(
        Text(Slips.PilauForTwo with { QrContent = Slips.Code }, Paper.Roll58).Split('\n'),
        line => line.Contains(Slips.Code, StringComparison.Ordinal));

    [Fact]
    public void A_slip_that_is_valid_past_midnight_says_on_which_day()
    {
        var slip = Slips.PilauForTwo with { ExpiresAt = Slips.PilauForTwo.CreatedAt.AddHours(10) };

        Assert.Contains(" Valid until 13 Mar 2026 00:20\n", Text(slip, Paper.Roll58), StringComparison.Ordinal);
    }

    // 32 columns less 4 for the quantity, 1 for the gap and 5 for "9,500" leave 22 for the name.
    [Theory]
    [InlineData("nnnnnnnnnnnnnnnnnnnnn", "  1 nnnnnnnnnnnnnnnnnnnnn  9,500\n---")]
    [InlineData("nnnnnnnnnnnnnnnnnnnnnn", "  1 nnnnnnnnnnnnnnnnnnnnnn 9,500\n---")]
    [InlineData("nnnnnnnnnnnnnnnnnnnnnnw", "  1 nnnnnnnnnnnnnnnnnnnnnn 9,500\n    w\n---")]
    [InlineData("nnnnnnnnnn nnnnnnnnnnn", "  1 nnnnnnnnnn nnnnnnnnnnn 9,500\n---")]
    [InlineData("nnnnnnnnnn nnnnnnnnnnnn", "  1 nnnnnnnnnn             9,500\n    nnnnnnnnnnnn\n---")]
    public void A_name_that_just_fits_stays_on_its_line_and_one_letter_more_does_not(string name, string printed)
    {
        var slip = Slips.PilauForTwo with
        {
            Lines = [new() { Quantity = 1, Name = name, UnitPrice = 9500, LineTotal = 9500 }],
        };

        Assert.Contains(printed, Text(slip, Paper.Roll58), StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_have_the_digits_of_their_currency()
    {
        var slip = Slips.PilauForTwo with
        {
            Currency = "KES",
            Digits = 2,
            Total = 1_725_050,
            Lines = [new() { Quantity = 2, Name = "Chapati", UnitPrice = 862_525, LineTotal = 1_725_050, Digits = 2 }],
        };

        var text = Text(slip, Paper.Roll58);

        Assert.Contains("  2 Chapati            17,250.50\n    @ 8,625.25\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nTOTAL{"KES 17,250.50",27}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99_999_999_999_999_999, "\nTOTAL TZS 99,999,999,999,999,999\n")]
    [InlineData(999_999_999_999_999_999, "\nTOTAL\n     TZS 999,999,999,999,999,999\n")]
    public void A_total_that_would_touch_its_label_takes_a_line_of_its_own(long total, string printed) =>
        Assert.Contains(
            printed, Text(Slips.PilauForTwo with { Total = total }, Paper.Roll58), StringComparison.Ordinal);

    [Fact]
    public void The_largest_amounts_stay_within_the_columns()
    {
        const long million = 1_000_000;
        var slip = Slips.PilauForTwo with
        {
            Lines =
            [
                new()
                {
                    Quantity = 999,
                    Name = "Ubwabwa",
                    UnitPrice = million * million,
                    LineTotal = 999 * million * million,
                },
            ],
            Total = long.MaxValue,
        };

        var lines = Text(slip, Paper.Roll58).Split('\n');

        Assert.All(lines, line => Assert.True(line.Length <= 32, line));
        Assert.Contains("999 Ubwabwa  999,000,000,000,000", lines);
        Assert.Contains("   TZS 9,223,372,036,854,775,807", lines);
    }

    private static string Text(SlipDocument slip, Paper paper) =>
        Encoding.UTF8.GetString(SlipFormat.PlainText.Render(slip, paper));
}
