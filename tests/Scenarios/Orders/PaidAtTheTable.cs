using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>A guest pays at the table, and staff see the order before the kitchen does.</summary>
public sealed class PaidAtTheTable(MobileRestaurant mobile) : TableGuestScenario(mobile)
{
    [Fact(DisplayName = "10. Table QR — Pay on Phone")]
    public async Task Pay_on_phone()
    {
        var code = (await Manager.Post($"/kitchens/{Kitchen.Id}/tables", """{ "number": "05" }""").Is(201))["code"];
        var guest = new Caller(Restaurant, (await Scan(code).Is(201))["token"]);
        var session = await guest.Post("/checkout-sessions", $$"""
            {
            "sessionType": "IMMEDIATE",
            "channel": "TABLE_QR",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "05",
            "items": [
            {"menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null}
            ],
            "payments": [
            {
            "paymentMethod": "MOBILE_MONEY",
            "amount": 5000
            }
            ]
            }
            """).Is(201, $$"""
            { "status": "PENDING_PAYMENT", "kitchenId": "{{Kitchen.Id}}", "payments": [{ "payReference": "*" }] }
            """);

        var paid = (await PaysTheReference(guest, session)).Is(200, """{ "status": "CONFIRMED" }""");
        var order = Guid.Parse(paid["orderId"]);
        await Till.Get("/orders?status=NEEDS_APPROVAL&tableNumber=05").Is(200, $$"""
            {
              "data": [{
                "id": "{{order}}", "status": "NEEDS_APPROVAL", "paymentState": "PAID", "ticketStatus": null,
                "approval": { "answerBy": "*", "unanswered": "REJECT" }
              }]
            }
            """);
        Assert.False(await HasTicket(order));

        await Till.Post($"/orders/{order}/approve").Is(200, """{ "status": "PLACED", "ticketStatus": "NEW" }""");
        Assert.True(await HasTicket(order));
        await Till.Post($"/orders/{order}/approve").Is(409, """{ "code": "order-answered", "orderStatus": "PLACED" }""");
        await guest.Get($"/checkout-sessions/{session.Id}?expand=order,timeline").Is(200, """
            {
              "status": "CONFIRMED", "order": { "status": "PLACED" },
              "timeline": [{}, { "event": "CONFIRMED" }, { "event": "ORDER_APPROVED", "by": "STAFF", "byId": null }]
            }
            """);
    }

    [Fact(DisplayName = "11. Table QR — Pay at Cashier (Slip)")]
    public async Task Pay_at_cashier()
    {
        var code = (await Manager.Post($"/kitchens/{Kitchen.Id}/tables", """{ "number": "5" }""").Is(201))["code"];
        var guest = new Caller(Restaurant, (await Scan(code).Is(201))["token"]);
        var slip = await guest.Post("/checkout-sessions", $$"""
            {
            "sessionType": "SLIP",
            "channel": "TABLE_QR",
            "fulfillmentType": "DINE_IN",
            "tableNumber": "5",
            "items": [
            {"menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null}
            ]
            }
            """).Is(201, """{ "status": "PENDING_PAYMENT", "slip": { "slipNumber": "*" } }""");

        var paid = await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }
            """).Is(200);
        await Till.Get($"/orders/{paid["orderId"]}").Is(200, """{ "status": "PLACED", "approval": null }""");
        Assert.True(await HasTicket(Guid.Parse(paid["orderId"])));
    }

    [Fact]
    public async Task The_page_of_a_tables_slip_tells_the_guest_what_staff_have_answered()
    {
        var (guest, table) = await Seated();
        var slip = await guest.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "TABLE_QR", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }]
            }
            """).Is(201);
        using var browser = new HttpClient { BaseAddress = Restaurant.Host.Address };
        var address = $"/pay/{slip["slip.slipCode"]}";
        using var form = new FormUrlEncodedContent([new("phone", Mobile.Phone("000"))]);
        (await browser.PostAsync(await PageOf(address), form)).EnsureSuccessStatusCode();
        await Mobile.UntilQuiet();
        await Pass(1.Seconds);

        Assert.Contains("The staff are looking at your order", await Page(), StringComparison.Ordinal);
        var order = (await guest.Get($"/checkout-sessions/{slip.Id}").Is(200))["orderId"];
        await Till.Post($"/orders/{order}/reject", Crowded).Is(200);
        await Mobile.UntilQuiet();

        var rejected = await Page();
        Assert.Contains("The order was not accepted", rejected, StringComparison.Ordinal);
        Assert.Contains("5,000 was given back", rejected, StringComparison.Ordinal);
        Assert.DoesNotContain("Thank you", rejected, StringComparison.Ordinal);

        Task<string> Page() => browser.GetStringAsync(new Uri(address, UriKind.Relative));

        async Task<Uri> PageOf(string slipAddress)
        {
            using var page = await browser.GetAsync(new Uri(slipAddress, UriKind.Relative));
            return page.RequestMessage!.RequestUri!;
        }
    }

    [Fact]
    public async Task Who_is_rejected_gets_the_money_back_and_the_items_are_sold_again()
    {
        var dish = await Kitchen.AddDish("Pweza", 5000);
        await Kitchen.Receive(dish, 1);
        var phone = Mobile.Phone("000");
        var (guest, session, order) = await Waiting(phone, dish);
        var till = Till.WithKey($"reject-{order}");

        var rejected = await till.Post($"/orders/{order}/reject", Crowded).Is(200, """
            {
              "status": "REJECTED", "ticketStatus": null, "refunded": 5000,
              "refunds": [{ "reason": "The kitchen is closing", "restocked": true, "status": "PENDING" }]
            }
            """);
        Assert.Equal(rejected.Body, (await till.Post($"/orders/{order}/reject", Crowded).Is(200)).Body);
        await Mobile.UntilQuiet();
        Assert.Equal(0, Mobile.Spent(phone));
        Assert.False(await HasTicket(order));
        await guest.Get($"/checkout-sessions/{session}?expand=order").Is(200, """
            {
              "status": "CONFIRMED",
              "order": {
                "status": "REJECTED",
                "refunds": [{ "status": "SUCCEEDED", "reason": "The kitchen is closing", "by": "STAFF", "byId": null }]
              }
            }
            """);
        await Till.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "byId": "*" }] }""");
        await Kitchen.Cook.Post($"/kitchens/{Kitchen.Id}/tickets/{order}/move", """{ "status": "READY" }""").Is(404);
        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 1, "reason": "More" }""")
            .Is(409, """{ "code": "refund-exceeds-paid", "refundable": 0 }""");
        await Waiting(Mobile.Phone("000"), dish);
    }

    [Fact]
    public async Task What_waits_for_approval_is_rejected_and_not_refunded_bit_by_bit()
    {
        var (_, _, order) = await Waiting(Mobile.Phone("000"));

        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 1, "reason": "Cold" }""")
            .Is(409, """{ "code": "order-needs-approval" }""");
        await Till.Post($"/orders/{order}/reject", """{ "reason": "" }""").Is(422, """{ "code": "invalid-text" }""");
        await Kitchen.Cook.Post($"/orders/{order}/approve").Is(403);
        await Restaurant.Neighbour.Cashier.Post($"/orders/{order}/approve").Is(404);
        await Till.Post($"/orders/{order}/approve").Is(200);
        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 1, "reason": "Cold" }""").Is(201);
    }

    [Fact]
    public async Task What_is_paid_at_the_till_needs_no_approval()
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
            }
            """).Is(201);

        await Till.Post($"/orders/{sale["orderId"]}/approve").Is(409, """{ "code": "order-answered" }""");
    }

    [Fact]
    public async Task Nobody_answers_and_it_is_rejected_after_a_reminder()
    {
        await Unanswered("REJECT");
        var phone = Mobile.Phone("000");
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (guest, session, order) = await Waiting(phone);
        Assert.Equal("order.needs_approval", (await screen.NextOf(order)).Type);

        await Pass(5.Minutes - 2.Seconds);
        await Till.Get($"/orders/{order}").Is(200, """{ "status": "NEEDS_APPROVAL" }""");
        await Pass(2.Seconds);
        Assert.Equal("order.approval_overdue", (await screen.NextOf(order)).Type);
        await Pass(5.Minutes);
        Assert.Equal("order.rejected", (await screen.NextOf(order)).Type);
        await Mobile.UntilQuiet();
        await Till.Get($"/orders/{order}").Is(200, """
            { "status": "REJECTED", "refunds": [{ "amount": 5000, "reason": null, "by": "CLOCK", "status": "SUCCEEDED" }] }
            """);
        Assert.Equal(0, Mobile.Spent(phone));
        await Till.Post($"/orders/{order}/approve").Is(409, """{ "code": "order-answered", "orderStatus": "REJECTED" }""");
        await guest.Get($"/checkout-sessions/{session}?expand=timeline").Is(200, """
            {
              "timeline": [
                {}, { "event": "CONFIRMED" }, { "event": "APPROVAL_OVERDUE", "by": "CLOCK" },
                { "event": "ORDER_REJECTED", "by": "CLOCK" }, { "event": "ORDER_REFUNDED" }, { "event": "MONEY_REFUNDED" }
              ]
            }
            """);
    }

    [Fact]
    public async Task Nobody_answers_and_it_is_cooked_where_the_kitchen_wants_that()
    {
        await Unanswered("APPROVE");
        try
        {
            var phone = Mobile.Phone("000");
            var (_, _, order) = await Waiting(phone);
            await Unanswered("REJECT");

            await Pass(20.Minutes);
            await Till.Get($"/orders/{order}").Is(200, """{ "status": "PLACED", "ticketStatus": "NEW", "refunded": 0 }""");
            Assert.Equal(5000, Mobile.Spent(phone));
            await Till.Post($"/orders/{order}/reject", Crowded).Is(409, """{ "code": "order-answered" }""");
        }
        finally
        {
            await Unanswered("REJECT");
        }
    }

    [Fact]
    public async Task The_clock_has_answered_even_where_nobody_has_looked()
    {
        var (guest, session, order) = await Waiting(Mobile.Phone("000"));
        Restaurant.Clock.Advance(10.Minutes);

        await Till.Post($"/orders/{order}/approve").Is(409, """{ "code": "order-answered", "orderStatus": "REJECTED" }""");
        await guest.Get($"/checkout-sessions/{session}?expand=order").Is(200, """{ "order": { "status": "REJECTED" } }""");
    }

    [Fact]
    public async Task The_guest_waits_and_hears_at_once()
    {
        var (guest, session, order) = await Waiting(Mobile.Phone("000"));
        var path = $"/checkout-sessions/{session}?expand=order";
        var known = (await guest.Get(path).Is(200)).Header("ETag")!;

        var waiting = guest.With("If-None-Match", known).Get($"{path}&waitSeconds=30");
        await Till.Post($"/orders/{order}/approve").Is(200);
        await waiting.Is(200, """{ "order": { "status": "PLACED", "ticketStatus": "NEW" } }""");
    }

    [Fact]
    public async Task A_ticket_appears_with_the_approval_and_not_before()
    {
        using var screen = await Kitchen.Cook.Follow($"/kitchens/{Kitchen.Id}/tickets/stream");
        var (_, _, order) = await Waiting(Mobile.Phone("000"));
        Assert.Equal("order.needs_approval", (await screen.NextOf(order)).Type);

        await Till.Post($"/orders/{order}/approve").Is(200);
        Assert.Equal("ticket.created", (await screen.NextOf(order)).Type);
    }
}
