using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>
/// The reference's orders with mobile money, up to where the guest's phone rings, and what comes of silence.
/// </summary>
public sealed class PendingPayments(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact(DisplayName = "2. POS — Pay Now, Split Payment")]
    public async Task Pay_now_split_payment()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "tag": "Sarah",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 2000
            },
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 3000
            }
            ]
            }
            """).Is(201, $$"""
            {
              "status": "PENDING_PAYMENT", "total": 5000, "expiresAt": "{{In(5.Minutes)}}", "orderId": null,
              "payments": [
                { "paymentMethod": "CASH", "amount": 2000, "status": "HELD" },
                { "paymentMethod": "MOBILE_MONEY", "amount": 3000, "status": "PENDING" }
              ]
            }
            """);

        await EndsByTheClock(Till, sale, expected: """
            {
              "moneyToReturn": 2000, "cashToReturn": 2000,
              "payments": [{ "status": "TO_RETURN" }, { "status": "RELEASED" }]
            }
            """);
        await Till.Post($"/checkout-sessions/{sale.Id}/return-money").Is(200, """
            {
              "status": "EXPIRED", "cashToReturn": null,
              "payments": [{ "status": "RETURNED" }, { "status": "RELEASED" }]
            }
            """);
        await Till.Post($"/checkout-sessions/{sale.Id}/return-money").Is(409, """{ "code": "nothing-to-return" }""");
    }

    [Fact(DisplayName = "9. Kiosk Machine — Mobile Money (Immediate)")]
    public async Task Kiosk_machine_mobile_money()
    {
        var order = await Kiosk.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "KIOSK",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            { "status": "PENDING_PAYMENT", "channel": "KIOSK", "expiresAt": "{{In(5.Minutes)}}", "orderId": null }
            """);

        await EndsByTheClock(Kiosk, order, expected: """
            { "cashToReturn": null, "payments": [{ "status": "RELEASED" }] }
            """);
    }

    [Fact(DisplayName = "Kiosk — Dine In, Mobile Money")]
    public async Task Kiosk_dine_in_mobile_money()
    {
        var order = await Kiosk.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "KIOSK",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "03",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 5000
            }
            ]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT", "fulfillmentType": "DINE_IN", "tableNumber": "03" }""");

        await EndsByTheClock(Kiosk, order, expected: """{ "tableNumber": "03" }""");
    }

    [Fact(DisplayName = "Three-Way Split")]
    public async Task Three_way_split()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Chipsi}}", "quantity": 3, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 2000
            },
            {
            "paymentMethod": "KITCHEN_CHANNEL",
            "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}",
            "amount": 2000
            },
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 2000
            }
            ]
            }
            """).Is(201, $$"""
            {
              "status": "PENDING_PAYMENT", "total": 6000, "expiresAt": "{{In(5.Minutes)}}",
              "payments": [{ "status": "HELD" }, { "status": "HELD" }, { "status": "PENDING" }]
            }
            """);

        await EndsByTheClock(Till, sale, expected: """
            { "payments": [{ "status": "TO_RETURN" }, { "status": "TO_RETURN" }, { "status": "RELEASED" }] }
            """);
        await Till.Post($"/checkout-sessions/{sale.Id}/return-money").Is(200, """
            { "payments": [{ "status": "RETURNED" }, { "status": "RETURNED" }, { "status": "RELEASED" }] }
            """);
    }

    [Fact(DisplayName = "Payment Split Model")]
    public async Task Six_way_split()
    {
        var guest = await Kitchen.Guest(balance: 3500);
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null},
            {"menuId": "{{Chipsi}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "KITCHEN_WALLET",
            "kitchenCustomerId": "{{guest}}",
            "amount": 3000
            },
            {
            "paymentMethod": "KITCHEN_CHANNEL",
            "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}",
            "amount": 1500
            },
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 1000
            },
            {
            "paymentMethod": "CASH",
            "amount": 500
            },
            {
            "paymentMethod": "CARD",
            "amount": 500
            },
            {
            "paymentMethod": "PLATFORM_WALLET",
            "amount": 500
            }
            ]
            }
            """).Is(201, """
            {
              "status": "PENDING_PAYMENT", "total": 7000,
              "payments": [
                { "paymentMethod": "KITCHEN_WALLET", "amount": 3000, "status": "HELD" },
                { "paymentMethod": "KITCHEN_CHANNEL", "amount": 1500, "status": "HELD" },
                { "paymentMethod": "MOBILE_MONEY", "amount": 1000, "status": "PENDING" },
                { "paymentMethod": "CASH", "amount": 500, "status": "HELD" },
                { "paymentMethod": "CARD", "amount": 500, "status": "HELD" },
                { "paymentMethod": "PLATFORM_WALLET", "amount": 500, "status": "PENDING" }
              ]
            }
            """);
        Assert.Equal((500, 3000), await Kitchen.WalletOf(guest));

        await EndsByTheClock(Till, sale, expected: """{ "moneyToReturn": 2500, "cashToReturn": 500 }""");
        Assert.Equal((3500, 0), await Kitchen.WalletOf(guest));
        await Till.Post($"/checkout-sessions/{sale.Id}/return-money").Is(200, """
            {
              "payments": [
                { "status": "RELEASED" }, { "status": "RETURNED" }, { "status": "RELEASED" },
                { "status": "RETURNED" }, { "status": "RETURNED" }, { "status": "RELEASED" }
              ]
            }
            """);
    }

    /// <summary>It waits until the last moment, and is over with the next.</summary>
    private async Task EndsByTheClock(Caller caller, Answer session, string expected)
    {
        await Pass(5.Minutes - 1.Seconds);
        await caller.Get($"/checkout-sessions/{session.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Pass(1.Seconds);
        await caller.Get($"/checkout-sessions/{session.Id}")
            .Is(200, """
                { "status": "EXPIRED", "expiryReason": "PAYMENT_TIMEOUT", "orderId": null, "expiresAt": null }
                """)
            .Is(200, expected);
        await caller.Post($"/checkout-sessions/{session.Id}/cancel").Is(409, """
            { "code": "session-not-pending", "status": 409, "sessionStatus": "EXPIRED" }
            """);
    }
}
