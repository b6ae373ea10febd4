using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace JikoXpress.Payments.Vendors.ClickPesa;

/// <summary>How an account's requests are signed; ClickPesa calls the older form "legacy".</summary>
public enum ClickPesaMethod { Canonical = 1, Legacy }

/// <summary>
/// ClickPesa's checksum: HMAC-SHA256 in lower-case hexadecimal, in the member "checksum" of the body. Canonical: over
/// the body with its keys sorted, without the checksum itself. Legacy, for requests of older accounts: over the values,
/// sorted by their keys, without anything between them. Webhooks are read in the canonical form only: the legacy form
/// does not say where a nested value ends.
/// </summary>
internal static class ClickPesaChecksum
{
    private const string Member = "checksum";
    private const string MethodMember = "checksumMethod";

    public static string Canonical(string key, JsonElement body) =>
        Digest(key, CanonicalJson.Of(body, Member, MethodMember));

    /// <param name="body">Texts only.</param>
    public static string Legacy(string key, IReadOnlyDictionary<string, string> body) => Digest(
        key,
        string.Concat(body.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => member.Value)));

    /// <summary>The body with its checksum, as it is sent.</summary>
    public static Dictionary<string, string> Signed(
        string key, ClickPesaMethod method, Dictionary<string, string> body)
    {
        var checksum = method switch
        {
            ClickPesaMethod.Canonical => Canonical(key, JsonSerializer.SerializeToElement(body)),
            ClickPesaMethod.Legacy => Legacy(key, body),
        };
        var signed = new Dictionary<string, string>(body) { [Member] = checksum };
        if (method is ClickPesaMethod.Legacy) signed[MethodMember] = "legacy";
        return signed;
    }

    /// <summary>The body bears the checksum that belongs to it.</summary>
    public static bool IsGenuine(string key, JsonElement body)
    {
        if (body.Text(Member) is not { } given) return false;
        try
        {
            return VendorSecrets.AreEqual(Canonical(key, body), given);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: nothing that the aggregator can have signed.
            return false;
        }
    }

    private static string Digest(string key, string text) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
