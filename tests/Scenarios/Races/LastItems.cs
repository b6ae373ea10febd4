using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Races;

/// <summary>More guests than items, all at once, over HTTP and on the real store.</summary>
public sealed class LastItems(Restaurant restaurant) : Scenario(restaurant)
{
    private const int Rounds = 100;
    private const int Buyers = 100;
    private const int Items = 10;

    [Fact]
    public async Task A_hundred_buyers_share_the_last_ten_items_a_hundred_times()
    {
        var dish = await Kitchen.AddDish("Samaki", 5000);
        for (var round = 1; round <= Rounds; round++)
        {
            await Kitchen.Manager.Post(
                $"/kitchens/{Kitchen.Id}/stock/{dish}/receipts", $$"""{ "quantity": {{Items}} }""")
                .Is(201);
            var answers = await Buyers.AtOnce(buyer => Buy(dish, buyer));
            Assert.Equal(Items, answers.Count(answer => answer.Status == 201));
            Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Is(409, $$"""
                { "code": "insufficient-stock", "shortages": [{ "menuId": "{{dish}}", "requested": 1 }] }
                """));
        }
    }

    /// <summary>Cash at the till, slips at the kiosk, mobile money at the kiosk: a item is a item.</summary>
    private Task<Answer> Buy(Guid dish, int buyer) => (buyer % 4) switch
    {
        0 => Kiosk.Post("/checkout-sessions", Order(dish, "SLIP", "KIOSK", "")),
        1 => Kiosk.Post("/checkout-sessions", Order(dish, "IMMEDIATE", "KIOSK", Paid("MOBILE_MONEY"))),
        _ => Till.Post("/checkout-sessions", Order(dish, "IMMEDIATE", "POS", Paid("CASH"))),
    };

    private static string Paid(string method) => $$"""
        , "payments": [{ "paymentMethod": "{{method}}", "amount": 5000 }]
        """;

    private static string Order(Guid dish, string type, string channel, string payments) => $$"""
        {
          "sessionType": "{{type}}", "channel": "{{channel}}", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }]{{payments}}
        }
        """;
}
