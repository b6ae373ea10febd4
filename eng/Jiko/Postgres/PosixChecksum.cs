using System.Text;

namespace JikoXpress.Jiko.Postgres;

/// <summary>The checksum of the program cksum of POSIX, by which data of earlier builds is found again.</summary>
internal static class PosixChecksum
{
    private const uint Polynomial = 0x04C1_1DB7;

    public static uint Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var sum = bytes.Aggregate(0u, Next);
        // The length follows, its lowest byte first, without leading zeros.
        for (var length = bytes.Length; length > 0; length >>= 8) sum = Next(sum, (byte)(length & 0xFF));
        return ~sum;
    }

    private static uint Next(uint sum, byte one)
    {
        sum ^= (uint)one << 24;
        for (var bit = 0; bit < 8; bit++) sum = (sum & 0x8000_0000) == 0 ? sum << 1 : (sum << 1) ^ Polynomial;
        return sum;
    }
}
