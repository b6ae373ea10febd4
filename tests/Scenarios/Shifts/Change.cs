using JikoXpress.Scenarios.Bills;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Shifts;

/// <summary>The guest puts down more than is due, and the answer says what to hand back.</summary>
public sealed class Change(Restaurant restaurant) : BillScenario(restaurant)
{
    private const string Notes = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000, "tendered": 10000 }] }""";

    [Fact]
    public async Task For_a_slip()
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
            }
            """).Is(201);

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Notes.Replace("10000", "4999", StringComparison.Ordinal))
            .Is(422, """{ "code": "tendered-too-little", "errors": [{ "pointer": "/payments/0/tendered" }] }""");
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Notes)
            .Is(200, """{ "payments": [{ "amount": 5000, "tendered": 10000, "change": 5000 }] }""");
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "payments": [{ "change": 5000 }] }""");
    }

    [Fact]
    public async Task For_a_bill()
    {
        var bill = await OpenBill("07", Pilau);

        await Till.Post($"/bills/{bill}/pay", Notes.Replace("CASH", "CARD", StringComparison.Ordinal))
            .Is(422, """{ "code": "tendered-not-allowed" }""");
        await Till.Post($"/bills/{bill}/pay", Notes).Is(200, """{ "status": "PAID", "payments": [{ "payments": [{ "tendered": 10000, "change": 5000 }] }] }""");
    }

    [Fact]
    public async Task The_drawer_grows_by_what_was_due()
    {
        var before = await Drawer();
        await TillShifts.Sell(Kitchen, """{ "paymentMethod": "CASH", "amount": 5000, "tendered": 5000 }""")
            .Is(201, """{ "payments": [{ "tendered": 5000, "change": 0 }] }""");
        await TillShifts.Sell(Kitchen, """{ "paymentMethod": "CASH", "amount": 5000, "tendered": 20000 }""").Is(201);

        Assert.Equal(before + 10_000, await Drawer());
    }

    private Task<long> Drawer() => Restaurant.Database.Ask<long>($"""
        SELECT coalesce(sum(amount), 0)::bigint FROM jiko.ledger_entry
        WHERE account = 'DRAWER' AND owner = '{Kitchen.TillId}'
        """);
}
