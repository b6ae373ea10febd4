using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using JikoXpress.Domain.Sessions.Payments;

namespace JikoXpress.Payments.Vendors.PawaPay;

/// <summary>
/// pawaPay wants a UUIDv4 for each payment. It is made from our reference, and the reference can be read from it: 20
/// characters of five bits are 100 of the 122 free bits, and the other 22 are a check, so that a UUID of somebody else
/// is not taken for one of ours.
/// </summary>
internal static class PawaPayId
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CheckBits = 22;
    private const int LowBits = 62;

    public static Guid Of(string reference)
    {
        UInt128 bits = 0;
        foreach (var letter in reference) bits = (bits << 5) | (uint)Letters.IndexOf(letter, StringComparison.Ordinal);
        bits = (bits << CheckBits) | CheckOf(reference);
        // The 122 bits around the six that say version and variant: 48, then 12, then 62.
        var low = bits & (((UInt128)1 << LowBits) - 1);
        var middle = (bits >> LowBits) & 0xFFF;
        var high = bits >> (LowBits + 12);
        var all = (high << 80) | ((UInt128)4 << 76) | (middle << 64) | ((UInt128)2 << 62) | low;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, all);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Null when the id was not made from a reference of ours.</summary>
    public static string? ReferenceOf(string? id)
    {
        if (!Guid.TryParseExact(id, "D", out var parsed)) return null;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, bigEndian: true, out _);
        var all = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var bits = ((all >> 80) << (LowBits + 12))
            | (((all >> 64) & 0xFFF) << LowBits)
            | (all & (((UInt128)1 << LowBits) - 1));
        var letters = bits >> CheckBits;
        Span<char> reference = stackalloc char[PaymentReference.Length];
        for (var place = reference.Length - 1; place >= 0; place--)
        {
            reference[place] = Letters[(int)(letters & 31)];
            letters >>= 5;
        }

        var text = reference.ToString();
        return Of(text) == parsed ? text : null;
    }

    private static uint CheckOf(string reference) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(reference))) >> (32 - CheckBits);
}
