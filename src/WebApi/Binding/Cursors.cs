using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// Paging cursors: positions in lists, which callers send back unchanged. A check value detects a cursor that was
/// edited, or that belongs to another list. It is no secret: a forged cursor shows nothing that the list itself does
/// not show.
/// </summary>
internal static class Cursors
{
    private const int Place = 24;
    private const int Check = 8;

    /// <param name="list">Names the list, its kitchen included.</param>
    public static string Write(Cursor cursor, string list)
    {
        Span<byte> bytes = stackalloc byte[Place + Check];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.At.UtcTicks);
        cursor.Id.TryWriteBytes(bytes[8..Place], bigEndian: true, out _);
        CheckOf(bytes[..Place], list).CopyTo(bytes[Place..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null if the text is not a cursor of this list.</summary>
    public static Cursor? Read(string text, string list)
    {
        Span<byte> bytes = stackalloc byte[Place + Check];
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var length)
            || length != bytes.Length
            || !bytes[Place..].SequenceEqual(CheckOf(bytes[..Place], list)))
        {
            return null;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        // Anybody can compute the check value, so the time may be none.
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks) return null;
        return new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..Place], bigEndian: true));
    }

    private static ReadOnlySpan<byte> CheckOf(ReadOnlySpan<byte> place, string list) =>
        SHA256.HashData([.. place, .. Encoding.UTF8.GetBytes(list)]).AsSpan(0, Check);
}
