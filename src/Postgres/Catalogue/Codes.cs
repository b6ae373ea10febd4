using System.Security.Cryptography;

namespace JikoXpress.Postgres.Catalogue;

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
