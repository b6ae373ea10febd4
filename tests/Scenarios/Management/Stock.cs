using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Management;

public sealed class Stock(Restaurant restaurant) : Scenario(restaurant)
{
    private string Path => $"/kitchens/{Kitchen.Id}/stock";

    [Fact]
    public async Task Receipts_waste_and_counts_move_the_items()
    {
        var dish = await Kitchen.AddDish("Kachori", 500);
        await Record(dish, "receipts", """{ "quantity": 20 }""").Is(201, $$"""
            {
              "id": "*", "object": "stock_movement", "menuId": "{{dish}}", "kind": "RECEIPT", "quantity": 20, "difference": 20,
              "recordedBy": "*", "createdAt": "*"
            }
            """);
        await Record(dish, "waste", """{ "quantity": 2, "reason": "Fell on the floor" }""").Is(201, """{ "difference": -2 }""");
        await Record(dish, "counts", """{ "quantity": 17 }""").Is(201, """{ "quantity": 17, "difference": -1 }""");

        await Kitchen.Cook.Get(Path).Holds($$"""
            {
              "object": "stock_level", "menuId": "{{dish}}", "name": "Kachori", "available": 17, "onHand": 17, "reserved": 0,
              "sold": 0, "wasted": 3, "received": 20, "soldOut": false, "low": false
            }
            """);
        var movements = await Till.Get($"{Path}/movements?menuId={dish}&limit=2").Is(200, """{ "paging": { "hasMore": true } }""");
        Assert.Equal(2, movements.At("data").GetArrayLength());
        await Till.Get($"{Path}/movements?menuId={dish}&after={movements["paging.after"]}").Is(200, """
            { "data": [{ }], "paging": { "hasMore": false } }
            """);
    }

    [Fact]
    public async Task The_same_key_moves_items_once_however_often_it_is_sent_at_once()
    {
        var dish = await Kitchen.AddDish("Sambusa", 500);
        var manager = Kitchen.Manager.WithKey("delivery-7");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            manager.Post($"{Path}/{dish}/receipts", """{ "quantity": 40 }""")));

        Assert.All(answers, answer => answer.Is(201));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(answers, answer => answer.Header("Idempotency-Replayed") is null);
        await Till.Get(Path).Holds($$"""{ "menuId": "{{dish}}", "onHand": 40 }""");
        await manager.Post($"{Path}/{dish}/receipts", """{ "quantity": 41 }""")
            .Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Theory]
    [InlineData("receipts", """{ "quantity": 0 }""", 422, "quantity-out-of-range")]
    [InlineData("waste", """{ "quantity": 1 }""", 422, "field-required")]
    [InlineData("waste", """{ "quantity": 1, "reason": "Burnt" }""", 409, "insufficient-stock")]
    [InlineData("counts", """{ "quantity": -1 }""", 422, "quantity-out-of-range")]
    [InlineData("counts", """{ }""", 422, "field-required")]
    [InlineData("counts", """{ "quantity": "3" }""", 400, "invalid-type")]
    public async Task What_cannot_have_happened_is_refused(string what, string body, int status, string code) =>
        await Record(await Kitchen.AddDish($"{what} {body}", 500), what, body).Is(status, $$"""{ "code": "{{code}}" }""");

    [Fact]
    public async Task Only_dishes_of_the_menu_are_counted_and_only_by_managers()
    {
        await Record(Guid.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2"), "receipts", """{ "quantity": 1 }""")
            .Is(404, """{ "code": "not-found" }""");
        foreach (var caller in new[] { Till, Kitchen.Cook })
            await caller.Post($"{Path}/{Chai}/receipts", """{ "quantity": 1 }""").Is(403, """{ "code": "role-not-allowed" }""");
    }

    private Task<Answer> Record(Guid dish, string what, string body) =>
        Kitchen.Manager.Post($"{Path}/{dish}/{what}", body);
}
