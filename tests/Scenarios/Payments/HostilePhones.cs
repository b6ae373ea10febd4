using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>
/// A kiosk sale of 5000 shillings to every guest whom the simulator knows: whatever goes wrong on the way, the guest
/// pays once or not at all, and the kitchen cooks once or not at all.
/// </summary>
public sealed class HostilePhones(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    /// <summary>What the aggregator is asked at the latest, after each pause.</summary>
    private static readonly int[] Pauses = [1, 1, 2, 16, 25, 45];

    [Theory]
    //           ending  after 90 s         in the end    of the phone   the guest is out of
    [InlineData("001", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("011", "FAILED", "FAILED", "FAILED", 0)]
    [InlineData("012", "FAILED", "FAILED", "FAILED", 0)]
    [InlineData("013", "FAILED", "FAILED", "FAILED", 0)]
    [InlineData("014", "FAILED", "FAILED", "FAILED", 0)]
    [InlineData("021", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("022", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("023", "FAILED", "FAILED", "FAILED", 0)]
    [InlineData("031", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("032", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("033", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("034", "FAILED", "FAILED", "SUCCEEDED", 0)]
    [InlineData("035", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("036", "PENDING_PAYMENT", "EXPIRED", "SUCCEEDED", 0)]
    [InlineData("037", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("038", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("039", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("041", "PENDING_PAYMENT", "EXPIRED", "SUCCEEDED", 0)]
    [InlineData("042", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("043", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("044", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("045", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("046", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("047", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    [InlineData("048", "CONFIRMED", "CONFIRMED", "SUCCEEDED", 5000)]
    public async Task Whatever_a_phone_does_its_guest_pays_once_or_not_at_all(
        string ending, string soon, string finally_, string push, long spent)
    {
        var phone = Mobile.Phone(ending);
        var dish = await Kitchen.AddDish($"Pilau {ending}", 5000);
        await Kitchen.Receive(dish, 3);
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{dish}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "PENDING", "push": { "status": "SENT" } }] }""");

        await Mobile.UntilQuiet();
        foreach (var pause in Pauses) await Pass(pause.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""{ "status": "{{soon}}" }""");

        await Pass(5.Minutes);
        await Pass(10.Minutes);
        await Pass(25 * 60.Minutes);
        await Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""
            { "status": "{{finally_}}", "payments": [{ "push": { "status": "{{push}}" } }] }
            """);
        Assert.Equal(spent, Mobile.Spent(phone));
        Assert.Equal(spent > 0 ? 1 : 0, await OrdersOf(sale.Id));
        Assert.Equal(spent > 0 ? 2 : 3, await ItemsOf(dish));
    }

    private Task<int> ItemsOf(Guid dish) =>
        Restaurant.Database.Ask<int>($"SELECT on_hand - reserved FROM jiko.stock_item WHERE menu_id = '{dish}'");

    private Task<long> OrdersOf(Guid session) =>
        Restaurant.Database.Ask<long>($"SELECT count(*) FROM jiko.customer_order WHERE session_id = '{session}'");
}
