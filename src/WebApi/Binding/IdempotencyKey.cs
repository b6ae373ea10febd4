using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain;
using JikoXpress.WebApi.Access;

namespace JikoXpress.WebApi.Binding;

/// <summary>
/// The header with which a caller makes a POST take effect once. A key belongs to its caller and its path, so the same
/// key of another caller, or on another path, is another operation. The fingerprint of the body is over its values:
/// order, white space and members that are null do not matter.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int Longest = 255;

    public static Operation? Operation(
        HttpContext http, ReadOnlySpan<byte> bytes, JsonElement body, Violations violations)
    {
        var keys = http.Request.Headers[Header];
        if (keys.Count is 0)
        {
            return http.Principal.KeyRequired
                ? violations.Malform<Operation?>("", "idempotency-key-missing",
                    $"This caller has set that every such request carries an {Header}.", null)
                : null;
        }

        return keys is [{ Length: >= 1 and <= Longest } key] && key.All(character => character is >= '!' and <= '~')
            ? new Operation(
                IdOf(http, key), Fingerprint(SHA256.HashData(BodyMeaning.Of(body).Span)),
                Formerly: Fingerprint(SHA256.HashData(bytes)))
            : violations.Malform<Operation?>("", "idempotency-key-invalid",
                $"{Header} is one header of 1 to {Longest} visible ASCII characters.", null);
    }

    private static Guid IdOf(HttpContext http, string key)
    {
        // Ids in a path may have small or capital letters; it is the same path.
        var path = http.Request.Path.Value?.ToLowerInvariant();
        var (kind, id) = (http.Principal.Kind, http.Principal.Id);
        // App tokens of one merchant are in the hands of customers who know nothing of each other.
        var holder = http.Principal is { Kind: CallerKind.Merchant, DeviceId: { } token } ? $"{id} {token}" : $"{id}";
        var scope = $"{kind}\n{holder}\n{http.Request.Method}\n{path}\n{key}";
        return Fingerprint(SHA256.HashData(Encoding.UTF8.GetBytes(scope)));
    }

    /// <summary>The first half of the hash, as a UUID of version 8 (RFC 9562: application-defined).</summary>
    private static Guid Fingerprint(ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
