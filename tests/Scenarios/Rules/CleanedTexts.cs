using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Rules;

/// <summary>What comes with copying and pasting is mended, and phones are kept in one form.</summary>
public sealed class CleanedTexts(Restaurant restaurant) : Scenario(restaurant)
{
    [Theory]
    [InlineData("John\r\nSet-Cookie: a=b", "John Set-Cookie: a=b")]
    [InlineData("Jo\nhn", "Jo hn")]
    [InlineData("Jo\thn", "Jo hn")]
    [InlineData("\u202enhoJ", "nhoJ")]
    [InlineData("Jo\u200bhn", "John")]
    [InlineData("\ufeffJohn", "John")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public async Task A_tag_is_kept_on_one_line_and_without_marks_that_nobody_sees(string sent, string kept)
    {
        var session = await Till.Post("/checkout-sessions", Slip($"\"tag\": {JsonSerializer.Serialize(sent)}")).Is(201);

        Assert.Equal(kept, session["tag"]);
    }

    [Fact]
    public async Task Instructions_keep_their_lines()
    {
        var session = await Till.Post(
            "/checkout-sessions", Slip("\"orderInstructions\": \"No salt\\r\\nno oil\\tplease\"")).Is(201);

        Assert.Equal("No salt\nno oil please", session["orderInstructions"]);
    }

    [Theory]
    [InlineData("0754000001")]
    [InlineData("255754000001")]
    [InlineData("+255 754 000 001")]
    [InlineData("+255 (0)754-000-001")]
    [InlineData("+25575400000\u0661")]
    public async Task A_phone_is_taken_as_people_write_it_and_kept_in_one_form(string sent)
    {
        var session = await Till.Post(
            "/checkout-sessions", Slip($"\"customerPhone\": {JsonSerializer.Serialize(sent)}")).Is(201);

        Assert.Equal("+255754000001", session["customerPhone"]);
    }

    private string Slip(string member) => $$"""
        {
          "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP", {{member}},
          "items": [{ "menuId": "{{Chai}}", "quantity": 1 }]
        }
        """;
}
