using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Customers on the hosted page, from its address to the money on the merchant's books.</summary>
public sealed class PaidOnThePage(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    private static readonly string NotFound = """{ "code": "not-found" }""";

    [Fact(DisplayName = "I4, I5, I8, I10, K7, K12, P4, P9: a customer pays by phone, and the signed webhook completes the session")]
    public async Task A_customer_pays_by_phone()
    {
        var (_, store, shop) = await Shop();
        var session = await shop.Post(Sessions, """
            {
              "lineItems": [{ "name": "Kanga", "unitAmount": 15000, "quantity": 2 }],
              "successUrl": "https://shop.example/success?session_id={CHECKOUT_SESSION_ID}",
              "cancelUrl": "https://shop.example/cancel", "metadata": { "margin": "secret" }
            }
            """).Is(201);
        var page = PageOf(session);
        var shown = await Restaurant.Stranger.Get(page).Is(200, $$"""
            {
              "object": "checkout_page", "sessionId": "{{session.Id}}", "checkoutRef": "{{session["checkoutRef"]}}",
              "status": "open", "paymentStatus": "requires_payment_method", "storeName": "Duka la Asha",
              "amountTotal": 30000, "currency": "TZS", "lineItems": [{ "name": "Kanga", "amount": 30000 }],
              "paymentMethodTypes": ["mobile_money", "card"], "nextAction": null, "cancelUrl": "https://shop.example/cancel", "successUrl": null
            }
            """);
        Assert.DoesNotContain("secret", shown.Body, StringComparison.Ordinal);

        var phone = Mobile.Phone("001");
        await Restaurant.Stranger.Post($"{page}/pay", $$"""
            {
              "sessionId": "{{session.Id}}", "returnUrl": "https://shop.example/back",
              "paymentMethod": {
                "type": "mobile_money",
                "mobileMoney": {
                  "country": "TZ", "operator": "VODACOM", "phoneNumber": "{{phone}}", "preferredFlow": "ussd_push"
                }
              },
              "collected": {
                "amount": 30000, "customerDetails": { "name": "Juma", "email": "juma@example.com" },
                "customFields": { "gift": "yes" }
              }
            }
            """).Is(202, """{ "status": "open", "paymentStatus": "pending" }""");
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "open", "paymentStatus": "pending" }""");

        await Pay();

        await shop.Get($"{Sessions}/{session.Id}").Is(200, $$"""
            {
              "status": "complete", "paymentStatus": "succeeded", "completedAt": "*", "failureCode": null,
              "chargeReference": "{{session["chargeReference"]}}",
              "paidBy": {
                "type": "mobile_money", "operator": "VODACOM", "phoneNumber": "{{phone}}", "providerReference": "*"
              },
              "collected": { "name": "Juma", "email": "juma@example.com", "customFields": { "gift": "yes" } }
            }
            """);
        await Restaurant.Stranger.Get(page).Is(200, $$"""
            { "status": "complete", "successUrl": "https://shop.example/success?session_id={{session.Id}}" }
            """);
        await PayOnPage(session, Mobile.Phone("001")).Is(409, """{ "code": "already-confirmed" }""");
        Assert.Equal(30_000, Mobile.Spent(phone));
        await (await Restaurant.Operator()).Get($"/operator/kitchens/{store}/trial-balance")
            .Holds("""{ "account": "SALES", "balance": -30000 }""");
        await shop.Post($"{Sessions}/{session.Id}/expire").Is(409, """{ "code": "session-not-pending" }""");
    }

    [Fact(DisplayName = "P9 failed, P14: after a no the session is open, says why, and is paid at the second try")]
    public async Task After_a_no_the_customer_tries_again()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await PayOnPage(session, Mobile.Phone("013")).Is(202);
        await PayOnPage(session, Mobile.Phone("001")).Is(409, """{ "code": "payment-in-progress" }""");
        await Pay();
        const string Failed = """
            { "status": "open", "paymentStatus": "failed", "failureCode": "payment_declined", "failureReason": "Wrong PIN" }
            """;
        await shop.Get($"{Sessions}/{session.Id}").Is(200, Failed);
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, Failed);

        await PayOnPage(session, Mobile.Phone("001")).Is(202, """{ "paymentStatus": "pending", "failureCode": null }""");
        await Pay();
        await shop.Get($"{Sessions}/{session.Id}")
            .Is(200, """{ "status": "complete", "paymentStatus": "succeeded", "failureReason": null }""");
    }

    [Fact]
    public async Task The_phone_that_the_shop_named_is_rung_where_the_customer_names_none()
    {
        var (_, _, shop) = await Shop();
        var phone = Mobile.Phone("001");
        var session = await shop.Post(Sessions, $$"""{ "amount": 5000, "customerPhone": "{{phone}}" }""").Is(201);
        var page = await Restaurant.Stranger.Get(PageOf(session)).Is(200, """{ "customerPhone": "*" }""");
        Assert.DoesNotContain(phone, page.Body, StringComparison.Ordinal);

        await Restaurant.Stranger.Post($"{PageOf(session)}/pay", """{ "paymentMethod": { "type": "mobile_money" } }""").Is(202);
        await Pay();
        Assert.Equal(5000, Mobile.Spent(phone));

        var nameless = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        await Restaurant.Stranger.Post($"{PageOf(nameless)}/pay", """{ "paymentMethod": { "type": "mobile_money" } }""")
            .Is(422, """{ "code": "customer-phone-required" }""");
        var phonesOnly = await shop.Post(
            Sessions, """{ "amount": 5000, "paymentMethodTypes": ["mobile_money"] }""").Is(201);
        await Restaurant.Stranger.Post($"{PageOf(phonesOnly)}/pay", """{ "paymentMethod": { "type": "card" } }""")
            .Is(422, """{ "code": "payment-method-not-allowed" }""");
    }

    [Fact(DisplayName = "I5: the page is public, and only its address opens it")]
    public async Task Only_the_address_opens_the_page()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var other = await shop.Post(Sessions, """{ "amount": 6000 }""").Is(201);
        var token = PageOf(session)["//api/checkout/".Length..];
        var secretOfOther = PageOf(other)["//api/checkout/".Length..][^20..];
        foreach (var guess in (string[])[$"{session.Id}", token[..^1], token[..^20] + secretOfOther, "x"])
        {
            await Restaurant.Stranger.Get($"//api/checkout/{guess}").Is(404, NotFound);
            await Restaurant.Stranger.Post($"//api/checkout/{guess}/pay", """
                { "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "+255754000001" } } }
                """).Is(404, NotFound);
        }

        await Restaurant.Stranger.Post($"{PageOf(session)}/pay", $$"""
            { "sessionId": "{{other.Id}}", "paymentMethod": { "type": "mobile_money" } }
            """).Is(404, NotFound);
    }

    [Fact]
    public async Task A_payment_sent_twice_with_one_key_rings_once()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var phone = Mobile.Phone("001");
        var body = $$"""{ "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{phone}}" } } }""";
        var customer = Restaurant.Stranger.WithKey("try-1");
        var first = await customer.Post($"{PageOf(session)}/pay", body).Is(202);
        var again = await customer.Post($"{PageOf(session)}/pay", body).Is(202, first.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await Pay();
        Assert.Single(Mobile.Entries(phone));
    }

    [Fact(DisplayName = "P13: a session that a phone has paid is not ended")]
    public async Task What_is_paid_is_not_ended()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        // This customer pays, and no callback ever tells.
        await PayOnPage(session, Mobile.Phone("037")).Is(202);
        await Mobile.UntilQuiet();
        Restaurant.Clock.Advance(2.Seconds);
        await Mobile.Aggregator.CatchUp();
        await shop.Post($"{Sessions}/{session.Id}/expire").Is(409, """{ "code": "already-confirmed" }""");
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "complete" }""");
    }

    [Fact]
    public async Task A_page_does_not_ring_a_strangers_phone_all_day()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""").Is(201);
        var phone = Mobile.Phone("012");
        for (var time = 0; time < 5; time++)
        {
            await PayOnPage(session, phone).Is(202);
            await Pay();
        }

        await PayOnPage(session, phone).Is(429, """{ "code": "phone-asked-too-often" }""");
    }

    [Fact]
    public async Task The_shops_kitchen_sees_what_it_was_paid_in_its_lists_and_its_report()
    {
        var platform = await Restaurant.Operator();
        var merchant = await platform.Post("/operator/merchants", $$"""
            { "name": "Mama Fatuma Online", "storeIds": ["{{Kitchen.Id}}"] }
            """).Is(201);
        var key = await platform.Post($"/operator/merchants/{merchant.Id}/keys", """{ "name": "Web" }""").Is(201);
        var session = await new Caller(Restaurant, key["token"]).Post(Sessions, """{ "amount": 7000 }""").Is(201);
        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();

        await Till.Get($"/checkout-sessions/{session.Id}").Is(200, """
            { "channel": "HOSTED", "status": "CONFIRMED", "total": 7000, "items": [], "orderId": null }
            """);
        await Kitchen.Manager.Get("/checkout-sessions?channel=HOSTED").Holds($$"""{ "id": "{{session.Id}}" }""");
        var report = await Kitchen.Manager.Get($"/kitchens/{Kitchen.Id}/sales-report").Is(200);
        Assert.Contains("HOSTED", report.Body, StringComparison.Ordinal);
        await Kitchen.Cook.Get($"/kitchens/{Kitchen.Id}/tickets").Is(200, """{ "data": [] }""");
    }
}
