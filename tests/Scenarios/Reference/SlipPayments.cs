using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reference;

/// <summary>The reference's slips: ordered at a till or kiosk, paid at the cashier's.</summary>
public sealed class SlipPayments(Restaurant restaurant) : Scenario(restaurant)
{
    [Fact(DisplayName = "POS — Drive Through, Generate Slip")]
    public async Task Drive_through_generate_slip()
    {
        var slip = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "SLIP",
            "channel": "POS",
            "fulfillmentType": "DRIVE_THROUGH",
            "laneNumber": "1",
            "tag": "Blue Corolla",
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": null}
            ]
            }
            """).Is(201, $$"""
            {
              "status": "PENDING_PAYMENT", "sessionType": "SLIP", "laneNumber": "1", "total": 5000,
              "expiresAt": "{{In(15.Minutes)}}", "orderId": null, "payments": [],
              "slip": { "slipNumber": "*", "slipCode": "*", "expiresAt": "{{In(15.Minutes)}}" }
            }
            """);

        await IsPaidAtTheCashier(slip, """{ "laneNumber": "1", "tag": "Blue Corolla" }""");
    }

    [Fact(DisplayName = "Kiosk — Dine In, Cash Slip")]
    public async Task Kiosk_dine_in_cash_slip()
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
            "sessionType": "SLIP",
            "channel": "KIOSK",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "03",
            "items": [
            {"menuId": "{{Mishkaki}}", "quantity": 2, "itemInstructions": null}
            ]
            }
            """).Is(201, """
            { "status": "PENDING_PAYMENT", "channel": "KIOSK", "tableNumber": "03", "slip": { "slipNumber": "*" } }
            """);

        await IsPaidAtTheCashier(slip, """{ "tableNumber": "03" }""");
    }

    [Fact(DisplayName = "5. POS — Generate Slip (Human Kiosk)")]
    public async Task Generate_slip()
    {
        var slip = await Till.Post("/checkout-sessions", $$"""
            {
            "sessionType": "SLIP",
            "channel": "POS",
            "fulfillmentType": "PICKUP",
            "tag": "John",
            "orderInstructions": null,
            "items": [
            {"menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": "no salt"}
            ]
            }
            """).Is(201, """
            { "status": "PENDING_PAYMENT", "tag": "John", "items": [{ "itemInstructions": "no salt" }],
              "slip": { "slipCode": "*" } }
            """);

        await IsPaidAtTheCashier(slip, """{ "tag": "John" }""");
    }

    [Fact(DisplayName = "8. Kiosk Machine — Cash Slip")]
    public async Task Kiosk_machine_cash_slip()
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
            "sessionType": "SLIP",
            "channel": "KIOSK",
            "fulfillmentType": "PICKUP",
            "items": [
            {"menuId": "{{Chipsi}}", "quantity": 2, "itemInstructions": null},
            {"menuId": "{{Chai}}", "quantity": 1, "itemInstructions": null}
            ]
            }
            """).Is(201, $$"""
            { "status": "PENDING_PAYMENT", "kitchenId": "{{Kitchen.Id}}", "total": 5000,
              "expiresAt": "{{In(15.Minutes)}}" }
            """);

        await IsPaidAtTheCashier(slip, """{ "total": 5000 }""");
    }

    [Fact(DisplayName = "8. Kiosk Machine — Cash Slip: it expires after 15 minutes")]
    public async Task Slip_expires()
    {
        var slip = await Kiosk.Post("/checkout-sessions", SlipOfPilau).Is(201);

        await Pass(15.Minutes - 1.Seconds);
        await Kiosk.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Pass(1.Seconds);
        await Kiosk.Get($"/checkout-sessions/{slip.Id}").Is(200, """
            { "status": "EXPIRED", "expiryReason": "SLIP_TIMEOUT", "orderId": null, "slip": { "expiresAt": null } }
            """);
    }

    [Fact(DisplayName = "Cashier Confirms Slip Payment")]
    public async Task Cashier_confirms_slip_payment()
    {
        var slip = await Kiosk.Post("/checkout-sessions", SlipOfPilau).Is(201);

        var paid = await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            {
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 5000
            }
            ]
            }
            """).Is(200, """
            {
              "status": "CONFIRMED", "orderId": "*", "expiresAt": null,
              "payments": [{ "paymentMethod": "CASH", "amount": 5000, "status": "PAID" }]
            }
            """);

        await Kiosk.Get($"/checkout-sessions/{slip.Id}")
            .Is(200, $$"""{ "status": "CONFIRMED", "orderId": "{{paid["orderId"]}}" }""");
        await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets")
            .Holds($$"""{ "id": "{{paid["orderId"]}}", "status": "NEW" }""");
    }

    [Fact(DisplayName = "Cashier Confirms Slip — Split Payment")]
    public async Task Cashier_confirms_slip_split_payment()
    {
        var slip = await Kiosk.Post("/checkout-sessions", SlipOfPilau).Is(201);

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            {
            "payments": [
            {
            "paymentMethod": "CASH",
            "amount": 3000
            },
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 2000
            }
            ]
            }
            """).Is(202, $$"""
            {
              "status": "PENDING_PAYMENT", "orderId": null,
              "slip": { "paymentInProgressUntil": "{{In(5.Minutes)}}" },
              "payments": [{ "status": "HELD" }, { "status": "PENDING" }]
            }
            """);

        await Pass(5.Minutes);
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """
            {
              "status": "PENDING_PAYMENT", "cashToReturn": 3000, "slip": { "paymentInProgressUntil": null },
              "payments": [{ "status": "TO_RETURN" }, { "status": "RELEASED" }]
            }
            """);
        await Till.Post($"/checkout-sessions/{slip.Id}/return-money").Is(200, """{ "cashToReturn": null }""");
        await IsPaidAtTheCashier(slip, """{ "status": "PLACED" }""");
    }

    private string SlipOfPilau => $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """;

    private async Task IsPaidAtTheCashier(Answer slip, string order)
    {
        var paid = await Till
            .Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
                { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }
                """)
            .Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        await Till.Get($"/orders/{paid["orderId"]}").Is(200, order);
    }
}
