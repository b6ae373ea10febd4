namespace JikoXpress.Printing.Tests;

public sealed class SlipFormatTests
{
    [Fact]
    public void The_formats_are_those_a_caller_may_ask_for() => Assert.Equal(
        ["text/html", "image/png", "text/plain", "application/vnd.escpos"],
        SlipFormat.All.Select(format => format.MediaType));

    [Fact]
    public void Text_says_in_which_charset_it_is() => Assert.Equal(
        ["text/html; charset=utf-8", "image/png", "text/plain; charset=utf-8", "application/vnd.escpos"],
        SlipFormat.All.Select(format => format.ContentType));

    [Fact]
    public void A_reprint_shows_that_it_is_a_copy_in_every_format() => Assert.All(
        SlipFormat.All,
        format => Assert.NotEqual(
            format.Render(Slips.PilauForTwo, Paper.Roll80),
            format.Render(Slips.PilauForTwo with { CopyNumber = 1 }, Paper.Roll80)));

    [Fact]
    public void The_same_slip_gives_the_same_bytes() => Assert.All(
        SlipFormat.All,
        format => Assert.Equal(
            format.Render(Slips.PilauForTwo, Paper.Roll58),
            format.Render(Slips.PilauForTwo with { }, Paper.Roll58)));

    [Fact]
    public void The_longest_slip_is_printed_in_every_format()
    {
        var text = string.Join(' ', Enumerable.Repeat("Wali", 100));
        var line = Slips.PilauForTwo.Lines[0] with { Name = text, Instructions = text };
        var slip = Slips.PilauForTwo with { Lines = [.. Enumerable.Repeat(line, SlipDocument.MaximumLines)] };

        Assert.All(SlipFormat.All, format => Assert.NotEmpty(format.Render(slip, Paper.Roll58)));
    }
}
