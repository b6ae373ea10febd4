using System.Collections.Immutable;
using System.Text;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing;

/// <summary>
/// A list of figures for the count of a drawer. Texts that people typed are cleaned when they are set, as in a slip.
/// </summary>
public sealed record TillReport
{
    public required string KitchenName { get; init => field = SlipText.Clean(value); }

    /// <summary>The headings below the kitchen's name.</summary>
    public required ImmutableArray<string> Headings { get; init => field = [.. value.Select(SlipText.Clean)]; }

    /// <summary>The digits of the currency after the point.</summary>
    public int Digits { get; init; }

    /// <summary>Groups of lines; a rule is printed before each group that has lines.</summary>
    public required ImmutableArray<ImmutableArray<TillFigure>> Groups { get; init; }

    /// <summary>The report as text, in as many columns as the paper has.</summary>
    public string PlainText(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var text = new StringBuilder();
        foreach (var line in Lines(paper.Columns)) text.Append(line.TrimEnd(' ')).Append('\n');
        return text.ToString();
    }

    private IEnumerable<string> Lines(int columns) =>
    [
        .. Headings.Prepend(KitchenName).SelectMany(heading => Typesetting.Centred(heading, columns)),
        .. Groups.Where(group => group.Length > 0).SelectMany(group => group
            .SelectMany(figure => Typesetting.Figure(figure.Label, Amount.Text(figure.Shillings, Digits), columns))
            .Prepend(new string('-', columns))),
    ];
}

/// <summary>A line with an amount in the smallest unit of the currency; a shortage is negative.</summary>
public sealed record TillFigure
{
    public TillFigure(string label, long shillings)
    {
        Label = SlipText.Clean(label);
        Shillings = shillings;
    }

    public string Label { get; }

    public long Shillings { get; }
}
