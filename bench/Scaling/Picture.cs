using System.Globalization;
using System.Text;

namespace JikoXpress.Scaling;

/// <summary>The evening as an SVG: orders, times, and what the machines do, minute by minute.</summary>
internal sealed class Picture(IReadOnlyList<Minute> minutes)
{
    private const double Left = 70;
    private const double Width = 720;
    private const double Height = 130;
    private const double Gap = 58;

    public string Draw(string title)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 {4 * (Height + Gap) + 40:0}"
                font-family="sans-serif" font-size="12" role="img">
            <title>{title}</title>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Left}" y="22" font-size="14">{title}</text>

            """);
        Panel(svg, 0, "Orders a second: offered, and finished", null,
            new("offered", "#999", minute => minute.Offered), new("finished", "#1a7f37", minute => minute.Sold));
        Panel(svg, 1, "Seconds from the first try to the answer, logarithmic", Milliseconds,
            new("p50 of sales", "#0969da", minute => minute.P50), new("p99 of sales", "#cf222e", minute => minute.P99),
            new("p99 from webhook to kiosk", "#8250df", minute => minute.WebhookP99));
        Panel(svg, 2, "Share of the cores that work", null,
            new("silos", "#0969da", minute => minute.Program), new("PostgreSQL", "#bf8700", minute => minute.Database));
        Panel(svg, 3, "Kiosks that wait for a PIN, and requests in queues at the end of the minute", null,
            new("kiosks", "#8250df", minute => minute.Kiosks), new("in queues", "#cf222e", minute => minute.Waiting));
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A scale from a millisecond to a hundred seconds.</summary>
    private static double Milliseconds(double seconds) => Math.Clamp((Math.Log10(seconds) + 3) / 5, 0, 1);

    private void Panel(StringBuilder svg, int number, string title, Func<double, double>? scale, params Curve[] curves)
    {
        var top = 50 + number * (Height + Gap);
        var most = curves.Max(curve => minutes.Select(curve.Value).Where(double.IsFinite).DefaultIfEmpty().Max());
        if (most == 0) most = 1;
        Write(svg, Left, top - 6, title);
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{Left}\" y=\"{top}\" width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"#ddd\"/>\n");
        if (scale is null)
        {
            Write(svg, 4, top + 10, most.ToString(most < 10 ? "0.00" : "N0", CultureInfo.InvariantCulture));
            Write(svg, 4, top + Height, "0");
        }
        else
        {
            foreach (var seconds in (double[])[100, 1, 0.01])
                Write(svg, 4, top + Height * (1 - scale(seconds)) + 6, $"{seconds} s");
        }

        for (var hour = 0; hour <= Evening.Hours; hour++)
            Write(svg, Left + Width * hour / Evening.Hours - 12, top + Height + 14, $"{Evening.From + hour}:00");
        for (var curve = 0; curve < curves.Length; curve++)
            Draw(svg, curves[curve], curve, top, scale ?? (value => value / most));
    }

    private void Draw(StringBuilder svg, Curve curve, int number, double top, Func<double, double> scale)
    {
        var points = minutes.Where(minute => double.IsFinite(curve.Value(minute))).Select(minute => string.Create(
            CultureInfo.InvariantCulture,
            $"{Left + Width * minute.Number / minutes.Count:0.#},"
            + $"{top + Height * (1 - scale(curve.Value(minute))):0.#}"));
        svg.Append(CultureInfo.InvariantCulture,
            $"<polyline fill=\"none\" stroke=\"{curve.Colour}\" points=\"{string.Join(' ', points)}\"/>\n");
        Write(svg, Left + 200 * number, top + Height + 30, curve.Name, curve.Colour);
    }

    private static void Write(StringBuilder svg, double x, double y, string text, string colour = "#333") => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" fill=\"{colour}\">{text}</text>\n");

    private sealed record Curve(string Name, string Colour, Func<Minute, double> Value);
}
