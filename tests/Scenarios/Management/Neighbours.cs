using System.Text.RegularExpressions;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

/// <summary>Another kitchen is not there: neither to be read nor to be changed, and not even to be noticed.</summary>
public sealed partial class Neighbours(Restaurant restaurant) : Scenario(restaurant)
{
    private const string Nothing = "7d444840-9dc0-11d1-b245-5ffdce74fad2";

    [Theory]
    [InlineData("GET", "settings", null)]
    [InlineData("PATCH", "settings", """{ "name": "Mine now" }""")]
    [InlineData("GET", "payment-methods", null)]
    [InlineData("POST", "payment-methods", """{ "name": "Lipa", "provider": "X" }""")]
    [InlineData("PATCH", "payment-methods/{lipa}", """{ "active": false }""")]
    [InlineData("GET", "menu", null)]
    [InlineData("POST", "menu", """{ "name": "Sumu", "price": 1, "category": "X" }""")]
    [InlineData("PATCH", "menu/{pilau}", """{ "price": 1 }""")]
    [InlineData("GET", "stock", null)]
    [InlineData("GET", "stock/movements", null)]
    [InlineData("POST", "stock/{pilau}/receipts", """{ "quantity": 1 }""")]
    [InlineData("GET", "staff", null)]
    [InlineData("POST", "staff", """{ "name": "Spy", "role": "MANAGER", "pin": "1470" }""")]
    [InlineData("GET", "devices", null)]
    [InlineData("POST", "devices/pairing-codes", """{ "kind": "POS", "name": "Spy" }""")]
    [InlineData("GET", "customers", null)]
    [InlineData("POST", "customers", """{ "name": "Spy", "phone": "+255712000000" }""")]
    [InlineData("GET", "customers/{guest}", null)]
    [InlineData("POST", "customers/{guest}/top-ups", """{ "paymentMethod": "CASH", "amount": 1 }""")]
    [InlineData("GET", "customers/{guest}/transactions", null)]
    public async Task A_neighbour_is_not_there(string method, string path, string? body)
    {
        var neighbour = Restaurant.Neighbour;
        var guest = await neighbour.Guest(balance: 1_000);
        var theirs = path
            .Replace("{pilau}", $"{neighbour.Pilau}", StringComparison.Ordinal)
            .Replace("{lipa}", $"{neighbour.LipaVoda}", StringComparison.Ordinal)
            .Replace("{guest}", $"{guest}", StringComparison.Ordinal);

        var before = await Trace.Of(Restaurant.Database);
        var there = await Ask($"/kitchens/{neighbour.Id}/{theirs}");
        var nowhere = await Ask($"/kitchens/{Nothing}/{theirs}");

        there.Is(404, """{ "code": "not-found" }""");
        Assert.Equal(Untraced(nowhere), Untraced(there));
        if (theirs.Contains('/', StringComparison.Ordinal) && !theirs.StartsWith("stock/m", StringComparison.Ordinal)
            && !theirs.StartsWith("devices", StringComparison.Ordinal))
            (await Ask($"/kitchens/{Kitchen.Id}/{theirs}")).Is(404);
        Assert.Equal(before, await Trace.Of(Restaurant.Database));

        Task<Answer> Ask(string at) => Kitchen.Manager.Send(new HttpMethod(method), at, body);
    }

    /// <summary>What is wrong with the question is told before what is there.</summary>
    [Theory]
    [InlineData("audit")]
    [InlineData("customers")]
    [InlineData("customers/{guest}/transactions")]
    [InlineData("parked-payments")]
    [InlineData("payment-exceptions")]
    [InlineData("stock/movements")]
    [InlineData("tickets")]
    public async Task A_wrong_question_is_refused_whoever_the_kitchen_is_of(string list)
    {
        var theirs = list.Replace("{guest}", Nothing, StringComparison.Ordinal);

        foreach (var kitchen in (Guid[])[Kitchen.Id, Restaurant.Neighbour.Id])
        {
            await Kitchen.Manager.Get($"/kitchens/{kitchen}/{theirs}?limit=none")
                .Is(400, """{ "code": "invalid-type" }""");
            await Kitchen.Manager.Get($"/kitchens/{kitchen}/{theirs}?limit=0")
                .Is(422, """{ "code": "parameter-out-of-range" }""");
        }

        await Kitchen.Manager.Get($"/kitchens/{Restaurant.Neighbour.Id}/{theirs}").Is(404);
    }

    private static string Untraced(Answer answer) => TraceId().Replace(answer.Body, "");

    [GeneratedRegex("""
        "traceId":"[^"]*"
        """)]
    private static partial Regex TraceId();
}
