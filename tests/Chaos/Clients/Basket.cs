namespace JikoXpress.Chaos.Clients;

/// <summary>What somebody orders.</summary>
internal sealed record Basket(IReadOnlyDictionary<Guid, int> Items, long Total)
{
    private string Lines => string.Join(
        ", ", Items.Select(line => $$"""{ "menuId": "{{line.Key}}", "quantity": {{line.Value}} }"""));

    public static Basket Of(IEnumerable<Dish> dishes, Dice dice)
    {
        var lines = dishes.Distinct().Select(dish => (Dish: dish, Quantity: 1 + dice.Below(3))).ToList();
        return new Basket(
            lines.ToDictionary(line => line.Dish.Id, line => line.Quantity),
            lines.Sum(line => line.Dish.Price * line.Quantity));
    }

    public string Opening(string type, string channel, IReadOnlyList<Payment> payments) => $$"""
        {
          "sessionType": "{{type}}", "channel": "{{channel}}", "fulfillmentType": "PICKUP",
          "items": [{{Lines}}]{{(payments.Count == 0 ? "" : $", \"payments\": [{Parts(payments)}]")}}
        }
        """;

    public static string Confirmation(IReadOnlyList<Payment> payments) =>
        $$"""{ "payments": [{{Parts(payments)}}] }""";

    private static string Parts(IReadOnlyList<Payment> payments) => string.Join(", ", payments.Select(Part));

    private static string Part(Payment payment)
    {
        var whose = payment.Customer is { } customer ? $", \"kitchenCustomerId\": \"{customer}\"" : "";
        var phone = payment.Phone is { } number ? $", \"phoneNumber\": \"{number}\"" : "";
        return $$"""{ "paymentMethod": "{{payment.Method}}", "amount": {{payment.Amount}}{{whose}}{{phone}} }""";
    }
}
