using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Money that cannot go back to the phone it came from: people choose another way, once.</summary>
public sealed class RefusedRefunds(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task Cash_comes_out_of_an_open_drawer_which_then_should_hold_less()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with a drawer");
        var phone = Mobile.Phone("051");
        var refused = await RefusedRefund.Of(Mobile, at, phone);
        var shift = (await at.Cashier.Post("/shifts", """{ "float": 1999 }""").Is(201)).Id;
        var cash = $$"""{ "decision": "CASH", "shiftId": "{{shift}}" }""";

        await at.Cashier.Post(refused.Resolve, cash).Is(403);
        await Kitchen.Manager.Post(refused.Resolve, cash).Is(404);
        await at.Manager.Post(refused.Resolve, """{ "decision": "CASH" }""").Is(422, """{ "code": "field-required" }""");
        await at.Manager.Post(refused.Resolve, """{ "decision": "CLOSE" }""")
            .Is(422, """{ "code": "decision-not-allowed" }""");
        await at.Manager.Post(refused.Resolve, $$"""{ "decision": "CASH", "shiftId": "{{Guid.NewGuid()}}" }""")
            .Is(409, """{ "code": "shift-not-open" }""");
        await at.Manager.Post(refused.Resolve, cash).Is(409, """{ "code": "drawer-holds-less" }""");
        await (await Restaurant.Operator()).Post($"/operator/payment-exceptions/{refused.Id}/resolve", cash)
            .Is(409, """{ "code": "manager-required" }""");
        await at.Cashier.Post($"/shifts/{shift}/pay-ins", """{ "amount": 1, "reason": "Change" }""").Is(201);

        await at.Manager.Post(refused.Resolve, cash).Is(200);
        await at.Manager.Post(refused.Resolve, cash).Is(200);
        await at.Manager.Get($"/orders/{refused.Order}").Is(200, """
            {
              "refunds": [{
                "status": "SUCCEEDED", "amount": 2000,
                "payments": [{ "paymentMethod": "MOBILE_MONEY", "status": "SUCCEEDED", "paidBackBy": "CASH" }]
              }]
            }
            """);
        await at.Manager.Post(refused.Resolve, """{ "decision": "PAID_BACK" }""").Is(409, """
            { "code": "payment-exception-resolved", "decision": "CASH", "decidedById": "*", "decidedAt": "*" }
            """);
        await at.Cashier.Post($"/shifts/{shift}/close", """{ "counted": 0 }""")
            .Is(200, """{ "expectedCash": 0, "difference": 0 }""");
        await Pass(3.Hours);
        Assert.Equal(5000, Mobile.Spent(phone));
        Assert.Equal(0, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.payment_refund WHERE reference = '{refused.Reference}' AND next_try_at IS NOT NULL
            """));
    }

    [Fact]
    public async Task Another_phone_gets_it_once_and_the_first_is_not_tried_again()
    {
        var refused = await RefusedRefund.Of(Mobile, Kitchen, Mobile.Phone("051"));
        var other = Mobile.Phone("000");

        await Kitchen.Manager.Post(refused.Resolve, """{ "decision": "ANOTHER_PHONE" }""")
            .Is(422, """{ "code": "field-required" }""");
        await Kitchen.Manager.Post(refused.Resolve, """{ "decision": "ANOTHER_PHONE", "phoneNumber": "+254712345678" }""")
            .Is(422, """{ "code": "phone-invalid" }""");
        await Kitchen.Manager.Post(
            refused.Resolve, $$"""{ "decision": "ANOTHER_PHONE", "phoneNumber": "{{other}}" }""").Is(200);
        await Mobile.UntilQuiet();

        await Kitchen.Manager.Get($"/orders/{refused.Order}").Is(200, $$"""
            {
              "refunds": [{
                "status": "SUCCEEDED",
                "payments": [{ "paidBackBy": "ANOTHER_PHONE", "reference": "T2{{refused.Reference[2..]}}" }]
              }]
            }
            """);
        await Pass(3.Hours);
        Assert.Equal(-2000, Mobile.Spent(other));
    }

    [Fact]
    public async Task When_that_phone_refuses_it_too_it_waits_again()
    {
        var refused = await RefusedRefund.Of(Mobile, Kitchen, Mobile.Phone("051"));
        await Kitchen.Manager.Post(
            refused.Resolve, $$"""{ "decision": "ANOTHER_PHONE", "phoneNumber": "{{Mobile.Phone("051")}}" }""").Is(200);

        var again = await RefusedRefund.Waiting(Mobile, Kitchen, $"T2{refused.Reference[2..]}", refused.Order);
        await Kitchen.Manager.Post(again.Resolve, """{ "decision": "PAID_BACK" }""").Is(200);

        await Kitchen.Manager.Get($"/orders/{refused.Order}").Is(200, """
            { "refunds": [{ "status": "SUCCEEDED", "payments": [{ "paidBackBy": "DASHBOARD" }] }] }
            """);
        // What a person did in the dashboard.
        Assert.NotNull(Mobile.Aggregator.PayOut("by hand", Mobile.Phone("000"), 2000));
    }

    [Fact]
    public async Task A_customer_with_a_balance_gets_it_there()
    {
        var phone = Mobile.Phone("051");
        var refused = await RefusedRefund.Of(Mobile, Kitchen, phone);

        await Kitchen.Manager.Post(refused.Resolve, """{ "decision": "BALANCE" }""")
            .Is(422, """{ "code": "kitchen-customer-not-found" }""");
        var customer = await Kitchen.Manager.Post(
            $"/kitchens/{Kitchen.Id}/customers", $$"""{ "name": "Asha", "phone": "{{phone}}" }""").Is(201);
        await Kitchen.Manager.Post(refused.Resolve, """{ "decision": "BALANCE" }""").Is(200);

        Assert.Equal(2000, await Restaurant.Database.Ask<long>(
            $"SELECT available FROM jiko.wallet WHERE owner = '{customer.Id}'"));
        await Kitchen.Manager.Get($"/orders/{refused.Order}").Is(200, """
            { "refunds": [{ "status": "SUCCEEDED", "payments": [{ "paidBackBy": "BALANCE" }] }] }
            """);
    }

    [Fact]
    public async Task Two_who_decide_at_once_give_it_back_once()
    {
        var at = await TestKitchen.Open(Restaurant, "A kitchen with two who decide");
        var phone = Mobile.Phone("051");
        var refused = await RefusedRefund.Of(Mobile, at, phone);
        var shift = (await at.Cashier.Post("/shifts", """{ "float": 9000 }""").Is(201)).Id;
        await at.Manager.Post(
            $"/kitchens/{at.Id}/customers", $$"""{ "name": "Asha", "phone": "{{phone}}" }""").Is(201);
        var platform = await Restaurant.Operator();

        var answers = await Task.WhenAll(
            at.Manager.Post(refused.Resolve, $$"""{ "decision": "CASH", "shiftId": "{{shift}}" }"""),
            platform.Post($"/operator/payment-exceptions/{refused.Id}/resolve", """{ "decision": "BALANCE" }"""));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        answers.First(answer => answer.Status == 409).Is(409, """
            { "code": "payment-exception-resolved", "decision": "*", "decidedById": "*" }
            """);
        Assert.Equal(1, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.ledger_transfer t JOIN jiko.payment_refund r ON r.session_id = t.session_id
            WHERE r.reference = '{refused.Reference}' AND t.step = 'REFUND'
            """));
    }

    [Fact]
    public async Task A_decision_whose_note_was_lost_is_made_again_and_counts_once()
    {
        var refused = await RefusedRefund.Of(Mobile, Kitchen, Mobile.Phone("051"));
        var shift = await RefusedRefund.ShiftAt(Kitchen);
        var cash = $$"""{ "decision": "CASH", "shiftId": "{{shift}}" }""";
        await Kitchen.Manager.Post(refused.Resolve, cash).Is(200);
        // The process died after the session's commit.
        await Restaurant.Database.Run($"""
            UPDATE jiko.payment_exception SET decision = NULL, decided_at = NULL, decided_by = NULL, decided_shift = NULL
            WHERE id = '{refused.Id}'
            """);

        Assert.DoesNotContain(
            refused.Reference, (await Kitchen.Manager.Get($"/kitchens/{Kitchen.Id}/payment-exceptions").Is(200)).Body,
            StringComparison.Ordinal);
        await (await Restaurant.Operator()).Post(
            $"/operator/payment-exceptions/{refused.Id}/resolve", """{ "decision": "PAID_BACK" }""")
            .Is(409, """{ "code": "payment-exception-resolved", "decision": "CASH" }""");
        await Kitchen.Manager.Post(refused.Resolve, cash).Is(200);
        Assert.Equal(1, await Restaurant.Database.Ask<long>($"""
            SELECT count(*) FROM jiko.payment_exception WHERE id = '{refused.Id}' AND decision = 'CASH'
            """));
    }
}

/// <summary>A refund that the aggregator pays after it had refused it, and after the guest got cash.</summary>
public sealed class LateRefunds : IAsyncLifetime
{
    private readonly MobileRestaurant mobile = new();

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public ValueTask DisposeAsync() => mobile.DisposeAsync();

    [Fact]
    public async Task It_is_a_conflict_that_people_see()
    {
        var (phone, at) = (mobile.Phone("051"), mobile.Restaurant.Kitchen);
        var refused = await RefusedRefund.Of(mobile, at, phone);
        var shift = await RefusedRefund.ShiftAt(at);
        await at.Manager.Post(refused.Resolve, $$"""{ "decision": "CASH", "shiftId": "{{shift}}" }""").Is(200);

        Assert.True(mobile.Aggregator.PayRefused(phone));
        await mobile.Pass(2.Minutes);

        var list = await at.Manager.Get($"/kitchens/{at.Id}/payment-exceptions").Is(200);
        list.Holds($$"""
            { "kind": "REFUND_PAID_TWICE", "reference": "{{refused.Reference}}", "amount": 2000, "phoneNumber": "{{phone}}" }
            """);
        // The books do not believe it by themselves: a person decides what is to be done.
        await mobile.Restaurant.MustBalance();
    }
}

/// <summary>A refund that waits for a person.</summary>
internal sealed record RefusedRefund(string Id, string Order, string Reference, string Resolve)
{
    /// <summary>5000 were paid, 2000 are to go back, and seven tries were refused.</summary>
    public static async Task<RefusedRefund> Of(MobileRestaurant mobile, TestKitchen at, string phone)
    {
        // Hours pass in these tests, in any order: staff may have to sign in again.
        await at.BeginShift();
        var sale = await at.Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{at.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
        var order = (await at.Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }"""))["orderId"];
        var refund = await at.Manager.Post($"/orders/{order}/refunds", """{ "amount": 2000, "reason": "Cold" }""").Is(201);
        return await Waiting(mobile, at, refund["payments.0.reference"], order);
    }

    public static async Task<RefusedRefund> Waiting(
        MobileRestaurant mobile, TestKitchen at, string reference, string order)
    {
        for (var time = 1; time <= 7; time++) await mobile.Pass(6.Minutes);
        var list = await at.Manager.Get($"/kitchens/{at.Id}/payment-exceptions").Is(200);
        var item = list.Json.GetProperty("data").EnumerateArray()
            .First(each => each.GetProperty("reference").GetString() == reference);
        Assert.Equal("REFUND_REFUSED", item.GetProperty("kind").GetString());
        var id = item.GetProperty("id").GetString()!;
        return new RefusedRefund(id, order, reference, $"/kitchens/{at.Id}/payment-exceptions/{id}/resolve");
    }

    /// <summary>The open shift at the cashier's till, with enough in its drawer.</summary>
    public static async Task<Guid> ShiftAt(TestKitchen at)
    {
        var open = await at.Cashier.Get("/shifts?status=OPEN").Is(200);
        foreach (var shift in open.Json.GetProperty("data").EnumerateArray())
        {
            if (shift.GetProperty("kind").GetString() == "REGULAR") return shift.GetProperty("id").GetGuid();
        }

        return (await at.Cashier.Post("/shifts", """{ "float": 50000 }""").Is(201)).Id;
    }
}
