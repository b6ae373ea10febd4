using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using JikoXpress.Grains.Abstractions.Callers;

namespace JikoXpress.Postgres.Access;

/// <summary>
/// The secrets that callers send: a prefix that tells the kind (so that scanners find a leaked one), 256 random bits,
/// and a checksum, by which a mistyped token is refused without a database query.
/// </summary>
internal static class Tokens
{
    public const string Staff = "jx_staff_";
    public const string Till = "jx_pos_";
    public const string Kiosk = "jx_kiosk_";
    public const string KitchenDisplay = "jx_kds_";
    public const string Stream = "jx_stream_";
    public const string Table = "jx_table_";
    public const string App = "jx_app_";
    public const string Bot = "jx_bot_";
    public const string Operator = "jx_op_";
    public const string TestMerchant = "jk_test_";
    public const string LiveMerchant = "jk_live_";
    public const string TestApp = "jk_app_test_";
    public const string LiveApp = "jk_app_live_";

    /// <summary>62^43 is just above 2^256.</summary>
    private const int SecretLength = 43;

    /// <summary>62^6 is above 2^32.</summary>
    private const int ChecksumLength = 6;

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string New(string prefix)
    {
        var secret = prefix + RandomNumberGenerator.GetString(Base62, SecretLength);
        return secret + Checksum(secret);
    }

    /// <summary>The same secret again for the same seed and row; random to whoever has no seed.</summary>
    public static string Of(string prefix, byte[] seed, Guid row)
    {
        var secret = prefix + Letters(seed, row, Base62, SecretLength);
        return secret + Checksum(secret);
    }

    /// <summary>Letters derived from a seed: 512 bits have many times as many values as the letters.</summary>
    public static string Letters(byte[] seed, Guid row, string letters, int length)
    {
        var rest = new BigInteger(HMACSHA512.HashData(seed, row.ToByteArray(bigEndian: true)), isUnsigned: true);
        return string.Create(length, (rest, letters), static (text, source) =>
        {
            var left = source.rest;
            for (var place = 0; place < text.Length; place++)
            {
                left = BigInteger.DivRem(left, source.letters.Length, out var letter);
                text[place] = source.letters[(int)letter];
            }
        });
    }

    public static bool IsWellFormed(string token) =>
        token.Length > SecretLength + ChecksumLength
        && token.AsSpan()[^ChecksumLength..].SequenceEqual(Checksum(token.AsSpan()[..^ChecksumLength]));

    /// <summary>The stored hash of a secret.</summary>
    public static byte[] Hash(string secret) => BearerToken.HashOf(secret);

    private static string Checksum(ReadOnlySpan<char> secret)
    {
        var rest = BinaryPrimitives.ReadUInt32BigEndian(Hash(secret.ToString()));
        return string.Create(ChecksumLength, rest, static (letters, number) =>
        {
            for (var place = letters.Length - 1; place >= 0; place--, number /= (uint)Base62.Length)
                letters[place] = Base62[(int)(number % Base62.Length)];
        });
    }
}

/// <summary>Codes of 40 random bits that people read aloud; valid for minutes and for one use.</summary>
internal static class Codes
{
    private const int Length = 8;

    /// <summary>Without I, L, O and U, which are misread or misspoken (Crockford's base 32).</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>The same code again for the same seed and row.</summary>
    public static string Of(byte[] seed, Guid row) => Tokens.Letters(seed, row, Letters, Length);

    /// <summary>
    /// The stored hash of a code. The typed code may have small letters, spaces or hyphens, and O, I or L where a digit
    /// is meant.
    /// </summary>
    public static byte[] Hash(string typed) => Tokens.Hash(typed.ToUpperInvariant()
        .Replace("-", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal)
        .Replace('O', '0').Replace('I', '1').Replace('L', '1'));
}
