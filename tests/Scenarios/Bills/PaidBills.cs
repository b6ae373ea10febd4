using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Bills;

/// <summary>A table pays, in any split that staff can take at once.</summary>
public sealed class PaidBills(Restaurant restaurant) : BillScenario(restaurant)
{
    [Fact(DisplayName = "Tab — Pay Bill with Split")]
    public async Task Pay_bill_with_split()
    {
        var bill = await OpenBill("21", Pilau, Pilau);
        var round = await Round(bill, "21", Pilau).Is(201);

        var paid = await Till.Post($"/bills/{bill}/pay", """
            {
            "payments": [
            {
            "paymentMethod": "CARD",
            "amount": 10000
            },
            {
            "paymentMethod": "CASH",
            "amount": 5000
            }
            ]
            }
            """).Is(200, """
            {
              "status": "PAID", "total": 15000, "paid": 15000, "balance": 0,
              "payments": [{
                "status": "CONFIRMED", "amount": 15000,
                "payments": [
                  { "paymentMethod": "CARD", "amount": 10000, "status": "PAID" },
                  { "paymentMethod": "CASH", "amount": 5000, "status": "PAID" }
                ]
              }]
            }
            """);

        foreach (var order in paid.At("orderIds").EnumerateArray())
            await Till.Get($"/orders/{order.GetGuid()}").Is(200, """{ "paymentState": "PAID" }""");
        var payment = paid["payments.0.checkoutSessionId"];
        await Till.Get($"/checkout-sessions/{payment}").Is(200, $$"""
            { "status": "CONFIRMED", "billId": "{{bill}}", "total": 15000, "items": [], "orderId": null }
            """);
        var listed = await Till.Get("/checkout-sessions?tableNumber=21").Is(200);
        Assert.Equal(2, listed.At("data").GetArrayLength());
        await Till.Post($"/checkout-sessions/{round.Id}/cancel").Is(409, """{ "code": "session-not-pending" }""");
        await Till.Post($"/checkout-sessions/{payment}/cancel").Is(409, """{ "code": "session-not-pending" }""");
    }

    [Fact(DisplayName = "Kitchen wallet and kitchen channel pay a bill too")]
    public async Task Wallet_and_channel()
    {
        var guest = await Kitchen.Guest(4000);
        var bill = await OpenBill("22", Pilau);

        await Till.Post($"/bills/{bill}/pay", $$"""
            { "payments": [
              { "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 3000 },
              { "paymentMethod": "KITCHEN_CHANNEL", "kitchenPaymentMethodId": "{{Kitchen.LipaVoda}}", "amount": 2000 }
            ] }
            """).Is(200, """{ "status": "PAID" }""");
        Assert.Equal((1000, 0), await Kitchen.WalletOf(guest));
    }

    [Fact(DisplayName = "The amounts come to the balance, neither more nor less")]
    public async Task Total_mismatch()
    {
        var bill = await OpenBill("23", Pilau);

        foreach (var amount in new[] { 4999, 5001 })
        {
            await Till.Post($"/bills/{bill}/pay", Cash(amount)).Is(422, $$"""
                { "code": "payments-total-mismatch", "expectedTotal": 5000, "receivedTotal": {{amount}} }
                """);
        }

        await Till.Post($"/bills/{bill}/pay", """{ "payments": [] }""").Is(422, """{ "code": "payments-required" }""");
        await Till.Post($"/bills/{bill}/pay", Cash(0)).Is(422, """{ "code": "amount-out-of-range" }""");
        await Till.Post($"/bills/{bill}/pay", """
            { "payments": [{ "paymentMethod": "KITCHEN_WALLET", "amount": 5000 }] }
            """).Is(422, """{ "code": "kitchen-customer-required" }""");
        await Till.Get($"/bills/{bill}").Is(200, """{ "status": "OPEN", "version": 1, "payments": [] }""");
    }

    [Fact(DisplayName = "A wallet with too little pays nothing")]
    public async Task Wallet_too_small()
    {
        var guest = await Kitchen.Guest(4999);
        var bill = await OpenBill("24", Pilau);

        await Till.Post($"/bills/{bill}/pay", $$"""
            { "payments": [{ "paymentMethod": "KITCHEN_WALLET", "kitchenCustomerId": "{{guest}}", "amount": 5000 }] }
            """).Is(422, """{ "code": "insufficient-wallet-balance", "available": 4999 }""");
    }

    [Fact(DisplayName = "A paid bill takes neither rounds nor money")]
    public async Task Not_open()
    {
        var bill = await OpenBill("25", Pilau);
        await Till.Post($"/bills/{bill}/pay", Cash(5000)).Is(200);

        await Round(bill, "25", Chai).Is(409, """{ "code": "bill-not-open", "billStatus": "PAID" }""");
        await Till.Post($"/bills/{bill}/pay", Cash(5000)).Is(409, """{ "code": "bill-not-open" }""");
    }

    [Fact(DisplayName = "A payment that is sent twice is one payment")]
    public async Task Sent_twice()
    {
        var bill = await OpenBill("26", Pilau);
        var till = Till.WithKey($"pay-{bill}");

        var first = await till.Post($"/bills/{bill}/pay", Cash(5000)).Is(200);
        var again = await till.Post($"/bills/{bill}/pay", Cash(5000)).Is(200);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await till.Post($"/bills/{bill}/pay", Cash(4000)).Is(422, """{ "code": "idempotency-key-reused" }""");
    }

    [Fact(DisplayName = "Of two payments at once, on two hosts, one settles the bill")]
    public async Task At_once()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 5; turn++)
        {
            var bill = await OpenBill("27", Pilau);
            var answers = await Task.WhenAll(
                Till.Post($"/bills/{bill}/pay", Cash(5000)),
                Kitchen.SecondCashier.At(branch).Post($"/bills/{bill}/pay", Cash(5000)));

            Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
            await Till.Get($"/bills/{bill}").Is(200, """{ "status": "PAID", "paid": 5000 }""");
        }
    }

    [Fact(DisplayName = "A round and a payment at once never leave a dish that nobody has to pay")]
    public async Task Round_against_payment()
    {
        var branch = await Restaurant.OpenBranch();
        for (var turn = 0; turn < 5; turn++)
        {
            var bill = await OpenBill("28", Pilau);
            var answers = await Task.WhenAll(
                Till.Post($"/bills/{bill}/pay", Cash(5000)),
                Kitchen.SecondCashier.At(branch).Post("/checkout-sessions", Tab("28", bill, Chai)));

            var roundCame = answers[1].Status == 201;
            answers[0].Is(roundCame ? 422 : 200);
            await Till.Get($"/bills/{bill}").Is(200, roundCame
                ? """{ "status": "OPEN", "balance": 6000 }"""
                : """{ "status": "PAID", "balance": 0 }""");
        }
    }

    [Fact(DisplayName = "Where the kitchen allows it a bill is paid bit by bit, and never too much")]
    public async Task In_parts()
    {
        await AllowParts(true);
        try
        {
            var bill = await OpenBill("29", Pilau);
            await Till.Post($"/bills/{bill}/pay", Cash(2000)).Is(200, """{ "status": "OPEN", "paid": 2000, "balance": 3000 }""");
            await Round(bill, "29", Chai).Is(201);
            await Till.Post($"/bills/{bill}/pay", Cash(4001)).Is(422, """{ "expectedTotal": 4000 }""");
            await Till.Post($"/bills/{bill}/pay", Cash(4000)).Is(200, """{ "status": "PAID", "paid": 6000 }""");
        }
        finally
        {
            await AllowParts(false);
        }
    }

    private Task<Answer> AllowParts(bool allow) => Kitchen.Manager.Patch(
        $"/kitchens/{Kitchen.Id}/settings",
        $$"""{ "settings": { "allowPartPayments": {{(allow ? "true" : "false")}} } }""")
        .Is(200, $$"""{ "settings": { "allowPartPayments": {{(allow ? "true" : "false")}} } }""");
}
