using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace JikoXpress.Printing.Tests.Reading;

/// <summary>A decoded PNG of one bit to a pixel; anything else, or a wrong checksum, fails the test.</summary>
internal sealed class PngImage
{
    private readonly bool[][] rows;

    private PngImage(bool[][] rows) => this.rows = rows;

    internal int Width => rows[0].Length;

    internal int Height => rows.Length;

    /// <summary>True where the printer burns a dot.</summary>
    internal bool[] Row(int y) => rows[y];

    internal bool this[int x, int y] => rows[y][x];

    internal static PngImage Decode(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = Chunks(file).ToList();
        Assert.Equal("IHDR", chunks[0].Type);
        Assert.Equal(("IEND", 0), (chunks[^1].Type, chunks[^1].Content.Length));
        var header = chunks[0].Content;
        Assert.Equal([1, 0, 0, 0, 0], header[8..]);
        var width = BinaryPrimitives.ReadInt32BigEndian(header);
        var height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        var pixels = Inflate([.. chunks.Where(chunk => chunk.Type == "IDAT").SelectMany(chunk => chunk.Content)]);
        return new PngImage(Unfilter(pixels, width, height));
    }

    private static IEnumerable<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), crc);
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var inflate = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        inflate.CopyTo(pixels);
        return pixels.ToArray();
    }

    private static bool[][] Unfilter(byte[] pixels, int width, int height)
    {
        var stride = (width + 7) / 8;
        Assert.Equal(height * (stride + 1), pixels.Length);
        return
        [
            .. pixels.Chunk(stride + 1).Select(row =>
            {
                Assert.Equal(0, row[0]);
                return Enumerable.Range(0, width).Select(x => (row[1 + (x / 8)] & (0x80 >> (x % 8))) == 0).ToArray();
            }),
        ];
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
