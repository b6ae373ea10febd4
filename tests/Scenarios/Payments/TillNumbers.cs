using System.Text.Json;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Guests pay the kitchen's till number from the phone's menu, and the till tells.</summary>
public sealed class TillNumbers(TillRestaurant at) : TillScenario(at)
{
    private const string Anna = "+255754000771", Juma = "+255754000772";

    [Fact]
    public async Task The_notification_confirms_the_sale_once_however_often_it_comes()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var sale = await Sale(By(method)).Is(201, $$"""
            {
              "status": "PENDING_PAYMENT", "orderId": null,
              "payments": [{
                "status": "PENDING",
                "payTill": { "network": "VODACOM", "tillNumber": "{{till}}", "amount": 5000, "reference": "*" }
              }]
            }
            """);

        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna), "msg_once"));
        await Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""
            {
              "status": "CONFIRMED", "orderId": "*",
              "payments": [{
                "status": "PAID", "payTill": null, "attested": null,
                "push": { "status": "SUCCEEDED", "received": 5000, "receipts": [{ "receipt": "{{receipt}}", "amount": 5000 }] }
              }]
            }
            """);
        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna), "msg_once"));
        Assert.Equal(200, await At.Tell(Brought(till, receipt, 9000, Anna)));

        Assert.Equal(JsonValueKind.Undefined, (await Waiting(receipt)).ValueKind);
        Assert.Equal(1, await At.Restaurant.Database.Ask<long>(
            $"SELECT count(*) FROM jiko.ledger_transfer WHERE session_id = '{sale.Id}'"));
        await Manager.Get($"/checkout-sessions?receipt={receipt.ToLowerInvariant()}").Is(200, $$"""
            { "data": [{ "id": "{{sale.Id}}" }] }
            """);
    }

    [Fact]
    public async Task A_phone_that_was_set_up_anew_may_number_its_notifications_from_one_again()
    {
        var (method, till) = await Till();
        var (before, after) = (At.NextReceipt(), At.NextReceipt());
        Assert.Equal(200, await At.Tell(Brought("999999", before), "msg_1"));
        var sale = await Sale(By(method)).Is(201);

        Assert.Equal(200, await At.Tell(Brought(till, after, phone: Anna), "msg_1"));

        await MustBe(sale, "CONFIRMED");
        await Decide(await Waiting(before), """{ "decision": "CLOSE" }""");
    }

    [Fact]
    public async Task Who_cannot_prove_it_is_told_the_same_whatever_is_wrong()
    {
        var (method, till) = await Till();
        var sale = await Sale(By(method)).Is(201);
        var body = Brought(till, At.NextReceipt());
        var before = await Forged();

        Assert.Equal(401, await At.Tell(body, key: "somebody else's key, which is long enough"));
        Assert.Equal(401, await At.Tell(body, token: "fedcba9876543210fedcba9876543210"));
        Assert.Equal(401, await At.Tell(body, forwarder: "papa"));
        Assert.Equal(401, await At.Tell(body, age: 301.Seconds));
        Assert.Equal(401, await At.Tell(body, signedBody: Brought(till, At.NextReceipt())));

        await MustBe(sale, "PENDING_PAYMENT");
        // Names that nobody has are not counted: whoever invents them would fill the list.
        await At.Mobile.Pass(2.Minutes);
        Assert.Equal(before + 4, await Forged());
    }

    [Theory]
    [InlineData("""{ "network": "VODACOM", "tillNumber": "5551234", "amount": 5000 }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "SAFARICOM", "tillNumber": "5551234", "amount": 5000 }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": "5551234", "amount": "5000" }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": "5551234", "amount": 50.5 }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": "5551234", "amount": 0 }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": 5551234, "amount": 5000 }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": "5551234", "amount": 5, "currency": "KES" }""")]
    [InlineData("""{ "receipt": "9A12BC3DEF", "network": "VODACOM", "tillNumber": "5551234", "amount": 5, "paidAt": "noon" }""")]
    [InlineData("[]")]
    [InlineData("?")]
    public async Task A_notification_that_cannot_be_one_is_refused(string body) =>
        Assert.Equal(422, await At.Tell(body));

    [Fact]
    public async Task Of_two_equal_sales_without_a_phone_a_manager_chooses_once()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var one = await Sale(By(method)).Is(201);
        var other = await Sale(By(method)).Is(201);

        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna)));
        await MustBe(one, "PENDING_PAYMENT");
        var waiting = await Waiting(receipt);
        Assert.Equal("TILL_UNMATCHED", waiting.GetProperty("kind").GetString());
        Assert.Equal(
            new[] { Reference(one), Reference(other) }.Order(),
            // Those of this till come first.
            waiting.GetProperty("suggestions").EnumerateArray().Take(2)
                .Select(each => each.GetProperty("reference").GetString()).Order());

        await Cashier.Get(Exceptions).Is(403);
        await At.Restaurant.Neighbour.Manager.Post(
            $"/kitchens/{At.Restaurant.Neighbour.Id}/payment-exceptions/{waiting.GetProperty("id").GetString()}/resolve",
            """{ "decision": "CLOSE" }""").Is(404);
        (await Decide(waiting, """{ "decision": "ASSIGN", "reference": "JX000000000000000000" }"""))
            .Is(422, """{ "code": "payment-not-found" }""");
        var assign = $$"""{ "decision": "ASSIGN", "reference": "{{Reference(other)}}" }""";
        (await Decide(waiting, assign)).Is(200);
        (await Decide(waiting, assign)).Is(200);
        (await Decide(waiting, $$"""{ "decision": "ASSIGN", "reference": "{{Reference(one)}}" }"""))
            .Is(409, """{ "code": "payment-exception-resolved" }""");

        await MustBe(other, "CONFIRMED");
        // The same notification again fits nothing, now that one sale is left.
        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna)));
        await MustBe(one, "PENDING_PAYMENT");
    }

    [Fact]
    public async Task The_phone_that_pays_chooses_between_equal_sales()
    {
        var (method, till) = await Till();
        var unknown = await Sale(By(method)).Is(201);
        var annas = await Sale(By(method, phone: Anna)).Is(201);
        var jumas = await Sale(By(method, phone: Juma)).Is(201);

        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt(), phone: "0754 000 772")));
        await MustBe(jumas, "CONFIRMED");
        await MustBe(annas, "PENDING_PAYMENT");
        // A phone that nobody has named pays for the sale without one.
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt(), phone: "+255754000773")));
        await MustBe(unknown, "CONFIRMED");
        await MustBe(annas, "PENDING_PAYMENT");
        // Another phone than the one that was named is no proof for this sale.
        var strange = At.NextReceipt();
        Assert.Equal(200, await At.Tell(Brought(till, strange, phone: Juma)));
        await MustBe(annas, "PENDING_PAYMENT");
        Assert.Equal("TILL_UNMATCHED", (await Waiting(strange)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task What_the_guest_has_typed_chooses_whatever_the_amount()
    {
        var (method, till) = await Till();
        var one = await Sale(By(method)).Is(201);
        var other = await Sale(By(method)).Is(201);
        var typed = Reference(other).ToLowerInvariant().Insert(4, " ");

        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt(), 3000, Anna, typed)));
        await Cashier.Get($"/checkout-sessions/{other.Id}").Is(200, """
            { "status": "PENDING_PAYMENT", "payments": [{ "status": "UNDERPAID" }] }
            """);
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt(), 2000, Anna, typed)));
        await MustBe(other, "CONFIRMED");
        await MustBe(one, "PENDING_PAYMENT");
    }

    [Theory]
    [InlineData(4999)]
    [InlineData(5001)]
    [InlineData(50_000)]
    public async Task Another_amount_waits_for_a_manager(long amount)
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var sale = await Sale(By(method, phone: Anna)).Is(201);

        Assert.Equal(200, await At.Tell(Brought(till, receipt, amount, Anna)));
        await MustBe(sale, "PENDING_PAYMENT");
        var waiting = await Waiting(receipt);
        Assert.True(waiting.GetProperty("suggestions")[0].GetProperty("samePhone").GetBoolean());
        (await Decide(waiting, $$"""{ "decision": "ASSIGN", "reference": "{{Reference(sale)}}" }""")).Is(200);

        await MustBe(sale, amount < 5000 ? "PENDING_PAYMENT" : "CONFIRMED");
        if (amount < 5000) return;
        // What is too much cannot go back by itself: people pay it back, and say so.
        await At.Mobile.Pass(1.Seconds);
        var refund = (await Manager.Get($"{Exceptions}?limit=100").Is(200)).Json.GetProperty("data").EnumerateArray()
            .First(each => each.GetProperty("kind").GetString() == "REFUND_REFUSED"
                && each.GetProperty("sessionId").GetString() == $"{sale.Id}");
        Assert.Equal(amount - 5000, refund.GetProperty("amount").GetInt64());
        (await Decide(refund, """{ "decision": "PAID_BACK" }""")).Is(200);
        await Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""
            { "payments": [{ "push": { "received": {{amount}}, "refunded": {{amount - 5000}} } }] }
            """);
    }

    [Fact]
    public async Task What_came_before_the_sale_does_not_fit_it_and_can_be_given_back_once()
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna)));
        var waiting = await Waiting(receipt);
        await At.Mobile.Pass(3.Minutes);
        var sale = await Sale(By(method)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, receipt, phone: Anna)));
        await MustBe(sale, "PENDING_PAYMENT");

        (await Decide(waiting, """{ "decision": "PAID_BACK", "note": "Sent back from the till's phone" }""")).Is(200);
        (await Decide(waiting, $$"""{ "decision": "ASSIGN", "reference": "{{Reference(sale)}}" }""")).Is(409);
        await Cashier.Post($"/checkout-sessions/{sale.Id}/payments/{sale["payments.0.id"]}/attest", $$"""
            { "receipt": "{{receipt}}" }
            """).Is(409, """{ "code": "receipt-used" }""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_end_of_the_sale_it_waits_for_a_manager_and_goes_back_by_hand(bool cancelled)
    {
        var (method, till) = await Till();
        var receipt = At.NextReceipt();
        var sale = await Sale("""{ "paymentMethod": "CASH", "amount": 1000 }""", By(method, 4000)).Is(201);
        var reference = Reference(sale, 1);
        if (cancelled) await Cashier.Post($"/checkout-sessions/{sale.Id}/cancel").Is(200);
        else await At.Mobile.Pass(7.Minutes);
        await MustBe(sale, cancelled ? "CANCELLED" : "EXPIRED");
        await Cashier.Post($"/checkout-sessions/{sale.Id}/return-money").Is(200);

        Assert.Equal(200, await At.Tell(Brought(till, receipt, 4000, Anna)));
        var waiting = await Waiting(receipt);
        Assert.Equal("TILL_UNMATCHED", waiting.GetProperty("kind").GetString());
        (await Decide(waiting, $$"""{ "decision": "ASSIGN", "reference": "{{reference}}" }""")).Is(200);
        await At.Mobile.Pass(1.Seconds);

        await MustBe(sale, cancelled ? "CANCELLED" : "EXPIRED");
        Assert.Contains(
            (await Manager.Get($"{Exceptions}?limit=100").Is(200)).Json.GetProperty("data").EnumerateArray(),
            each => each.GetProperty("kind").GetString() == "REFUND_REFUSED"
                && each.GetProperty("sessionId").GetString() == $"{sale.Id}");
    }

    [Fact]
    public async Task Money_of_a_till_that_the_kitchen_does_not_know_is_not_lost()
    {
        var receipt = At.NextReceipt();
        Assert.Equal(200, await At.Tell(Brought("999999", receipt)));

        var waiting = await Waiting(receipt);
        Assert.Equal(("TILL_UNMATCHED", 5000), (
            waiting.GetProperty("kind").GetString(), waiting.GetProperty("amount").GetInt64()));
        (await Decide(waiting, """{ "decision": "CLOSE", "note": "The owner tried the phone" }""")).Is(200);
        Assert.Equal(JsonValueKind.Undefined, (await Waiting(receipt)).ValueKind);
    }

    [Fact]
    public async Task A_refund_of_the_order_waits_until_people_have_paid_it()
    {
        var (method, till) = await Till();
        var sale = await Sale(By(method)).Is(201);
        Assert.Equal(200, await At.Tell(Brought(till, At.NextReceipt(), phone: Anna)));
        var order = (await Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200))["orderId"];

        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 2000, "reason": "Cold" }""")
            .Is(201, """{ "amount": 2000, "status": "PENDING" }""");
        await At.Mobile.Pass(1.Seconds);
        var refund = (await Manager.Get($"{Exceptions}?limit=100").Is(200)).Json.GetProperty("data").EnumerateArray()
            .First(each => each.GetProperty("kind").GetString() == "REFUND_REFUSED"
                && each.GetProperty("sessionId").GetString() == $"{sale.Id}");
        Assert.Equal((2000, Anna), (refund.GetProperty("amount").GetInt64(), refund.GetProperty("phoneNumber").GetString()));
        (await Decide(refund, """{ "decision": "PAID_BACK" }""")).Is(200);
        await Cashier.Get($"/orders/{order}").Is(200, """{ "refunds": [{ "amount": 2000, "status": "SUCCEEDED" }] }""");
    }

    [Fact]
    public async Task The_kitchens_own_account_rings_the_phone()
    {
        var method = (await Manager.Post($"/kitchens/{Kitchen.Id}/payment-methods", """
            { "name": "Own account", "provider": "Simulator", "shape": "ACCOUNT", "account": "simulator" }
            """).Is(201, """{ "shape": "ACCOUNT", "account": "simulator" }""")).Id;
        var phone = At.Mobile.Phone("001");
        var sale = await Sale("""{ "paymentMethod": "CASH", "amount": 1000 }""", By(method, 4000, phone: phone))
            .Is(201, """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "HELD" }, { "push": { "status": "SENT" } }] }""");
        await Sale(By(method, phone: phone)).Is(409, """{ "code": "phone-busy" }""");

        await At.Mobile.UntilQuiet();
        await At.Mobile.Pass(1.Seconds);
        await MustBe(sale, "CONFIRMED");
        Assert.Equal(4000, At.Mobile.Spent(phone));

        var order = (await Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200))["orderId"];
        await Manager.Post($"/orders/{order}/refunds", """{ "amount": 4000, "reason": "Cold" }""").Is(201);
        await At.Mobile.Pass(2.Minutes);
        await At.Mobile.UntilQuiet();
        Assert.Equal(0, At.Mobile.Spent(phone));

        var declined = await Sale(By(method, phone: At.Mobile.Phone("011"))).Is(201);
        await At.Mobile.UntilQuiet();
        await At.Mobile.Pass(1.Seconds);
        await MustBe(declined, "FAILED");
    }

    [Theory]
    [InlineData("""{ "name": "A", "provider": "VODACOM", "shape": "TILL" }""", 422, "field-required")]
    [InlineData("""{ "name": "A", "provider": "SAFARICOM", "shape": "TILL", "tillNumber": "123" }""", 422, "network-unknown")]
    [InlineData("""{ "name": "A", "provider": "VODACOM", "shape": "TILL", "tillNumber": "12-3" }""", 422, "till-number-invalid")]
    [InlineData("""{ "name": "A", "provider": "X", "shape": "ACCOUNT" }""", 422, "field-required")]
    [InlineData("""{ "name": "A", "provider": "X", "shape": "ACCOUNT", "account": "nobody" }""", 422, "account-unknown")]
    [InlineData("""{ "name": "A", "provider": "X", "account": "simulator" }""", 422, "account-unknown")]
    [InlineData("""{ "name": "A", "provider": "X", "shape": "SMS" }""", 400, "invalid-type")]
    public async Task A_method_that_cannot_work_is_refused(string method, int status, string code) =>
        await Manager.Post($"/kitchens/{Kitchen.Id}/payment-methods", method).Is(status, $$"""{ "code": "{{code}}" }""");

    [Fact]
    public async Task A_till_number_stands_on_one_method_and_a_method_can_change_its_shape()
    {
        var (method, till) = await Till();
        await Manager.Post($"/kitchens/{Kitchen.Id}/payment-methods", $$"""
            { "name": "Again {{till}}", "provider": "M-Pesa", "shape": "TILL", "tillNumber": "{{till}}" }
            """).Is(409, """{ "code": "till-number-taken" }""");
        await Manager.Patch($"/kitchens/{Kitchen.Id}/payment-methods/{method}", """
            { "shape": "ATTESTED", "receiptRequired": true }
            """).Is(200, $$"""{ "shape": "ATTESTED", "tillNumber": "{{till}}", "receiptRequired": true }""");
        await Manager.Patch($"/kitchens/{Kitchen.Id}/payment-methods/{method}", """{ "shape": "ACCOUNT" }""")
            .Is(422, """{ "code": "field-required" }""");
        await Sale(By(method)).Is(422, """{ "code": "receipt-required" }""");
        await Sale(By(method, receipt: At.NextReceipt())).Is(201, """{ "status": "CONFIRMED" }""");
    }

    private Task<long> Forged() => At.Mobile.Restaurant.Database.Ask<long>(
        "SELECT coalesce(sum(count), 0)::bigint FROM jiko.forged_webhook");
}
