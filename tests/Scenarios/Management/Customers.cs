using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

public sealed class Customers(Restaurant restaurant) : Scenario(restaurant)
{
    private string Path => $"/kitchens/{Kitchen.Id}/customers";

    [Fact]
    public async Task A_customer_puts_money_on_a_balance_and_eats_from_it()
    {
        var fatuma = await Add("Mama Fatuma", "+255712345678");
        await Till.Post($"{Path}/{fatuma.Id}/top-ups", """{ "paymentMethod": "CASH", "amount": 20000 }""").Is(201, $$"""
            {
              "id": "*", "object": "wallet_top_up", "ownerId": "{{fatuma.Id}}", "paymentMethod": "CASH", "amount": 20000,
              "currency": "TZS", "takenBy": "*", "createdAt": "*"
            }
            """);
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{fatuma.Id}}", "amount": 5000 }]
            }
            """).Is(201, """{ "status": "CONFIRMED" }""");

        await Till.Get($"{Path}/{fatuma.Id}").Is(200, """
            { "name": "Mama Fatuma", "phone": "+255712345678", "wallet": { "available": 15000, "held": 0, "currency": "TZS" } }
            """);
        var moved = await Till.Get($"{Path}/{fatuma.Id}/transactions").Is(200);
        moved.Holds("""{ "type": "TOP_UP", "paymentMethod": "CASH", "amount": 20000 }""");
        moved.Holds($$"""{ "type": "PAY", "paymentMethod": "KITCHEN_WALLET", "amount": -5000, "sessionId": "{{sale.Id}}" }""");
        Assert.Equal(2, moved.At("data").GetArrayLength());
    }

    [Fact]
    public async Task The_same_key_tops_up_once_however_often_it_is_sent_at_once()
    {
        var guest = await Add("Bi Zuhura", "+255712345679");
        var till = Till.WithKey("top-up-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            till.Post($"{Path}/{guest.Id}/top-ups", """{ "paymentMethod": "CASH", "amount": 5000 }""")));

        Assert.All(answers, answer => answer.Is(201));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers, answer => answer.Header("Idempotency-Replayed") is null);
        await Till.Get($"{Path}/{guest.Id}").Is(200, """{ "wallet": { "available": 5000 } }""");
        await till.Post($"{Path}/{guest.Id}/top-ups", """{ "paymentMethod": "CASH", "amount": 6000 }""")
            .Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Fact]
    public async Task A_customer_is_found_by_phone()
    {
        var guest = await Add("Mzee Kassim", "+255754000001");
        await Till.Get($"{Path}?phone=%2B255754000001").Is(200, $$"""{ "data": [{ "id": "{{guest.Id}}" }] }""");
        await Till.Get($"{Path}?phone=+255754000001").Is(200, $$"""{ "data": [{ "id": "{{guest.Id}}" }] }""");
        await Till.Get($"{Path}?phone=%2B255754999999").Is(200, """{ "data": [] }""");
        await Till.Get($"{Path}?phone=0754000001").Is(200, $$"""{ "data": [{ "id": "{{guest.Id}}" }] }""");
        await Till.Get($"{Path}?phone=075400000").Is(422, """{ "code": "phone-invalid" }""");
        await Till.Post(Path, """{ "name": "Another", "phone": "+255754000001" }""").Is(409, """{ "code": "phone-taken" }""");
    }

    [Theory]
    [InlineData("""{ "paymentMethod": "MOBILE_MONEY", "amount": 1 }""", 422, "payment-method-not-allowed")]
    [InlineData("""{ "paymentMethod": "KITCHEN_WALLET", "amount": 1 }""", 422, "payment-method-not-allowed")]
    [InlineData("""{ "paymentMethod": "KITCHEN_CHANNEL", "amount": 1 }""", 422, "kitchen-payment-method-required")]
    [InlineData("""{ "paymentMethod": "CASH", "amount": 0 }""", 422, "amount-out-of-range")]
    [InlineData("""{ "paymentMethod": "CASH", "amount": 1000000000001 }""", 422, "amount-out-of-range")]
    [InlineData("""{ "paymentMethod": "CASH", "amount": "5" }""", 400, "invalid-type")]
    [InlineData("""{ "amount": 5 }""", 422, "field-required")]
    public async Task A_top_up_that_staff_cannot_attest_is_refused(string body, int status, string code)
    {
        var guest = await Kitchen.Guest(balance: 0);
        await Till.Post($"{Path}/{guest}/top-ups", body).Is(status, $$"""{ "code": "{{code}}" }""");
        Assert.Equal((0, 0), await Kitchen.WalletOf(guest));
    }

    [Fact]
    public async Task Cooks_and_kiosks_know_no_customers()
    {
        await Kitchen.Cook.Get(Path).Is(403);
        await Kiosk.Get(Path).Is(403);
    }

    private Task<Answer> Add(string name, string phone) => Till
        .Post(Path, $$"""{ "name": "{{name}}", "phone": "{{phone}}" }""")
        .Is(201, """{ "id": "*", "object": "kitchen_customer", "wallet": { "available": 0, "held": 0 } }""");
}
