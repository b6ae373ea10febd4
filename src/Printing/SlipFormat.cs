using JikoXpress.Printing.Formats;

namespace JikoXpress.Printing;

/// <summary>A form in which a slip is given out. All show the same parts in the same order.</summary>
public sealed class SlipFormat
{
    private readonly Func<SlipDocument, Paper, byte[]> render;

    private SlipFormat(string mediaType, string? charset, Func<SlipDocument, Paper, byte[]> render)
    {
        MediaType = mediaType;
        ContentType = charset is null ? mediaType : $"{mediaType}; charset={charset}";
        this.render = render;
    }

    /// <summary>A page on its own, for browsers and for printers behind a print dialogue.</summary>
    public static SlipFormat Html { get; } = new("text/html", "utf-8", HtmlSlip.Render);

    /// <summary>A picture with one pixel for each dot of the printer, black or white.</summary>
    public static SlipFormat Png { get; } = new("image/png", null, PngSlip.Render);

    /// <summary>Characters only, for printers and screens that draw nothing.</summary>
    public static SlipFormat PlainText { get; } = new("text/plain", "utf-8", PlainTextSlip.Render);

    /// <summary>The commands of a receipt printer, to be sent to it as they are.</summary>
    public static SlipFormat EscPos { get; } = new("application/vnd.escpos", null, EscPosSlip.Render);

    /// <summary>Every format, the one to prefer first.</summary>
    public static IReadOnlyList<SlipFormat> All { get; } = [Html, Png, PlainText, EscPos];

    /// <summary>What an Accept header asks for.</summary>
    public string MediaType { get; }

    /// <summary>What a Content-Type header says: the media type, and the charset where there is one.</summary>
    public string ContentType { get; }

    /// <summary>Renders the same bytes for the same slip and paper, always.</summary>
    public byte[] Render(SlipDocument document, Paper paper) => render(document, paper);
}
