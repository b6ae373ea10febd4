using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Domain.Webhooks;

/// <summary>
/// Signatures according to Standard Webhooks (github.com/standard-webhooks): HMAC-SHA256 over id, time and body, joined
/// by dots, in base64 after <c>v1,</c>. A secret is <c>whsec_</c> and the key in base64; any other text is a key by its
/// UTF-8 bytes.
/// </summary>
public static class StandardWebhook
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const int LongestId = 128;
    private const string Version = "v1,";
    private const string SecretPrefix = "whsec_";

    /// <summary>How many bytes the key of a new secret has; the standard allows 24 to 64.</summary>
    public const int KeyLength = 32;

    /// <summary>An older webhook is not accepted, even if it is genuine: a query gives the same answer.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Newest = TimeSpan.FromMinutes(1);

    /// <summary>Whether a key can be made of it; after <c>whsec_</c> only base64 is accepted.</summary>
    public static bool IsSecret(string text) => !text.StartsWith(SecretPrefix, StringComparison.Ordinal)
        || Convert.TryFromBase64String(text[SecretPrefix.Length..], new byte[text.Length], out _);

    /// <summary>A key as a secret is written.</summary>
    public static string SecretOf(ReadOnlySpan<byte> key) => SecretPrefix + Convert.ToBase64String(key);

    /// <exception cref="FormatException">What follows <c>whsec_</c> is not base64.</exception>
    private static byte[] KeyOf(string secret) => secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
        ? Convert.FromBase64String(secret[SecretPrefix.Length..])
        : Encoding.UTF8.GetBytes(secret);

    public static string Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Version + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed));
    }

    /// <summary>
    /// True when the webhook is signed with the secret and its time is current. One of several signatures must match.
    /// </summary>
    /// <param name="header">A header's value by its name; null when it is missing.</param>
    public static bool IsGenuine(
        string secret, Func<string, string?> header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (header(IdHeader) is not { Length: > 0 and <= LongestId } id
            || header(TimestampHeader) is not { } timestamp
            || header(SignatureHeader) is not { } given)
            return false;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var age = now.ToUnixTimeSeconds() - seconds;
        if (age > Oldest.TotalSeconds || age < -Newest.TotalSeconds) return false;

        var expected = Encoding.ASCII.GetBytes(Sign(secret, id, timestamp, body));
        var genuine = false;
        foreach (var signature in given.Split(' '))
            genuine |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        return genuine;
    }
}
