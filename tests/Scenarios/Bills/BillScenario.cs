using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>What every scenario about bills is told with.</summary>
public abstract class BillScenario(Restaurant restaurant) : Scenario(restaurant)
{
    /// <summary>A table orders one item of each dish, and pays later.</summary>
    protected async Task<Guid> OpenBill(string table, params Guid[] dishes) =>
        Guid.Parse((await Till.Post("/checkout-sessions", Tab(table, null, dishes)).Is(201))["billId"]);

    /// <summary>One more item of each dish.</summary>
    protected Task<Answer> Round(Guid bill, string table, params Guid[] dishes) =>
        Till.Post("/checkout-sessions", Tab(table, bill, dishes));

    protected static string Tab(string table, Guid? bill, params Guid[] dishes) => $$"""
        {
          "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
          {{(bill is null ? "" : $"\"billId\": \"{bill}\",")}}
          "items": [{{string.Join(", ", dishes.Select(dish => $$"""{ "menuId": "{{dish}}", "quantity": 1 }"""))}}]
        }
        """;

    protected static string Cash(long amount) =>
        $$"""{ "payments": [{ "paymentMethod": "CASH", "amount": {{amount}} }] }""";
}
