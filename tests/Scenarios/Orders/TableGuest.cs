using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;

namespace JikoXpress.Scenarios.Orders;

/// <summary>What every scenario about guests at tables is told with.</summary>
public abstract class TableGuestScenario(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    protected const string Crowded = """{ "reason": "The kitchen is closing" }""";

    private static int tables;

    protected Caller Manager => Kitchen.Manager;

    /// <summary>A table that no other test knows, with its code.</summary>
    protected async Task<(Guid Id, string Number, string Code)> Table()
    {
        var number = $"T{Interlocked.Increment(ref tables)}";
        var table = await Manager.Post($"/kitchens/{Kitchen.Id}/tables", $$"""{ "number": "{{number}}" }""").Is(201);
        return (table.Id, number, table["code"]);
    }

    protected Task<Answer> Scan(string code) => Restaurant.Stranger.Post("/table-visits", $$"""{ "code": "{{code}}" }""");

    protected async Task<(Caller Guest, string Table)> Seated()
    {
        var table = await Table();
        return (new Caller(Restaurant, (await Scan(table.Code).Is(201))["token"]), table.Number);
    }

    protected Task<Answer> Order(Caller guest, string table, string phone, Guid? dish = null) => guest.Post(
        "/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "TABLE_QR", "fulfillmentType": "DINE_IN", "tableNumber": "{{table}}",
          "items": [{ "menuId": "{{dish ?? Kitchen.Pilau}}", "quantity": 1 }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
        }
        """);

    /// <summary>An order that a guest has paid by phone, and that waits for staff.</summary>
    protected async Task<(Caller Guest, Guid Session, Guid Order)> Waiting(string phone, Guid? dish = null)
    {
        var (guest, table) = await Seated();
        var session = (await Order(guest, table, phone, dish).Is(201)).Id;
        await Mobile.UntilQuiet();
        await Pass(1.Seconds);
        var paid = await guest.Get($"/checkout-sessions/{session}?expand=order").Is(200, """
            { "status": "CONFIRMED", "order": { "status": "NEEDS_APPROVAL", "ticketStatus": null } }
            """);
        return (guest, session, Guid.Parse(paid["orderId"]));
    }

    protected async Task<Answer> PaysTheReference(Caller guest, Answer session)
    {
        Mobile.Aggregator.Pay(new PushBody(
            session["payments.0.payReference"], Mobile.Phone("000"), long.Parse(session["total"]), "TZS"));
        await Mobile.UntilQuiet();
        await Pass(1.Seconds);
        return await guest.Get($"/checkout-sessions/{session.Id}");
    }

    protected Task<Answer> Unanswered(string policy) => Manager.Patch(
        $"/kitchens/{Kitchen.Id}/settings", $$"""{ "settings": { "unansweredOrders": "{{policy}}" } }""")
        .Is(200, $$"""{ "settings": { "unansweredOrders": "{{policy}}" } }""");

    protected async Task<bool> HasTicket(Guid order) =>
        (await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets").Is(200)).Body.Contains($"{order}");
}
