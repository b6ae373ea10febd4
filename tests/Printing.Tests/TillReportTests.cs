using System.Collections.Immutable;

namespace JikoXpress.Printing.Tests;

public sealed class TillReportTests
{
    [Fact]
    public void Amounts_stand_below_each_other_and_what_is_empty_has_no_rule() => Assert.Equal(
        """
                  Mama Fatuma
                     Shift
        --------------------------------
        2 x CASH                   7,000
        CASH handed back          -2,000
        --------------------------------
        Cash expected            105,000

        """.ReplaceLineEndings("\n"),
        Report(
            [new TillFigure("2 x CASH", 7_000), new TillFigure("CASH handed back", -2_000)], [],
            [new TillFigure("Cash expected", 105_000)]).PlainText(Paper.Roll58));

    [Fact]
    public void Amounts_have_the_digits_of_their_currency() => Assert.EndsWith(
        "SHORT                     -12.50\n",
        (Report([new TillFigure("SHORT", -1_250)]) with { Digits = 2 }).PlainText(Paper.Roll58),
        StringComparison.Ordinal);

    [Fact]
    public void A_long_reason_is_wrapped_beside_its_amount() => Assert.Equal(
        """
                  Mama Fatuma
                     Shift
        --------------------------------
        Charcoal for the
        grill, and the
        matches for the
        whole week that
        were bought next
        door              -1,000,000,000

        """.ReplaceLineEndings("\n"),
        Report([new TillFigure(
            "Charcoal for the grill, and the matches for the whole week that were bought next door",
            -1_000_000_000)]).PlainText(Paper.Roll58));

    [Theory]
    [InlineData("\u001b@\u001dV\0Milk")]
    [InlineData("Milk\nCash expected 0")]
    [InlineData("M\u202Eilk")]
    public void Nobody_types_a_command_to_the_printer_or_a_line_of_their_own(string reason)
    {
        var lines = Report([new TillFigure(reason, -1_000)]).PlainText(Paper.Roll80).TrimEnd('\n').Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.DoesNotContain(string.Concat(lines), sign => char.IsControl(sign) || sign == '\u202E');
        Assert.EndsWith("-1,000", lines[^1], StringComparison.Ordinal);
    }

    private static TillReport Report(params TillFigure[][] groups) => new()
    {
        KitchenName = "Mama Fatuma",
        Headings = ["Shift"],
        Groups = [.. groups.Select(group => group.ToImmutableArray())],
    };
}
