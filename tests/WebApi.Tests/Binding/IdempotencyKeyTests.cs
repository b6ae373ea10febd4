using System.Text;
using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using static JikoXpress.WebApi.Tests.Binding.Bodies;

namespace JikoXpress.WebApi.Tests.Binding;

public sealed class IdempotencyKeyTests
{
    private const string Path = "/api/v1/checkout-sessions";

    [Fact]
    public void The_same_request_is_the_same_operation() => Assert.Equal(Operation("k-1"), Operation("k-1"));

    [Fact]
    public void Another_body_has_another_fingerprint_under_the_same_id()
    {
        var (first, second) = (Operation("k-1"), Operation("k-1", body: """{"quantity":1}"""));

        Assert.Equal(first?.Id, second?.Id);
        Assert.NotEqual(first?.Fingerprint, second?.Fingerprint);
    }

    [Theory]
    [InlineData("""{"b":[{"d":2,"c":1}],"a":"ü"}""")]
    [InlineData("""{ "a": "\u00fc", "b": [ { "c": 1, "d": 2 } ] }""")]
    [InlineData("""{"a":"ü","b":[{"c":1,"d":2,"e":null}],"f":null}""")]
    [InlineData("""{"a":"ü","b":[{"c":1.0,"d":2.00}]}""")]
    public void A_body_with_the_same_values_has_the_same_fingerprint(string body) => Assert.Equal(
        Operation("k-1", body: """{"a":"ü","b":[{"c":1,"d":2}]}""")?.Fingerprint,
        Operation("k-1", body: body)?.Fingerprint);

    [Theory]
    [InlineData("""{"a":"u","b":[{"c":1,"d":2}]}""")]
    [InlineData("""{"a":"ü","b":[{"c":2,"d":1}]}""")]
    [InlineData("""{"a":"ü","b":[{"c":1},{"d":2}]}""")]
    [InlineData("""{"a":"ü","b":[{"c":"1","d":2}]}""")]
    [InlineData("""{"a":"ü","b":[{"c":1,"d":2},null]}""")]
    [InlineData("""{"a":"ü","b":[{"c":1,"d":2}],"e":[]}""")]
    public void A_body_with_other_values_has_another_fingerprint(string body) => Assert.NotEqual(
        Operation("k-1", body: """{"a":"ü","b":[{"c":1,"d":2}]}""")?.Fingerprint,
        Operation("k-1", body: body)?.Fingerprint);

    [Fact]
    public void A_key_that_a_build_stored_over_the_bytes_of_its_body_is_known_again()
    {
        // Half of the SHA-256 of the bytes {"quantity":1}, as a UUID of version 8.
        var hash = System.Security.Cryptography.SHA256.HashData("{\"quantity\":1}"u8);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        var stored = new Guid(hash.AsSpan(0, 16), bigEndian: true);

        Assert.True(Operation("k-1", body: """{"quantity":1}""")?.IsThatOf(stored));
        Assert.False(Operation("k-1", body: """{"quantity":2}""")?.IsThatOf(stored));
    }

    [Fact]
    public void Another_key_path_or_caller_is_another_operation()
    {
        Guid?[] ids =
        [
            Operation("k-1")?.Id,
            Operation("k-2")?.Id,
            Operation("k-1", path: Path + "/preview")?.Id,
            Operation("k-1", caller: Cashier with { Id = new Guid("018f0000-0000-7000-8000-000000000002") })?.Id,
            Operation("k-1", caller: Cashier with { Kind = CallerKind.Kiosk })?.Id,
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_in_the_path_may_be_written_in_either_case() =>
        Assert.Equal(Operation("k-1", path: Path + "/AB"), Operation("k-1", path: Path + "/ab"));

    [Fact]
    public void Without_a_key_there_is_no_operation() => Assert.Null(Operation(StringValues.Empty));

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\there")]
    [InlineData("ufunguo-é")]
    public void A_key_is_visible_ascii(string key) => Assert.Equal("idempotency-key-invalid", CodeFor(key));

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, "idempotency-key-invalid")]
    public void A_key_has_at_most_255_characters(int length, string? code) =>
        Assert.Equal(code, CodeFor(new string('k', length)));

    [Fact]
    public void Two_keys_are_no_key() =>
        Assert.Equal("idempotency-key-invalid", CodeFor(new StringValues(["k-1", "k-1"])));

    [Fact]
    public void A_caller_may_require_keys_of_itself() =>
        Assert.Equal("idempotency-key-missing", CodeFor(StringValues.Empty, Cashier with { KeyRequired = true }));

    private static Operation? Operation(
        StringValues key, string body = "{}", string path = Path, Principal? caller = null) =>
        Read(Keyed(key, body, path, caller)).Operation();

    private static string? CodeFor(StringValues key, Principal? caller = null)
    {
        var body = Read(Keyed(key, "{}", Path, caller));
        body.Operation();
        return body.Malformed?.Code;
    }

    private static HttpContext Keyed(StringValues key, string body, string path, Principal? caller)
    {
        var http = Request(Encoding.UTF8.GetBytes(body));
        http.Request.Path = path;
        http.Request.Headers["Idempotency-Key"] = key;
        http.Features.Set(caller ?? Cashier);
        return http;
    }
}
