using System.Text.Json;

namespace JikoXpress.Chaos.Clients;

/// <summary>A kitchen in business, made over HTTP as an operator and a manager make one.</summary>
internal sealed record Kitchen(
    Guid Id, string Manager, IReadOnlyList<string> Cashiers, string Kiosk, IReadOnlyList<Dish> Menu,
    IReadOnlyList<Guid> Customers)
{
    private const string Pin = "1357";
    private const int Plenty = 500_000;
    private const int Few = 12;

    private static readonly (string Name, long Price, int? Items)[] Dishes =
    [
        ("Pilau",            5_000, Plenty),
        ("Ugali samaki",     4_500, Plenty),
        ("Mishkaki",         1_500, Plenty),
        ("Chai ya maziwa",   1_000, null),
        ("Kuku wa kienyeji", 9_000, Few),
        ("Samaki wa kupaka", 7_000, Few),
    ];

    /// <summary>Dishes that run out while they are sold.</summary>
    public IReadOnlyList<Dish> Scarce => [.. Menu.Where(dish => dish.Items == Few)];

    /// <param name="name">Of the kitchen; its set-up can be told from others' by it.</param>
    public static async Task<Kitchen> Open(string name, string operatorKey, Api api, Journal journal, Dice dice)
    {
        var prefix = name.Replace(' ', '-');
        var setUp = new SetUp(prefix, api, dice);
        var id = await setUp.Make(operatorKey, "/operator/kitchens", $$"""
            { "name": "{{name}}", "settings": { "paymentTimeoutSeconds": 30, "slipTimeoutSeconds": 30 } }
            """);
        var till = await setUp.Pair(operatorKey, id, "POS");
        var kiosk = await setUp.Pair(operatorKey, id, "KIOSK");
        var manager = await setUp.Hire(operatorKey, till, id, "MANAGER", Pin);
        string[] cashiers =
        [
            await setUp.Hire(operatorKey, till, id, "CASHIER", Pin),
            await setUp.Hire(operatorKey, till, id, "CASHIER", Pin),
        ];

        var menu = new List<Dish>();
        foreach (var (dish, price, items) in Dishes)
        {
            var item = await setUp.Make(operatorKey, $"/kitchens/{id}/menu", $$"""
                { "name": "{{dish}}", "price": {{price}}, "category": "Chakula" }
                """);
            menu.Add(new Dish(item, price, items));
        }

        var customers = new List<Guid>();
        for (var guest = 0; guest < 6; guest++)
        {
            customers.Add(await setUp.Make(cashiers[0], $"/kitchens/{id}/customers", $$"""
                { "name": "Guest {{guest}}", "phone": "+25571200{{guest:D4}}" }
                """));
        }

        var kitchen = new Kitchen(id, manager, cashiers, kiosk, menu, customers);
        foreach (var dish in menu.Where(dish => dish.Items is not null))
            await kitchen.Receive(dish, dish.Items!.Value, $"{prefix}-{dish.Id}", api, journal, dice);
        foreach (var customer in customers)
            await kitchen.TopUp(customer, 60_000, $"{prefix}-{customer}", api, journal, dice);
        return kitchen;
    }

    public async Task Receive(Dish dish, int items, string key, Api api, Journal journal, Dice dice)
    {
        var answer = await api.Post(
            new Request(Manager, $"/kitchens/{Id}/stock/{dish.Id}/receipts", $$"""{ "quantity": {{items}} }""", key),
            dice);
        if (answer.IsAcknowledged) journal.Deliveries[key] = new Delivery(Id, dish.Id, items);
        else journal.Complain($"unexpected-refusal: plates were not received: {answer.Status} {answer.Body}");
    }

    public async Task TopUp(Guid customer, long amount, string key, Api api, Journal journal, Dice dice)
    {
        var answer = await api.Post(
            new Request(
                Cashiers[0], $"/kitchens/{Id}/customers/{customer}/top-ups",
                $$"""{ "paymentMethod": "CASH", "amount": {{amount}} }""", key),
            dice);
        if (answer.IsAcknowledged) journal.TopUps[key] = new TopUp(Id, customer, amount);
        else journal.Complain($"unexpected-refusal: money was not put on a balance: {answer.Status} {answer.Body}");
    }

    private sealed class SetUp(string prefix, Api api, Dice dice)
    {
        private int keys;

        public async Task<Guid> Make(string token, string path, string body) =>
            (await Ask(token, path, body)).GetProperty("id").GetGuid();

        /// <summary>The device's token.</summary>
        public async Task<string> Pair(string operatorKey, Guid kitchen, string kind)
        {
            var invited = await Ask(operatorKey, $"/kitchens/{kitchen}/devices/pairing-codes", $$"""
                { "kind": "{{kind}}", "name": "{{kind}} 1" }
                """);
            var paired = await Ask(operatorKey, "/devices/pair", $$"""
                { "code": "{{invited.GetProperty("code").GetString()}}" }
                """);
            return Token(paired);
        }

        /// <summary>The token of a member who has signed in at the till.</summary>
        public async Task<string> Hire(string operatorKey, string till, Guid kitchen, string role, string pin)
        {
            var member = await Ask(operatorKey, $"/kitchens/{kitchen}/staff", $$"""
                { "name": "{{role}} {{keys}}", "role": "{{role}}", "pin": "{{pin}}" }
                """);
            return Token(await Ask(till, "/staff-sessions", $$"""
                { "staffNumber": {{member.GetProperty("staffNumber").GetInt32()}}, "pin": "{{pin}}" }
                """));
        }

        private async Task<JsonElement> Ask(string token, string path, string body)
        {
            var answer = await api.Post(new Request(token, path, body, $"{prefix}-{++keys}"), dice);
            return answer.IsAcknowledged
                ? JsonElement.Parse(answer.Body)
                : throw new InvalidOperationException($"{path} answered {answer.Status}: {answer.Body}");
        }

        private static string Token(JsonElement answer) =>
            answer.GetProperty("token").GetString() ?? throw new InvalidOperationException("A token is a text.");
    }
}

/// <param name="Price">In whole shillings.</param>
/// <param name="Items">How many there were in the beginning; null where nobody counts.</param>
internal sealed record Dish(Guid Id, long Price, int? Items);
