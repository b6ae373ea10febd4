using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Scenarios.Payments;

/// <summary>The list of an aggregator that gives one is compared with the books, day by day.</summary>
public sealed class DailyLists : IAsyncLifetime
{
    private readonly MobileRestaurant mobile = new() { Vendor = "clickpesa" };

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task What_is_here_and_not_there_or_there_and_not_here_or_another_amount_is_listed()
    {
        var fits = await Sell();
        var unlisted = await Sell();
        var mislisted = await Sell();
        mobile.Aggregator.Unlisted.Add(unlisted);
        mobile.Aggregator.Mislisted.Add(mislisted);
        // Nobody told of this one: it has no webhook, and a reference of somebody else.
        var unknown = "JX0000000000000000E0";
        mobile.Aggregator.Push(new PushBody(unknown, mobile.Phone("037"), 700, "TZS"), Dialect.ClickPesa);
        await mobile.Pass(2.Seconds);

        await mobile.Pass(25.Hours);
        await mobile.Pass(5.Hours);

        var platform = await mobile.Restaurant.Operator();
        (await platform.Get("/operator/reconciliations?adapter=clickpesa&status=DONE&limit=100").Is(200)).Holds("""
            {
              "listed": 3, "listedAmount": 10800, "counted": 3, "countedAmount": 15000, "missingHere": 1,
              "missingThere": 1, "differing": 1
            }
            """);
        var exceptions = await platform.Get("/operator/payment-exceptions?limit=100").Is(200);
        exceptions.Holds($$"""{ "kind": "NOT_LISTED", "reference": "{{unlisted}}", "amount": 5000 }""");
        exceptions.Holds(
            $$"""{ "kind": "AMOUNT_DIFFERS", "reference": "{{mislisted}}", "amount": 5000, "said": "5100 TZS" }""");
        exceptions.Holds($$"""{ "kind": "UNKNOWN_REFERENCE", "reference": "{{unknown}}", "amount": 700 }""");
        Assert.DoesNotContain(fits, exceptions.Body, StringComparison.Ordinal);
        // Another program may have taken it for the same account: it does not go back by itself.
        Assert.True(await mobile.Restaurant.Database.Ask<bool>(
            $"SELECT listed FROM jiko.payment_exception WHERE reference = '{unknown}'"));
        // What the account took before this installation had it is not compared.
        Assert.Equal(0, await mobile.Restaurant.Database.Ask<long>(
            "SELECT count(*) FROM jiko.reconciliation WHERE day < '2026-03-02'"));
        await mobile.Restaurant.Kitchen.BeginShift();
        await mobile.Restaurant.Kitchen.Cashier.Get("/operator/reconciliations").Is(403);
    }

    private async Task<string> Sell()
    {
        var at = mobile.Restaurant.Kitchen;
        var sale = await at.Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{mobile.Phone("000")}}" }]
            }
            """).Is(201);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
        await at.Kiosk.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        return sale["payments.0.push.reference"];
    }
}
