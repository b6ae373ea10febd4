using System.Globalization;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Drawing;

/// <summary>A point of a stroke in dots of a cell: x 2 to 10; y 5 at the top of capitals, 18 on the baseline.</summary>
internal readonly record struct StrokePoint(double X, double Y);

/// <summary>Turns the shapes of <see cref="GlyphShapes"/> into strokes of straight lines.</summary>
internal static class Glyphs
{
    /// <summary>Straight lines per curve: at the largest scale each is shorter than the pen is wide.</summary>
    private const int CurveSteps = 8;

    /// <summary>Accents are drawn for capitals; on small letters they are lower by this.</summary>
    private const double SmallLetterDrop = 4;

    /// <summary>
    /// The strokes of one character; its accent is one more stroke. Throws for a character that
    /// <see cref="LatinLetters.Fold"/> never returns, since that is a bug.
    /// </summary>
    internal static IEnumerable<IReadOnlyList<StrokePoint>> Strokes(char character)
    {
        var (letter, accent) = LatinLetters.Split(character);
        var strokes = Parse(GlyphShapes.Letters[letter]);
        if (accent is not { } mark)
            return strokes;
        var drop = char.IsLower(letter) && mark != Accent.Cedilla ? SmallLetterDrop : 0;
        return strokes.Concat(Parse(GlyphShapes.Accents[mark]).Select(stroke => Lowered(stroke, drop)));
    }

    private static IReadOnlyList<StrokePoint> Lowered(IReadOnlyList<StrokePoint> stroke, double drop) =>
        [.. stroke.Select(point => point with { Y = point.Y + drop })];

    private static IEnumerable<IReadOnlyList<StrokePoint>> Parse(string shape) =>
        shape.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Flatten);

    private static IReadOnlyList<StrokePoint> Flatten(string stroke)
    {
        var flat = new List<StrokePoint>();
        StrokePoint? bend = null;
        foreach (var token in stroke.Split(' '))
        {
            var point = Point(token.Trim('(', ')'));
            var bends = token[0] == '(';
            if (bend is { } control)
                AddCurve(flat, control, bends ? Middle(control, point) : point);
            else if (!bends)
                flat.Add(point);
            bend = bends ? point : null;
        }

        return flat;
    }

    private static void AddCurve(List<StrokePoint> flat, StrokePoint control, StrokePoint end)
    {
        var start = flat[^1];
        for (var step = 1; step <= CurveSteps; step++)
        {
            var share = (double)step / CurveSteps;
            flat.Add(Between(Between(start, control, share), Between(control, end, share), share));
        }
    }

    private static StrokePoint Middle(StrokePoint from, StrokePoint to) => Between(from, to, 0.5);

    private static StrokePoint Between(StrokePoint from, StrokePoint to, double share) =>
        new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));

    private static StrokePoint Point(string token)
    {
        var comma = token.IndexOf(',', StringComparison.Ordinal);
        return new(
            double.Parse(token[..comma], CultureInfo.InvariantCulture),
            double.Parse(token[(comma + 1)..], CultureInfo.InvariantCulture));
    }
}
