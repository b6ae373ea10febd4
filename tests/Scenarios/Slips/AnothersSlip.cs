using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Slips;

/// <summary>
/// A slip of another kitchen is not there: not a byte of the answer tells it from one that never was.
/// </summary>
public sealed class AnothersSlip(Restaurant restaurant) : Scenario(restaurant)
{
    private const string Nothing = "";
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    [Theory]
    [InlineData("GET", "/checkout-sessions/{id}", null)]
    [InlineData("GET", "/checkout-sessions/{id}/timeline", null)]
    [InlineData("GET", "/checkout-sessions/{id}/slip", null)]
    [InlineData("GET", "/slips/{code}", null)]
    [InlineData("POST", "/checkout-sessions/{id}/confirm-slip", FiveThousandInCash)]
    [InlineData("POST", "/checkout-sessions/{id}/cancel", Nothing)]
    [InlineData("POST", "/checkout-sessions/{id}/expire", Nothing)]
    [InlineData("POST", "/checkout-sessions/{id}/reissue", Nothing)]
    [InlineData("POST", "/checkout-sessions/{id}/return-money", Nothing)]
    public async Task Is_as_if_it_were_not_there(string method, string path, string? body)
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """).Is(201);

        var theirs = await Ask($"{slip.Id}", slip["slip.slipCode"]).Is(404, """{ "code": "not-found" }""");
        var nobodys = await Ask("77777777-7777-7777-7777-777777777777", "7777777777777").Is(404);

        Assert.Equal(Told(nobodys), Told(theirs));
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "PENDING_PAYMENT", "version": 1 }""");

        Task<Answer> Ask(string id, string code) => Restaurant.Neighbour.Cashier.Send(
            new HttpMethod(method),
            path.Replace("{id}", id, StringComparison.Ordinal).Replace("{code}", code, StringComparison.Ordinal),
            body is Nothing ? null : body);
    }

    /// <summary>All that an answer says, but when and under which name it was given.</summary>
    private static (int, string, string) Told(Answer answer) => (
        answer.Status,
        answer.Body.Replace(answer["traceId"], "", StringComparison.Ordinal),
        string.Join('\n', answer.Headers.Where(header => header.Key is not "Date").Order(ByName)));

    private static Comparer<KeyValuePair<string, string>> ByName { get; } =
        Comparer<KeyValuePair<string, string>>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key));
}
