using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// Places in lists, for callers to hand back as they got them. A check value finds what was edited or came from
/// another list. It is no secret: a forged cursor leads nowhere that the list itself does not lead.
/// </summary>
internal static class Cursors
{
    private const int Place = 24;
    private const int Check = 8;

    /// <param name="list">What the list is of, its kitchen included.</param>
    public static string Write(Cursor cursor, string list)
    {
        Span<byte> bytes = stackalloc byte[Place + Check];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.At.UtcTicks);
        cursor.Id.TryWriteBytes(bytes[8..Place], bigEndian: true, out _);
        CheckOf(bytes[..Place], list).CopyTo(bytes[Place..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null where the text is no cursor of this list.</summary>
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
        return new Cursor(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..Place], bigEndian: true));
    }

    private static ReadOnlySpan<byte> CheckOf(ReadOnlySpan<byte> place, string list) =>
        SHA256.HashData([.. place, .. Encoding.UTF8.GetBytes(list)]).AsSpan(0, Check);
}
