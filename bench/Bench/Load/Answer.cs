using System.Globalization;
using System.Text;

namespace JikoXpress.Bench.Load;

/// <summary>What the load generator looks at of an answer.</summary>
/// <param name="Head">Status line and headers.</param>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>Null until the answer is there to its end.</summary>
    public static Answer? Parse(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span;
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = bytes[..end];
        var body = bytes[(end + 4)..];
        var status = int.Parse(text[9..12], CultureInfo.InvariantCulture);
        if (Header(head.Span, "Content-Length: "u8) is { IsEmpty: false } length)
        {
            return body.Length >= int.Parse(length, CultureInfo.InvariantCulture)
                ? new Answer(status, head, body)
                : null;
        }

        // Nothing is pipelined, so that what ends with the last chunk ends there.
        var chunked = !Header(head.Span, "Transfer-Encoding: "u8).IsEmpty;
        return chunked && !body.Span.EndsWith("0\r\n\r\n"u8) ? null : new Answer(status, head, body);
    }

    /// <summary>The entity tag, in its quotes.</summary>
    public string Tag => Encoding.ASCII.GetString(Header(Head.Span, "ETag: "u8));

    /// <summary>The first text member of this name, at whatever depth.</summary>
    public string Text(ReadOnlySpan<byte> name)
    {
        var after = Body.Span[(Body.Span.IndexOf(name) + name.Length)..];
        return Encoding.UTF8.GetString(after[..after.IndexOf((byte)'"')]);
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0) return [];
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return end < 0 ? value : value[..end];
    }
}
