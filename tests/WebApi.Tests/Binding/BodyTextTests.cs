using JikoXpress.WebApi.Binding;
using static JikoXpress.WebApi.Tests.Binding.Bodies;

namespace JikoXpress.WebApi.Tests.Binding;

public sealed class BodyTextTests
{
    [Theory]
    [InlineData("Mama Fatuma", null)]
    [InlineData("pilau \\ud83c\\udf5b", null)]
    [InlineData("", "invalid-text")]
    [InlineData("   ", "invalid-text")]
    [InlineData("123456789012345678901", "invalid-text")]
    [InlineData("a\\u0000b", "invalid-text")]
    [InlineData("a\\nb", "invalid-text")]
    [InlineData("a\\u202eb", "invalid-text")]
    [InlineData("a\\u200bb", "invalid-text")]
    [InlineData("4111 1111 1111 1111", "card-data-not-accepted")]
    public void A_text_is_short_printable_and_no_card_number(string text, string? code)
    {
        var body = Body($$"""{"name":"{{text}}"}""");
        body.Root.RequiredText("name", 20);

        Assert.Null(body.Malformed);
        Assert.Equal(code, body.Broken()?.Code);
    }

    [Fact]
    public void A_note_may_have_lines()
    {
        var body = Body("""{"note":"first\nsecond"}""");
        body.Root.ShortText("note", 100, lineBreaks: true);

        Assert.Null(body.Broken());
    }

    [Fact]
    public void A_text_that_must_be_there_is_missed()
    {
        var body = Body("""{"name":null}""");
        body.Root.RequiredText("name", 20);

        Assert.Equal(["/name field-required"], Listed(body.Broken()));
    }

    [Theory]
    [InlineData("+255700000000", null)]
    [InlineData("+255600000000", null)]
    [InlineData("0700000000", "phone-invalid")]
    [InlineData("+255 700000000", "phone-invalid")]
    [InlineData("+25570000000x", "phone-invalid")]
    [InlineData("+254700000000", "phone-invalid")]
    public void A_phone_is_a_tanzanian_mobile(string phone, string? code)
    {
        var body = Body($$"""{"phone":"{{phone}}"}""");
        body.Root.Phone("phone");

        Assert.Equal(code, body.Broken()?.Code);
    }
}
