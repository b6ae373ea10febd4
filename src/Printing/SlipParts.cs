using System.Globalization;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing;

/// <summary>One part of a slip, from top to bottom; every format draws each of them in its own way.</summary>
internal abstract record SlipPart
{
    private SlipPart()
    {
    }

    /// <summary>The kitchen's name.</summary>
    internal sealed record Title(string Text) : SlipPart;

    /// <summary>The slip number, larger than everything else.</summary>
    internal sealed record Number(string Text) : SlipPart;

    /// <summary>A text that must not be overlooked.</summary>
    internal sealed record Notice(string Text) : SlipPart;

    internal sealed record Remark(string Text) : SlipPart;

    internal sealed record Rule : SlipPart;

    internal sealed record Item(SlipLine Line) : SlipPart;

    internal sealed record Total(string Label, string Amount) : SlipPart;

    /// <summary>Code 128 bars with their characters below.</summary>
    internal sealed record Barcode(string Code) : SlipPart;

    internal sealed record QrCode(string Content) : SlipPart;
}

internal static class SlipParts
{
    /// <summary>The parts of a slip in the order in which every format shows them.</summary>
    internal static IEnumerable<SlipPart> Of(SlipDocument slip)
    {
        yield return new SlipPart.Title(slip.KitchenName);
        yield return new SlipPart.Number(slip.SlipNumber);
        if (slip.CopyNumber > 0)
            yield return new SlipPart.Notice(string.Create(CultureInfo.InvariantCulture, $"COPY {slip.CopyNumber}"));
        yield return new SlipPart.Remark(slip.Serving);
        if (slip.Tag is { } tag)
            yield return new SlipPart.Remark(tag);
        yield return new SlipPart.Rule();
        foreach (var line in slip.Lines)
            yield return new SlipPart.Item(line);
        yield return new SlipPart.Rule();
        yield return new SlipPart.Total("TOTAL", $"{slip.Currency} {Amount.Text(slip.Total, slip.Digits)}");
        yield return new SlipPart.Rule();
        if (slip.Note is { } note)
            yield return new SlipPart.Notice(note);
        yield return new SlipPart.Barcode(slip.SlipCode);
        yield return new SlipPart.QrCode(slip.QrContent);
        yield return new SlipPart.Remark($"Issued {Day(slip.CreatedAt)} {Hour(slip.CreatedAt)}");
        yield return new SlipPart.Remark($"Valid until {Deadline(slip)}");
    }

    private static string Deadline(SlipDocument slip) =>
        slip.ExpiresAt.Date == slip.CreatedAt.Date
            ? Hour(slip.ExpiresAt)
            : $"{Day(slip.ExpiresAt)} {Hour(slip.ExpiresAt)}";

    private static string Day(DateTimeOffset moment) => moment.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Hour(DateTimeOffset moment) => moment.ToString("HH:mm", CultureInfo.InvariantCulture);
}
