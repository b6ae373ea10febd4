using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>Orders paid at once at the till, as the reference tells them.</summary>
public sealed class PosPayNow(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact(DisplayName = "POS — Dine In, Pay Now")]
    public async Task Dine_in_pay_now()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "05",
            "tag": "John",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 5000
            }
            ]
            }
            """).Is(201, """
            {
              "object": "checkout_session", "status": "CONFIRMED", "livemode": false,
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "05",
              "tag": "John",
              "currency": "TZS", "total": 5000, "orderId": "*", "expiresAt": null,
              "items": [{ "name": "Pilau", "quantity": 1, "unitPrice": 5000, "total": 5000 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000, "status": "PAID" }]
            }
            """);

        Assert.Equal($"/api/v1/checkout-sessions/{sale.Id}", sale.Header("Location"));
        Assert.NotNull(sale.Header("ETag"));
        await Till.Get($"/orders/{sale["orderId"]}").Is(200, $$"""
            {
              "object": "order", "sessionId": "{{sale.Id}}", "status": "PLACED", "paymentState": "PAID",
              "tableNumber": "05", "tag": "John", "total": 5000, "number": {{sale["number"]}},
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """);
    }

    [Fact(DisplayName = "POS — Drive Through, Pay Now")]
    public async Task Drive_through_pay_now()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "DRIVE_THROUGH",
            "laneNumber": "1",
            "tag": "Red Toyota",
            "items": [
            {"menuId": "{{Mishkaki}}", "quantity": 2, "itemInstructions": null},
            {"menuId": "{{Nyama}}", "quantity": 1, "itemInstructions": "no onions"}
            ],
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 8000
            }
            ]
            }
            """).Is(201, """
            {
              "status": "CONFIRMED", "fulfillmentType": "DRIVE_THROUGH", "laneNumber": "1", "tag": "Red Toyota",
              "total": 8000,
              "items": [
                { "quantity": 2, "unitPrice": 2500, "total": 5000, "itemInstructions": null },
                { "quantity": 1, "unitPrice": 3000, "total": 3000, "itemInstructions": "no onions" }
              ]
            }
            """);

        await Till.Get($"/orders/{sale["orderId"]}").Is(200, """
            { "laneNumber": "1", "items": [{ "name": "Mishkaki" }, { "name": "Nyama choma",
              "itemInstructions": "no onions" }] }
            """);
    }

    [Fact(DisplayName = "1. POS — Pay Now, Cash")]
    public async Task Pay_now_cash()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "tag": "John",
            "orderInstructions": null,
            "items": [
            {"menuId": "{{Chipsi}}", "quantity": 2, "itemInstructions": null},
            {"menuId": "{{Chai}}", "quantity": 1, "itemInstructions": "no salt"}
            ],
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 5000
            }
            ]
            }
            """).Is(201, """{ "status": "CONFIRMED", "fulfillmentType": "PICKUP", "total": 5000, "orderId": "*" }""");

        await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets?status=NEW&limit=100").Holds($$"""
            {
              "object": "ticket", "id": "{{sale["orderId"]}}", "status": "NEW", "tag": "John",
              "items": [
                { "name": "Chipsi", "quantity": 2, "itemInstructions": null },
                { "name": "Chai", "quantity": 1, "itemInstructions": "no salt" }
              ]
            }
            """);
    }

    [Fact(DisplayName = "3. POS — Pay Now, Kitchen Wallet")]
    public async Task Pay_now_kitchen_wallet()
    {
        var mamaFatuma = await Kitchen.Guest(balance: 8000);

        await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "tag": "Mama Fatuma",
            "items": [
            {"menuId": "{{Mishkaki}}", "quantity": 2, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "KITCHEN_WALLET",
            "kitchenCustomerId": "{{mamaFatuma}}",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            {
              "status": "CONFIRMED", "total": 5000, "orderId": "*",
              "payments": [{ "paymentMethod": "KITCHEN_WALLET", "status": "PAID",
              "kitchenCustomerId": "{{mamaFatuma}}" }]
            }
            """);

        Assert.Equal((3000, 0), await Kitchen.WalletOf(mamaFatuma));
    }

    [Fact(DisplayName = "4. POS — Pay Now, Kitchen Channel (Lipa Voda)")]
    public async Task Pay_now_kitchen_channel()
    {
        await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "tag": "James",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "KITCHEN_CHANNEL",
            "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            {
              "status": "CONFIRMED", "tag": "James", "orderId": "*",
              "payments": [{ "status": "PAID", "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}" }]
            }
            """);
    }

    [Fact(DisplayName = "Kitchen Wallet — Insufficient Balance, Split with Cash")]
    public async Task Wallet_with_too_little_split_with_cash()
    {
        var guest = await Kitchen.Guest(balance: 3000);
        await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Mishkaki}}", "quantity": 2, "itemInstructions": null}
            ],
            "payments": [
            {"paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 5000}
            ]
            }
            """).Is(422, """{ "code": "insufficient-wallet-balance", "available": 3000 }""");

        await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Mishkaki}}", "quantity": 2, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "KITCHEN_WALLET",
            "kitchenCustomerId": "{{guest}}",
            "amount": 3000
            },
            {
            "paymentMethod": "CASH",
            "amount": 2000
            }
            ]
            }
            """).Is(201, """
            {
              "status": "CONFIRMED", "total": 5000, "orderId": "*",
              "payments": [
                { "paymentMethod": "KITCHEN_WALLET", "amount": 3000, "status": "PAID" },
                { "paymentMethod": "CASH", "amount": 2000, "status": "PAID" }
              ]
            }
            """);

        Assert.Equal((0, 0), await Kitchen.WalletOf(guest));
    }
}
