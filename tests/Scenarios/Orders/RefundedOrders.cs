using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Orders;

/// <summary>Money goes back for an order: to where it came from, once, and never more than was paid.</summary>
public sealed class RefundedOrders(Restaurant restaurant) : Scenario(restaurant)
{
    private const string Cold = """ "reason": "Cold" """;

    private Caller Manager => Kitchen.Manager;

    [Fact]
    public async Task Some_items_are_refunded_at_their_price()
    {
        var order = await Sell(Lines((Pilau, 2), (Chai, 1)), Cash(11_000));

        await Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }], {{Cold}} }
            """).Is(201, $$"""
            {
              "object": "refund", "number": 1, "status": "SUCCEEDED", "orderId": "{{order}}", "amount": 5000,
              "currency": "TZS", "reason": "Cold", "restocked": false, "by": "STAFF",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "CASH", "amount": 5000, "status": "SUCCEEDED", "reference": null }]
            }
            """);
        await Manager.Post($"/orders/{order}/refunds", $$"""{ "items": [{ "menuId": "{{Chai}}" }], {{Cold}} }""")
            .Is(201, """{ "number": 2, "amount": 1000 }""");
        var sold = await Till.Get($"/orders/{order}").Is(200, """
            {
              "status": "PLACED", "paymentState": "PAID", "ticketStatus": "NEW", "total": 11000, "refunded": 6000,
              "refunds": [{ "number": 1, "amount": 5000 }, { "number": 2, "amount": 1000 }]
            }
            """);
        await Till.Get($"/checkout-sessions/{sold["sessionId"]}?expand=timeline").Is(200, """
            {
              "status": "CONFIRMED", "payments": [{ "status": "PAID", "amount": 11000 }],
              "timeline": [{}, {}, { "event": "ORDER_REFUNDED", "by": "STAFF" }, { "event": "ORDER_REFUNDED" }]
            }
            """);
    }

    [Fact]
    public async Task Never_more_items_than_were_bought_and_never_more_money_than_was_paid()
    {
        var order = await Sell(Lines((Pilau, 2)), Cash(10_000));
        await Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{Pilau}}", "quantity": 3 }], {{Cold}} }
            """).Is(409, """
            { "code": "refund-exceeds-items", "refundable": 2, "errors": [{ "pointer": "/items/0/quantity" }] }
            """);
        await Refund(order, 10_001).Is(409, """{ "code": "refund-exceeds-paid", "refundable": 10000 }""");
        await Refund(order, 5001).Is(201, """{ "amount": 5001, "items": [] }""");

        await Manager.Post($"/orders/{order}/refunds", $$"""{ "items": [{ "menuId": "{{Pilau}}" }], {{Cold}} }""")
            .Is(409, """{ "code": "refund-exceeds-paid", "refundable": 4999 }""");
        await Refund(order, 4999).Is(201, """{ "amount": 4999 }""");
        await Refund(order, 1).Is(409, """{ "code": "refund-exceeds-paid", "refundable": 0 }""");
        await Till.Get($"/orders/{order}").Is(200, """{ "refunded": 10000 }""");
    }

    [Fact]
    public async Task Every_payment_gives_back_what_it_paid_the_last_one_first()
    {
        var guest = await Kitchen.Guest(3000);
        var order = await Sell(Lines((Pilau, 2)), $$"""
            { "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 3000 },
            { "paymentMethod": "KITCHEN_CHANNEL", "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}", "amount": 2000 },
            { "paymentMethod": "CARD", "amount": 1000 },
            {{Cash(4000)}}
            """);

        await Refund(order, 4500).Is(201, """
            { "payments": [{ "paymentMethod": "CARD", "amount": 500 }, { "paymentMethod": "CASH", "amount": 4000 }] }
            """);
        Assert.Equal((0, 0), await Kitchen.WalletOf(guest));
        await Refund(order, 5500).Is(201, """
            {
              "payments": [
                { "paymentMethod": "KITCHEN_WALLET", "amount": 3000 },
                { "paymentMethod": "KITCHEN_CHANNEL", "amount": 2000 }, { "paymentMethod": "CARD", "amount": 500 }
              ]
            }
            """);
        Assert.Equal((3000, 0), await Kitchen.WalletOf(guest));
    }

    [Fact]
    public async Task Items_come_back_on_sale_where_nobody_has_touched_them()
    {
        var dish = await Kitchen.AddDish("Samaki wa kupaka", 8000);
        await Kitchen.Receive(dish, 2);
        var order = await Sell(Lines((dish, 2)), Cash(16_000));
        await Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{dish}}", "quantity": 1 }], {{Cold}} }
            """).Is(201, """{ "restocked": false }""");
        await Till.Post("/checkout-sessions", Sale(Lines((dish, 1)), Cash(8000)))
            .Is(409, """{ "code": "insufficient-stock" }""");

        await Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{dish}}", "quantity": 1 }], "restock": true, {{Cold}} }
            """).Is(201, """{ "restocked": true }""");
        await Sell(Lines((dish, 1)), Cash(8000));
        await Till.Post("/checkout-sessions", Sale(Lines((dish, 1)), Cash(8000)))
            .Is(409, """{ "code": "insufficient-stock" }""");
    }

    [Fact]
    public async Task What_was_not_counted_when_it_was_sold_is_not_counted_when_it_comes_back()
    {
        var dish = await Kitchen.AddDish("Kachori", 500);
        var order = await Sell(Lines((dish, 1)), Cash(500));
        await Kitchen.Receive(dish, 1);

        await Manager.Post($"/orders/{order}/refunds", $$"""
            { "items": [{ "menuId": "{{dish}}" }], "restock": true, {{Cold}} }
            """).Is(201);
        await Sell(Lines((dish, 1)), Cash(500));
        await Till.Post("/checkout-sessions", Sale(Lines((dish, 1)), Cash(500)))
            .Is(409, """{ "code": "insufficient-stock" }""");
    }

    [Fact]
    public async Task A_refund_that_is_sent_twice_is_one_refund()
    {
        var order = await Sell(Lines((Pilau, 1)), Cash(5000));
        var manager = Manager.WithKey($"refund-{order}");

        var first = await manager.Post($"/orders/{order}/refunds", Body(2000)).Is(201);
        await Refund(order, 1000).Is(201);
        var again = await manager.Post($"/orders/{order}/refunds", Body(2000)).Is(201);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await manager.Post($"/orders/{order}/refunds", Body(2001)).Is(422, """{ "code": "idempotency-key-reused" }""");
        await Till.Get($"/orders/{order}").Is(200, """{ "refunded": 3000 }""");
    }

    [Fact]
    public async Task Of_refunds_at_once_on_two_hosts_no_shilling_goes_back_twice()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 5; turn++)
        {
            var order = await Sell(Lines((Pilau, 1)), Cash(5000));
            var answers = await 6.AtOnce(number => Manager.At(number % 2 == 0 ? branch : Restaurant.Host)
                .Post($"/orders/{order}/refunds", Body(3000)));

            Assert.Single(answers, answer => answer.Status == 201);
            Assert.All(answers.Where(answer => answer.Status != 201), answer =>
                answer.Is(409, """{ "code": "refund-exceeds-paid", "refundable": 2000 }"""));
            await Till.At(branch).Get($"/orders/{order}").Is(200, """{ "refunded": 3000 }""");
        }
    }

    [Fact]
    public async Task Only_a_manager_of_the_same_kitchen_gives_money_back()
    {
        var order = await Sell(Lines((Pilau, 1)), Cash(5000));

        await Till.Post($"/orders/{order}/refunds", Body(1)).Is(403, """{ "code": "role-not-allowed" }""");
        await Kitchen.Cook.Post($"/orders/{order}/refunds", Body(1)).Is(403);
        await Restaurant.Neighbour.Manager.Post($"/orders/{order}/refunds", Body(1))
            .Is(404, """{ "code": "not-found" }""");
        await Manager.Post($"/orders/{Guid.NewGuid()}/refunds", Body(1)).Is(404);
    }

    [Fact]
    public async Task A_refund_says_clearly_what_it_is_for()
    {
        var order = await Sell(Lines((Pilau, 1)), Cash(5000));
        var item = $$"""{ "menuId": "{{Pilau}}", "quantity": 1 }""";

        await Broken($$"""{ {{Cold}} }""", "refund-unclear");
        await Broken($$"""{ "items": [{{item}}], "amount": 1, {{Cold}} }""", "refund-unclear");
        await Broken($$"""{ "items": [], {{Cold}} }""", "refund-unclear");
        await Broken($$"""{ "amount": 1, "restock": true, {{Cold}} }""", "refund-unclear");
        await Broken($$"""{ "amount": 0, {{Cold}} }""", "amount-out-of-range");
        await Broken($$"""{ "items": [{{item}}, {{item}}], {{Cold}} }""", "order-item-twice");
        await Broken($$"""{ "items": [{ "menuId": "{{Pilau}}", "quantity": 0 }], {{Cold}} }""", "quantity-out-of-range");
        await Broken($$"""{ "items": [{ "menuId": "{{Chai}}" }], {{Cold}} }""", "order-item-not-found");
        await Broken("""{ "amount": 1 }""", "field-required");
        await Broken("""{ "amount": 1, "reason": "" }""", "invalid-text");

        Task<Answer> Broken(string body, string code) =>
            Manager.Post($"/orders/{order}/refunds", body).Is(422, $$"""{ "code": "{{code}}" }""");
    }

    [Fact]
    public async Task An_order_on_a_bill_is_refunded_with_what_has_paid_the_bill()
    {
        var tab = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "31",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """).Is(201);
        var (order, bill) = (Guid.Parse(tab["orderId"]), tab["billId"]);
        await Refund(order, 5000).Is(409, $$"""{ "code": "order-on-bill", "billId": "{{bill}}" }""");

        var paid = await Till.Post($"/bills/{bill}/pay", $$"""{ "payments": [{{Cash(5000)}}] }""").Is(200);
        await Refund(order, 5000).Is(409, """{ "code": "order-on-bill" }""");
        var refunds = $"/bills/{bill}/payments/{paid["payments.0.checkoutSessionId"]}/refunds";
        await Till.Post(refunds, Body(2000)).Is(403);
        await Restaurant.Neighbour.Manager.Post(refunds, Body(2000)).Is(404);
        await Manager.Post(refunds, Body(5001)).Is(409, """{ "code": "refund-exceeds-paid", "refundable": 5000 }""");
        await Manager.Post(refunds, Body(2000)).Is(201, """{ "number": 1, "amount": 2000, "orderId": null }""");
        await Till.Get($"/bills/{bill}").Is(200, """
            { "status": "PAID", "paid": 5000, "balance": 0, "payments": [{ "amount": 5000, "refunded": 2000 }] }
            """);
        await Till.Get($"/orders/{order}").Is(200, """{ "paymentState": "PAID", "refunded": 0 }""");
        await Manager.Post($"/bills/{bill}/payments/{tab.Id}/refunds", Body(1)).Is(404);
    }

    [Fact]
    public async Task What_was_paid_for_an_open_bill_stays_until_it_is_closed()
    {
        await Manager.Patch($"/kitchens/{Kitchen.Id}/settings", """{ "settings": { "allowPartPayments": true } }""").Is(200);
        var tab = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "32",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """).Is(201);
        var part = await Till.Post($"/bills/{tab["billId"]}/pay", $$"""{ "payments": [{{Cash(2000)}}] }""").Is(200);
        await Manager.Post(
            $"/bills/{tab["billId"]}/payments/{part["payments.0.checkoutSessionId"]}/refunds", Body(2000))
            .Is(409, """{ "code": "bill-not-closed", "billStatus": "OPEN" }""");
        await Till.Post($"/bills/{tab["billId"]}/pay", $$"""{ "payments": [{{Cash(3000)}}] }""").Is(200);
    }

    private async Task<Guid> Sell(string items, string payments) =>
        Guid.Parse((await Till.Post("/checkout-sessions", Sale(items, payments)).Is(201))["orderId"]);

    private Task<Answer> Refund(Guid order, long amount) => Manager.Post($"/orders/{order}/refunds", Body(amount));

    private static string Body(long amount) => $$"""{ "amount": {{amount}}, {{Cold}} }""";

    private static string Cash(long amount) => $$"""{ "paymentMethod": "CASH", "amount": {{amount}} }""";

    private static string Lines(params (Guid MenuId, int Quantity)[] lines) => string.Join(", ", lines.Select(
        line => $$"""{ "menuId": "{{line.MenuId}}", "quantity": {{line.Quantity}} }"""));

    private static string Sale(string items, string payments) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{{items}}], "payments": [{{payments}}]
        }
        """;
}
