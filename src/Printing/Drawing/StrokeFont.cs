using System.Collections.Concurrent;
using JikoXpress.Printing.Text;

namespace JikoXpress.Printing.Drawing;

/// <summary>
/// Draws text with a round pen along the strokes of <see cref="Glyphs"/>, so that one small table gives crisp text at
/// any size. Every character takes a cell of 12 by 28 dots, times the scale.
/// </summary>
internal static class StrokeFont
{
    internal const int CellWidth = 12;
    internal const int CellHeight = 28;

    /// <summary>Room above the capital letters for their accents, in dots of a cell.</summary>
    private const double Headroom = 3;

    /// <summary>Cache of drawn letters: the font has some 160 letters, and a slip uses three or four sizes.</summary>
    private static readonly ConcurrentDictionary<(char, int, bool), Run[]> Drawn = new();

    /// <summary>Draws a text that <see cref="LatinLetters.Fold"/> has returned.</summary>
    internal static void Draw(Bitmap bitmap, string text, int left, int top, int scale, bool bold)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var cell = left + (index * CellWidth * scale);
            var runs = Drawn.GetOrAdd((text[index], scale, bold), static key => Trace(key.Item1, key.Item2, key.Item3));
            foreach (var run in runs)
                bitmap.Fill(cell + run.Left, top + run.Top, run.Length, lines: 1);
        }
    }

    /// <summary>
    /// Strokes lie between dots, so a pen of radius 1 draws lines of exactly two dots. The bold pen of the smallest
    /// size is moved by half a dot, and draws upright lines of three dots.
    /// </summary>
    private static Run[] Trace(char letter, int scale, bool bold)
    {
        var radius = scale * (bold ? 1.3 : 1);
        var shift = bold && scale == 1 ? 0.5 : 0;
        StrokePoint OnPaper(StrokePoint point) => new((point.X * scale) + shift, (point.Y + Headroom) * scale);
        var lines = Glyphs.Strokes(letter)
            .Select(stroke => stroke.Select(OnPaper).ToList())
            .SelectMany(stroke => stroke.Zip(stroke.Skip(1)))
            .ToList();
        var runs = new List<Run>();
        for (var y = 0; y < CellHeight * scale; y++)
        {
            var near = lines.Where(line => Math.Min(line.First.Y, line.Second.Y) - radius <= y + 1
                && Math.Max(line.First.Y, line.Second.Y) + radius >= y).ToList();
            for (var x = 0; x <= CellWidth * scale; x++)
            {
                var start = x;
                while (near.Exists(line => DistanceSquared(new(x + 0.5, y + 0.5), line) <= radius * radius))
                    x++;
                if (x > start)
                    runs.Add(new Run(start, y, x - start));
            }
        }

        return [.. runs];
    }

    private static double DistanceSquared(StrokePoint dot, (StrokePoint From, StrokePoint To) line)
    {
        var (alongX, alongY) = (line.To.X - line.From.X, line.To.Y - line.From.Y);
        var (toX, toY) = (dot.X - line.From.X, dot.Y - line.From.Y);
        var length = (alongX * alongX) + (alongY * alongY);
        var share = length == 0 ? 0 : Math.Clamp(((toX * alongX) + (toY * alongY)) / length, 0, 1);
        var (awayX, awayY) = (toX - (share * alongX), toY - (share * alongY));
        return (awayX * awayX) + (awayY * awayY);
    }

    /// <summary>Black dots side by side, counted from the upper left corner of the cell.</summary>
    private readonly record struct Run(int Left, int Top, int Length);
}
