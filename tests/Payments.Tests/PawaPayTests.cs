using System.Security.Cryptography;
using System.Text;
using JikoXpress.Payments.Vendors.PawaPay;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>RFC 9421 as pawaPay uses it, and the ids that it wants.</summary>
public sealed class PawaPayTests : IDisposable
{
    private const string Path = "/webhooks/payments/pawapay/token";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset now = Clock().GetUtcNow();

    /// <summary>The example of RFC 9421, appendix B.2.4, with the key of B.1.3.</summary>
    [Fact]
    public void The_example_of_the_RFC_is_genuine()
    {
        using var published = ECDsa.Create();
        published.ImportFromPem("""
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
            w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
            -----END PUBLIC KEY-----
            """);
        const string Digest =
            "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
        var signature = HttpSignature.Of(
            """sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256" """,
            "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:");

        Assert.NotNull(signature);
        var signed = signature.Base(part => part switch
        {
            "@status" => "200",
            "content-type" => "application/json",
            "content-digest" => Digest,
            "content-length" => "23",
            _ => null,
        });
        Assert.NotNull(signed);
        Assert.True(signature.IsSigned(published, signed));
        Assert.False(signature.IsSigned(published, signed.Replace("200", "201", StringComparison.Ordinal)));
        Assert.True(HttpSignature.IsDigestOf(Digest, """{"message": "good dog"}"""u8));
        Assert.False(HttpSignature.IsDigestOf(Digest, """{"message": "bad dog"}"""u8));
    }

    [Theory]
    [InlineData(DSASignatureFormat.Rfc3279DerSequence)]
    [InlineData(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    public void Both_forms_of_a_signature_are_taken(DSASignatureFormat form) =>
        Assert.True(IsGenuine(Callback(form: form)));

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-60, true)]
    [InlineData(-61, false)]
    public void It_is_signed_now(int age, bool isGenuine) =>
        Assert.Equal(isGenuine, IsGenuine(Callback(signedAt: now.AddSeconds(-age))));

    [Fact]
    public void Another_path_another_body_and_another_key_are_noticed()
    {
        var hook = Callback();

        Assert.False(IsGenuine(hook with { Path = "/webhooks/payments/other/token" }));
        Assert.False(IsGenuine(hook with { Authority = "other.test" }));
        Assert.False(IsGenuine(hook with { Method = "PUT" }));
        Assert.False(IsGenuine(hook with { Body = Encoding.UTF8.GetBytes("{\"amount\":\"1\"}") }));
        Assert.False(IsGenuine(Callback(keyId: "another")));
        Assert.True(IsGenuine(hook));
    }

    [Theory]
    [InlineData("""("@method" "@path")""")]
    [InlineData("""("content-digest" "@path")""")]
    [InlineData("""("@method" "content-digest")""")]
    [InlineData("""("@method" "@path" "content-digest" "content-digest")""")]
    public void A_signature_over_too_little_is_not_taken(string components) =>
        Assert.False(IsGenuine(Callback(components)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("sig-pp=()", "sig-pp=:AAAA:")]
    [InlineData("""sig-pp=("@method");created=1""", "other=:AAAA:")]
    [InlineData("""sig-pp=("@method");created=1""", "sig-pp=:%:")]
    public void What_is_no_signature_is_none(string? input, string? signature) =>
        Assert.Null(HttpSignature.Of(input, signature));

    [Theory]
    [InlineData(Reference)]
    [InlineData("JX000000000000000000")]
    [InlineData("JRZZZZZZZZZZZZZZZZZZ")]
    [InlineData("JSZZZZZZZZZZZZZZZZZZ")]
    [InlineData("R0A1B2C3D4E5F6G7H8J9")]
    public void An_id_is_made_from_a_reference_and_read_back(string reference)
    {
        var id = PawaPayId.Of(reference).ToString();

        Assert.Equal('4', id[14]);
        Assert.Contains(id[19], "89ab");
        Assert.Equal(reference, PawaPayId.ReferenceOf(id));
    }

    [Theory]
    [InlineData("6f1f2f60-0b5e-4a0e-9a76-1c2d3e4f5a6b")]
    [InlineData("00000000-0000-4000-8000-000000000000")]
    [InlineData("no id")]
    [InlineData(null)]
    public void An_id_of_somebody_else_is_none_of_ours(string? id) => Assert.Null(PawaPayId.ReferenceOf(id));

    public void Dispose() => key.Dispose();

    private bool IsGenuine(Webhook hook) =>
        HttpSignature.Of(hook.Header("Signature-Input"), hook.Header("Signature"))
            ?.IsOver(hook, new Dictionary<string, ECDsa> { ["one"] = key }, now) is true;

    private Webhook Callback(
        string components = """("@method" "@authority" "@path" "content-digest" "content-type")""",
        DateTimeOffset? signedAt = null, string keyId = "one",
        DSASignatureFormat form = DSASignatureFormat.Rfc3279DerSequence)
    {
        var body = $$"""{"depositId":"{{PawaPayId.Of(Reference)}}","status":"COMPLETED"}""";
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}:";
        var parameters =
            $"{components};alg=\"ecdsa-p256-sha256\";keyid=\"{keyId}\";created={(signedAt ?? now).ToUnixTimeSeconds()}";
        var parts = new Dictionary<string, string>
        {
            ["@method"] = "POST",
            ["@authority"] = "jiko.test",
            ["@path"] = Path,
            ["content-digest"] = digest,
            ["content-type"] = "application/json",
        };
        var lines = components.Trim('(', ')').Split(' ')
            .Select(name => $"{name}: {parts[name.Trim('"')]}")
            .Append($"\"@signature-params\": {parameters}");
        var signature = key.SignData(
            Encoding.UTF8.GetBytes(string.Join('\n', lines)), HashAlgorithmName.SHA256, form);
        return Hook(
            body, ("Content-Digest", digest), ("Content-Type", "application/json"),
            ("Signature-Input", $"sig-pp={parameters}"),
            ("Signature", $"sig-pp=:{Convert.ToBase64String(signature)}:")) with
        { Path = Path };
    }
}
