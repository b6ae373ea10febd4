using System.IO.Pipelines;
using System.Text;
using JikoXpress.Testing;
using JikoXpress.WebApi.Binding;
using Microsoft.AspNetCore.Http.Features;
using static JikoXpress.WebApi.Tests.Binding.Bodies;

namespace JikoXpress.WebApi.Tests.Binding;

public sealed class JsonBodyTests
{
    public static TheoryData<string> NotOneObject => new()
    {
        "", " ", "null", "[]", "\"text\"", "12", "{", "{}{}", "{} x", "{\"a\":1,}", "{/* comment */}", "{} // comment",
        "\uFEFF{}", "{'a':1}", "{\"a\":05000}", "{\"a\":0x10}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":+1}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}", "{\"\\ud83c\":1}", "{\"a\":\"\\ud83cx\"}",
        "{\"a\":\"tab\there\"}",
    };

    [Theory]
    [MemberData(nameof(NotOneObject))]
    public void A_body_that_is_not_one_object_is_malformed(string json)
    {
        var problem = Body(json).Malformed;

        Assert.Equal((400, "malformed-json"), (problem?.Status, problem?.Code));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D })]
    [InlineData(new byte[] { 0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x3A, 0x31, 0x7D })]
    public void Bytes_that_are_not_utf_8_are_malformed(byte[] bytes) =>
        Assert.Equal("malformed-json", Body(bytes).Malformed?.Code);

    [Theory]
    [InlineData("{\"tag\":\"\\ud83c\\udf5b \\u0041 \\\\ud800 \\\"\"}")]
    [InlineData("{\"tag\":\"pilau 🍛\"}")]
    public void Surrogates_that_pair_are_text(string json) => Assert.Null(Body(json).Malformed);

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, "malformed-json")]
    [InlineData(20_000, "malformed-json")]
    public void Nesting_ends_at_16(int depth, string? code)
    {
        var json = "{\"a\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";

        Assert.Equal(code, Body(json).Malformed?.Code);
    }

    [Fact]
    public void Every_name_that_is_given_twice_is_named()
    {
        var body = Body("""{"a":1,"b":{"x/y":1,"x/y":2},"c":[{},{"d":1,"d":1}],"a":2,"\u0061":3}""");

        Assert.Equal(
            ["/b/x~1y duplicate-field", "/c/1/d duplicate-field", "/a duplicate-field", "/a duplicate-field"],
            Listed(body.Malformed));
    }

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("APPLICATION/JSON", null)]
    [InlineData("application/json; charset=utf-8", null)]
    [InlineData("application/json;charset=\"UTF-8\"", null)]
    [InlineData("application/json; charset=utf-16", "unsupported-media-type")]
    [InlineData("application/json; charset=latin1", "unsupported-media-type")]
    [InlineData("application/vnd.x+json", "unsupported-media-type")]
    [InlineData("text/plain", "unsupported-media-type")]
    [InlineData("application/x-www-form-urlencoded", "unsupported-media-type")]
    [InlineData("json", "unsupported-media-type")]
    [InlineData("", "unsupported-media-type")]
    public void Only_json_in_utf_8_is_read(string contentType, string? code) =>
        Assert.Equal(code, Body("{}"u8.ToArray(), contentType).Malformed?.Code);

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData("")]
    public void A_body_is_never_unpacked(string encoding)
    {
        var http = Request("{}"u8.ToArray());
        http.Request.Headers.ContentEncoding = encoding;

        Assert.Equal(415, Read(http).Malformed?.Status);
    }

    [Fact]
    public async Task A_body_that_does_not_end_in_ten_seconds_is_given_up()
    {
        var clock = Clocks.AtNoon();
        var body = new Pipe();
        var http = Request([], clock: clock);
        http.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(body.Reader));

        var reading = JsonBody.Read(http);
        await body.Writer.WriteAsync("{"u8.ToArray());
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("request-timeout", (await reading).Malformed?.Code);
    }

    [Fact]
    public void What_cannot_be_read_refuses_nothing_else()
    {
        var body = Body("[");
        body.As<WithId>();

        Assert.Equal("malformed-json", body.Malformed?.Code);
        Assert.Empty(Listed(body.Malformed));
    }

    [Fact]
    public void At_most_fifty_violations_are_listed()
    {
        var json = new StringBuilder("{\"a\":0");
        for (var index = 0; index < 500; index++) json.Append(",\"a\":0");

        Assert.Equal(50, Listed(Body(json.Append('}').ToString()).Malformed).Length);
    }

    private sealed record WithId(Guid MenuId);

    private sealed record BodyPipe(PipeReader Reader) : IRequestBodyPipeFeature;
}
