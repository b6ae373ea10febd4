using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>
/// AzamPay takes a push and does not answer it, so that its id for it stays unknown; its webhook proves too little
/// without that, and there is nothing to ask by. The guest has paid.
/// </summary>
public sealed class UnansweredPush : IAsyncLifetime
{
    private readonly MobileRestaurant mobile = new() { Vendor = "azampay" };

    private Caller Manager => mobile.Restaurant.Kitchen.Manager;

    private string List => $"/kitchens/{mobile.Restaurant.Kitchen.Id}/payment-exceptions";

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task What_can_neither_be_believed_nor_asked_about_waits_for_people_after_a_minute_and_counts_once()
    {
        var sale = await mobile.Restaurant.Kitchen.Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{
                "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{mobile.Phone("022")}}"
              }]
            }
            """).Is(201);
        await mobile.UntilQuiet();
        foreach (var pause in (int[])[1, 5, 10, 20, 45]) await mobile.Pass(pause.Seconds);

        await mobile.Restaurant.Kitchen.Kiosk.Get($"/checkout-sessions/{sale.Id}")
            .Is(200, """{ "status": "PENDING_PAYMENT" }""");
        var listed = await Manager.Get(List).Is(200);
        Assert.Equal(
            ("AMOUNT_UNCLEAR", sale["payments.0.push.reference"]),
            (listed["data.0.kind"], listed["data.0.reference"]));
        var resolve = $"{List}/{listed["data.0.id"]}/resolve";
        await Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""").Is(200);
        await Manager.Post(resolve, """{ "decision": "RECEIVED", "amount": 5000 }""").Is(200);
        await mobile.Pass(30.Seconds);

        await mobile.Restaurant.Kitchen.Kiosk.Get($"/checkout-sessions/{sale.Id}")
            .Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        await mobile.MustBalance();
    }
}
