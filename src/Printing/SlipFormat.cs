using JikoXpress.Printing.Formats;

namespace JikoXpress.Printing;

/// <summary>An output format of a slip. All formats show the same parts in the same order.</summary>
public sealed class SlipFormat
{
    private readonly Func<SlipDocument, Paper, byte[]> render;

    private SlipFormat(string mediaType, string? charset, Func<SlipDocument, Paper, byte[]> render)
    {
        MediaType = mediaType;
        ContentType = charset is null ? mediaType : $"{mediaType}; charset={charset}";
        this.render = render;
    }

    /// <summary>A complete page, for browsers and for printers behind a print dialogue.</summary>
    public static SlipFormat Html { get; } = new("text/html", "utf-8", HtmlSlip.Render);

    /// <summary>A picture with one pixel for each dot of the printer, black or white.</summary>
    public static SlipFormat Png { get; } = new("image/png", null, PngSlip.Render);

    /// <summary>Text only, for printers and screens without graphics.</summary>
    public static SlipFormat PlainText { get; } = new("text/plain", "utf-8", PlainTextSlip.Render);

    /// <summary>ESC/POS commands, to be sent to a receipt printer unchanged.</summary>
    public static SlipFormat EscPos { get; } = new("application/vnd.escpos", null, EscPosSlip.Render);

    /// <summary>All formats, the preferred one first.</summary>
    public static IReadOnlyList<SlipFormat> All { get; } = [Html, Png, PlainText, EscPos];

    /// <summary>The media type for the Accept header.</summary>
    public string MediaType { get; }

    /// <summary>The Content-Type header: the media type, and the charset if there is one.</summary>
    public string ContentType { get; }

    /// <summary>Renders the slip. The same slip and paper always give the same bytes.</summary>
    public byte[] Render(SlipDocument document, Paper paper) => render(document, paper);
}
