namespace JikoXpress.Printing.Drawing;

/// <summary>Black dots on white paper of a fixed width that grows downwards as it is drawn on.</summary>
internal sealed class Bitmap(int width)
{
    private readonly List<byte[]> rows = [];

    internal int Width => width;

    internal int Height => rows.Count;

    /// <summary>One row, eight dots to a byte, the leftmost in the highest bit; a set bit is black.</summary>
    internal ReadOnlySpan<byte> Row(int row) => rows[row];

    internal void GrowTo(int height)
    {
        while (rows.Count < height)
            rows.Add(new byte[(width + 7) / 8]);
    }

    /// <summary>Makes one dot black; dots outside the paper are ignored.</summary>
    internal void Ink(int x, int y)
    {
        if (x < 0 || x >= width || y < 0)
            return;
        GrowTo(y + 1);
        rows[y][x / 8] |= (byte)(0x80 >> (x % 8));
    }

    internal void Fill(int left, int top, int columns, int lines)
    {
        for (var y = top; y < top + lines; y++)
        {
            for (var x = left; x < left + columns; x++)
                Ink(x, y);
        }
    }
}
