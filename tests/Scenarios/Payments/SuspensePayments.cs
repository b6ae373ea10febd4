using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Money that came too late or too little, and what the kitchen makes of it.</summary>
public sealed class SuspensePayments(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    private string Suspense => $"/kitchens/{Kitchen.Id}/parked-payments";

    /// <summary>The newest of the list: other tests leave theirs.</summary>
    private string Newest => $"{Suspense}?limit=1";

    [Fact]
    public async Task Late_money_goes_onto_the_balance_of_whom_the_phone_belongs_to()
    {
        await Policy("CREDIT_KITCHEN_WALLET");
        var (known, stranger) = (Mobile.Phone("036"), Mobile.Phone("036"));
        var guest = await Customer(known);
        var (late, nobodys) = (await Sale(known), await Sale(stranger));
        await Pass(10.Minutes);

        await Till.Get($"/checkout-sessions/{late}?expand=timeline").Is(200, """
            {
              "status": "EXPIRED", "payments": [{ "push": { "received": 5000, "refunded": null } }],
              "timeline": [{}, {}, { "event": "MONEY_PARKED" }, { "event": "MONEY_CREDITED" }]
            }
            """);
        Assert.Equal((5000, 0), await Kitchen.WalletOf(guest));
        Assert.Equal(5000, Mobile.Spent(known));
        await Till.Get($"/checkout-sessions/{nobodys}").Is(200, """{ "payments": [{ "push": { "refunded": 5000 } }] }""");
        Assert.Equal(0, Mobile.Spent(stranger));
    }

    [Fact]
    public async Task A_kitchen_that_wants_to_decide_decides_once()
    {
        await Policy("MANUAL");
        var phone = Mobile.Phone("036");
        var late = await Sale(phone);
        await Pass(10.Minutes);
        Assert.Equal(5000, Mobile.Spent(phone));

        var listed = await Kitchen.Manager.Get(Newest).Is(200, $$"""
            {
              "data": [{
                "object": "parked_payment", "why": "LATE", "sessionId": "{{late}}", "received": 5000, "due": 5000,
                "phoneNumber": "{{phone}}"
              }]
            }
            """);
        await Till.Get(Suspense).Is(403);
        var decide = $"{Suspense}/{listed["data.0.reference"]}/decide";
        await Kitchen.Manager.Post(decide, """{ "decision": "CREDIT_KITCHEN_WALLET" }""")
            .Is(422, """{ "code": "kitchen-customer-not-found" }""");
        var again = Kitchen.Manager.WithKey($"back-{late}");
        await again.Post(decide, """{ "decision": "REFUND" }""").Is(200, """{ "status": "EXPIRED" }""");
        await again.Post(decide, """{ "decision": "REFUND" }""").Is(200, """{ "status": "EXPIRED" }""");
        await Kitchen.Manager.Post(decide, """{ "decision": "REFUND" }""").Is(409, """{ "code": "payment-not-parked" }""");
        await Mobile.UntilQuiet();
        Assert.Equal(0, Mobile.Spent(phone));
        Assert.DoesNotContain($"{late}", (await Kitchen.Manager.Get(Suspense).Is(200)).Body);
    }

    [Fact]
    public async Task Two_who_decide_at_once_decide_once()
    {
        await Policy("MANUAL");
        var phone = Mobile.Phone("036");
        var guest = await Customer(phone);
        await Sale(phone);
        await Pass(10.Minutes);
        var reference = (await Kitchen.Manager.Get(Newest).Is(200))["data.0.reference"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => Kitchen.Manager.Post(
            $"{Suspense}/{reference}/decide",
            turn % 2 == 0 ? """{ "decision": "REFUND" }""" : """{ "decision": "CREDIT_KITCHEN_WALLET" }""")));

        Assert.Equal([200, 409, 409, 409, 409, 409], answers.Select(answer => answer.Status).Order());
        await Mobile.UntilQuiet();
        Assert.Equal(5000, Mobile.Spent(phone) + 5000 - (await Kitchen.WalletOf(guest)).Available);
    }

    [Fact]
    public async Task What_fell_short_is_made_up_at_the_till()
    {
        var phone = Mobile.Phone("041");
        var sale = await Sale(phone);
        await Pass(1.Seconds);
        var listed = await Kitchen.Manager.Get(Newest)
            .Is(200, """{ "data": [{ "why": "UNDERPAID", "received": 4900, "due": 5000 }] }""");
        var decide = $"{Suspense}/{listed["data.0.reference"]}/decide";

        await Kitchen.Manager.Post(decide, Rest(99)).Is(422, """{ "code": "payments-total-mismatch", "expectedTotal": 100 }""");
        await Kitchen.Manager.Post(decide, """{ "decision": "TAKE_REST" }""").Is(422, """{ "code": "payments-required" }""");
        await Kitchen.Manager.Post(decide, Rest(100)).Is(200, """
            {
              "status": "CONFIRMED", "orderId": "*",
              "payments": [{ "amount": 4900, "status": "PAID" }, { "paymentMethod": "CASH", "amount": 100, "status": "PAID" }]
            }
            """);
        await Till.Get($"/checkout-sessions/{sale}/timeline").Is(200, """
            { "data": [{}, { "event": "MONEY_PARKED" }, { "event": "REST_TAKEN", "by": "STAFF" }, { "event": "CONFIRMED" }] }
            """);
        Assert.Equal(4900, Mobile.Spent(phone));
    }

    [Fact]
    public async Task What_fell_short_goes_back_and_another_phone_pays()
    {
        var (poor, rich) = (Mobile.Phone("041"), Mobile.Phone("001"));
        var sale = await Sale(poor);
        await Pass(1.Seconds);
        var reference = (await Kitchen.Manager.Get(Newest).Is(200))["data.0.reference"];

        var back = await Kitchen.Manager.Post($"{Suspense}/{reference}/decide", """{ "decision": "REFUND" }""")
            .Is(202, """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "PENDING" }] }""");
        await Till.Post(
            $"/checkout-sessions/{sale}/payments/{back["payments.0.id"]}/initiate", $$"""{ "phoneNumber": "{{rich}}" }""").Is(202);
        await Mobile.UntilQuiet();
        await Pass(1.Seconds);
        await Till.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
        Assert.Equal((0, 5000), (Mobile.Spent(poor), Mobile.Spent(rich)));
    }

    [Fact]
    public async Task Operators_see_every_kitchen_and_take_no_cash()
    {
        await Policy("MANUAL");
        await Sale(Mobile.Phone("036"));
        await Pass(10.Minutes);
        var key = await Restaurant.Host.Services.GetRequiredService<IOperatorKeys>().Add("Parking");
        var platform = new Caller(Restaurant, TestKitchen.Done(key).Token);

        var reference = (await platform.Get("/operator/parked-payments?limit=1").Is(200, """{ "data": [{ "why": "LATE" }] }"""))["data.0.reference"];
        await platform.Post($"{Suspense}/{reference}/decide", Rest(100)).Is(403);
        await platform.Post($"/kitchens/{Guid.NewGuid()}/parked-payments/{reference}/decide", """{ "decision": "REFUND" }""").Is(404);
        await platform.Post($"{Suspense}/JX000000000000000000/decide", """{ "decision": "REFUND" }""").Is(404);
        await platform.Post($"{Suspense}/{reference}/decide", """{ "decision": "REFUND" }""").Is(200);
    }

    private static string Rest(long cash) =>
        $$"""{ "decision": "TAKE_REST", "payments": [{ "paymentMethod": "CASH", "amount": {{cash}} }] }""";

    private Task<Answer> Policy(string policy) => Kitchen.Manager.Patch(
        $"/kitchens/{Kitchen.Id}/settings", $$"""{ "settings": { "latePayments": "{{policy}}" } }""").Is(200);

    private async Task<Guid> Customer(string phone)
    {
        var customers = Restaurant.Host.Services.GetRequiredService<ICustomers>();
        return TestKitchen.Done(await customers.Add(Kitchen.Id, new NewCustomer("Mama Rehema", phone), null)).Customer.Id;
    }

    private async Task<Guid> Sale(string phone)
    {
        var sale = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        await Mobile.UntilQuiet();
        return sale.Id;
    }
}
