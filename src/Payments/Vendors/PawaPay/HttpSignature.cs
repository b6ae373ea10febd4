using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace JikoXpress.Payments.Vendors.PawaPay;

/// <summary>
/// The part of RFC 9421 (HTTP Message Signatures) and RFC 9530 (Digest Fields) that pawaPay uses: one signature with
/// ECDSA on P-256 and SHA-256, over named parts of the request, of which one is the digest of the body.
/// </summary>
/// <param name="Label">The signature's name in both headers.</param>
/// <param name="Components">What is signed, in order.</param>
/// <param name="Parameters">The text after the label: it is signed as it stands.</param>
internal sealed partial record HttpSignature(
    string Label, IReadOnlyList<string> Components, string Parameters, string? KeyId, string? Algorithm, long? Created,
    long? Expires, byte[] Signature)
{
    /// <summary>Without these, a signature would not say what was asked of whom.</summary>
    private static readonly string[] Needed = ["@method", "@path", "content-digest"];

    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Newest = TimeSpan.FromMinutes(1);

    /// <summary>The first signature of a request; null when it has none that can be read.</summary>
    public static HttpSignature? Of(string? input, string? signatures)
    {
        if (input is not { Length: < 2000 } || signatures is not { Length: < 2000 }) return null;
        if (InputForm().Match(input) is not { Success: true } match) return null;
        var label = match.Groups["label"].Value;
        var given = SignatureForm().Matches(signatures).FirstOrDefault(one => one.Groups["label"].Value == label);
        if (given is null) return null;
        var bytes = new byte[given.Groups["base64"].Length];
        if (!Convert.TryFromBase64String(given.Groups["base64"].Value, bytes, out var length)) return null;
        var parameters = match.Groups["parameters"].Value.TrimEnd();
        return new HttpSignature(
            label, [.. NameForm().Matches(match.Groups["names"].Value).Select(name => name.Groups[1].Value)],
            parameters, TextOf(parameters, "keyid"), TextOf(parameters, "alg"), NumberOf(parameters, "created"),
            NumberOf(parameters, "expires"), bytes[..length]);
    }

    /// <summary>The text that is signed; null when a part of it is missing from the message.</summary>
    /// <param name="part">A derived component, as in "@method", or a header; null when it is missing.</param>
    public string? Base(Func<string, string?> part)
    {
        var text = new StringBuilder();
        foreach (var name in Components)
        {
            if (part(name) is not { } value) return null;
            text.Append(CultureInfo.InvariantCulture, $"\"{name}\": {value.Trim()}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\"@signature-params\": {Parameters}").ToString();
    }

    /// <summary>
    /// The signature is over this request, body included, and its time is current. Signatures are taken in both forms:
    /// two numbers of 32 bytes as the RFC has it, and DER, which pawaPay's own samples make.
    /// </summary>
    public bool IsOver(Webhook request, IReadOnlyDictionary<string, ECDsa> keys, DateTimeOffset now)
    {
        if (Algorithm is not (null or "ecdsa-p256-sha256") || Needed.Except(Components).Any()) return false;
        if (Components.Distinct().Count() != Components.Count) return false;
        var time = now.ToUnixTimeSeconds();
        if (Created is not { } created || time - created > Oldest.TotalSeconds || created - time > Newest.TotalSeconds)
            return false;
        if (Expires is { } expires && expires < time) return false;
        if (!IsDigestOf(request.Header("content-digest"), request.Body.Span)) return false;
        return KeyId is { } id && keys.TryGetValue(id, out var key)
            && Base(name => PartOf(request, name)) is { } signed && IsSigned(key, signed);
    }

    internal bool IsSigned(ECDsa key, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return key.VerifyData(bytes, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            || key.VerifyData(
                bytes, Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Every digest of the header that is known must be the body's, and one must be known.</summary>
    internal static bool IsDigestOf(string? header, ReadOnlySpan<byte> body)
    {
        var known = 0;
        foreach (Match digest in SignatureForm().Matches(header ?? ""))
        {
            var expected = digest.Groups["label"].Value switch
            {
                "sha-256" => SHA256.HashData(body),
                "sha-512" => SHA512.HashData(body),
                _ => null,
            };
            if (expected is null) continue;
            known++;
            if (!VendorSecrets.AreEqual(Convert.ToBase64String(expected), digest.Groups["base64"].Value)) return false;
        }

        return known > 0;
    }

    private static string? PartOf(Webhook request, string name) => name switch
    {
        "@method" => request.Method,
        "@authority" => request.Authority,
        "@path" => request.Path,
        ['@', ..] => null,
        _ => request.Header(name),
    };

    private static string? TextOf(string parameters, string name) =>
        Regex.Match(parameters, $";{name}=\"(?<text>[^\"]*)\"") is { Success: true } match
            ? match.Groups["text"].Value
            : null;

    private static long? NumberOf(string parameters, string name) =>
        Regex.Match(parameters, $";{name}=(?<number>\\d{{1,18}})(;|$)") is { Success: true } match
            ? long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("""^\s*(?<label>[a-z*][a-z0-9_.*-]*)=(?<parameters>\((?<names>("[^"()]+" ?)+)\)[^,]*)\s*$""")]
    private static partial Regex InputForm();

    [GeneratedRegex("""(?<label>[a-z*][a-z0-9_.*-]*)=:(?<base64>[A-Za-z0-9+/=]+):""")]
    private static partial Regex SignatureForm();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex NameForm();
}
