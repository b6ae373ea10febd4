using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>What a merchant's backend does with sessions.</summary>
public sealed class HostedSessions(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    [Fact(DisplayName = "I2, I7, I9, K4, K5, K8, P7, P8, P10, P15: every field of an opening comes back")]
    public async Task Every_field_comes_back()
    {
        var (_, store, shop) = await Shop();
        var session = await shop.Post(Sessions, $$"""
            {
              "amount": 50000, "currency": "TZS", "country": "TZ", "mode": "payment",
              "paymentMethodTypes": ["mobile_money", "card"],
              "successUrl": "https://shop.example/success?session_id={CHECKOUT_SESSION_ID}",
              "cancelUrl": "https://shop.example/cancel", "callbackUrl": "https://shop.example/hook",
              "customerEmail": "customer@example.com", "customerPhone": "0754 000 111",
              "externalReference": "order_123", "description": "Payment for order #123", "source": "web",
              "submitType": "book", "metadata": { "order_id": "order_123" }, "expiresIn": 3600, "storeId": "{{store}}",
              "shipping": {
                "name": "Asha", "phoneNumber": "+255754000111", "method": "Boda",
                "address": { "street": "Lumumba", "area": "Kariakoo", "city": "Dar es Salaam" }
              }
            }
            """).Is(201, $$"""
            {
              "id": "*", "object": "checkout_session", "status": "open", "paymentStatus": "requires_payment_method",
              "mode": "payment", "livemode": false, "storeId": "{{store}}", "currency": "TZS", "country": "TZ",
              "amountSubtotal": 50000, "amountTotal": 50000, "paymentMethodTypes": ["mobile_money", "card"],
              "chargeReference": "*", "clientReferenceId": "order_123", "externalReference": "order_123",
              "submitType": "book", "description": "Payment for order #123", "source": "web",
              "customerEmail": "customer@example.com", "customerPhone": "+255754000111",
              "successUrl": "https://shop.example/success?session_id={CHECKOUT_SESSION_ID}",
              "cancelUrl": "https://shop.example/cancel", "callbackUrl": "https://shop.example/hook",
              "metadata": { "order_id": "order_123" }, "shipping": { "address": { "city": "Dar es Salaam" } },
              "failureCode": null, "failureReason": null, "created": "{{Restaurant.In(TimeSpan.Zero)}}",
              "expiresAt": "{{Restaurant.In(TimeSpan.FromHours(1))}}"
            }
            """);
        Assert.Matches("^CR[0-9A-HJKMNP-TV-Z]{13}$", session["checkoutRef"]);
        Assert.Matches("^https?://.+/pay/[A-Za-z0-9_-]{43}$", session["url"]);
        Assert.Matches($"^cs_{session.Id:N}_secret_[A-Za-z0-9_-]{{22}}$", session["clientSecret"]);
        Assert.Equal($"/api/v1/checkout/sessions/{session.Id}", session.Header("Location"));
        Assert.Equal("no-store", session.Header("Cache-Control"));
        await shop.Get($"{Sessions}/{session.Id}").Is(200, session.Body);
    }

    [Fact(DisplayName = "P6, P8, P12: line items come to the total, and are shown when they are asked for")]
    public async Task Line_items_come_to_the_total()
    {
        var (_, _, shop) = await Shop();
        const string Lines = """
            "lineItems": [
              { "name": "Kanga", "unitAmount": 15000, "quantity": 2 }, { "name": "Kofia", "unitAmount": 8000, "quantity": 1 }
            ]
            """;
        const string Shown = """
            { "lineItems": [{ "name": "Kanga", "quantity": 2, "unitAmount": 15000, "amount": 30000 }, { "name": "Kofia" }] }
            """;
        var session = await shop.Post(Sessions, $$"""{ {{Lines}} }""")
            .Is(201, """{ "amountSubtotal": 38000, "amountTotal": 38000, "lineItems": null, "clientReferenceId": "*" }""");
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "lineItems": null }""");
        await shop.Get($"{Sessions}/{session.Id}?expand=lineItems").Is(200, Shown);
        await shop.Post(Sessions, $$"""{ {{Lines}}, "expand": ["lineItems"] }""").Is(201, Shown);
        Assert.Equal(session["checkoutRef"], session["clientReferenceId"]);
    }

    [Theory(DisplayName = "I7, I11, K14, P6: what cannot be is refused, with the place and the reason")]
    [InlineData("{}", "amount-required", "/amount")]
    [InlineData("""{ "amount": 5000, "currency": "XOF" }""", "currency-not-supported", "/currency")]
    [InlineData("""{ "amount": 5000, "country": "SN" }""", "country-not-supported", "/country")]
    [InlineData("""{ "amount": 5000, "mode": "setup" }""", "mode-not-supported", "/mode")]
    [InlineData("""{ "amount": 5000, "paymentMethodTypes": [] }""", "payment-method-not-allowed", "/paymentMethodTypes")]
    [InlineData("""{ "amount": 5000, "paymentMethodTypes": ["MPESA_STK"] }""", "word-not-known", "/paymentMethodTypes/0")]
    [InlineData("""{ "amount": 5000, "callbackUrl": "ftp://shop.example" }""", "url-invalid", "/callbackUrl")]
    [InlineData("""{ "amount": 5000, "paymentLinkV2Id": "0196a3c0-0000-7000-8000-000000000001" }""", "unknown-field", "/paymentLinkV2Id")]
    [InlineData("""{ "amount": 5000, "metadata": { "a":"1", "b":"1", "c":"1", "d":"1", "e":"1", "f":"1" } }""", "too-many-items", "/metadata")]
    public async Task What_cannot_be_is_refused(string body, string code, string pointer)
    {
        var (_, _, shop) = await Shop();
        await shop.Post(Sessions, body).Is(422, $$"""{ "code": "{{code}}", "errors": [{ "pointer": "{{pointer}}" }] }""");
    }

    [Fact]
    public async Task A_retry_finds_the_session_of_the_first_request()
    {
        var (_, _, shop) = await Shop();
        var keyed = shop.WithKey("order_123");
        var first = await keyed.Post(Sessions, """{ "amount": 5000, "metadata": { "a": "1" } }""").Is(201);
        var again = await keyed.Post(Sessions, """{ "metadata": { "a": "1" }, "amount": 5000 }""").Is(201, first.Body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        await keyed.Post(Sessions, """{ "amount": 6000 }""").Is(422, """{ "code": "idempotency-key-reused" }""");
        var (_, _, other) = await Shop();
        await other.WithKey("order_123").Post(Sessions, """{ "amount": 6000 }""").Is(201, """{ "amountTotal": 6000 }""");
    }

    [Fact(DisplayName = "I7 deferPaymentIntentCreation: the charge is made when the customer pays")]
    public async Task A_deferred_charge_is_made_when_the_customer_pays()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000, "deferPaymentIntentCreation": true }""")
            .Is(201, """{ "chargeReference": null, "paymentStatus": "requires_payment_method" }""");
        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "chargeReference": "*", "paymentStatus": "succeeded" }""");
    }

    [Fact(DisplayName = "P1, P2, P3: a list newest first, ten a page, with cursors both ways and filters")]
    public async Task A_list_goes_both_ways_and_is_filtered()
    {
        var (_, _, shop) = await Shop();
        var ids = new List<Guid>();
        for (var sale = 0; sale < 12; sale++)
        {
            ids.Insert(0, (await shop.Post(Sessions, $$"""{ "amount": {{sale + 1}}, "clientReferenceId": "order-{{sale}}" }""").Is(201)).Id);
            await Pass(1.Seconds);
        }

        var newest = await shop.Get(Sessions).Is(200, """{ "object": "list", "paging": { "hasMore": true } }""");
        Assert.Equal(ids[..10], IdsOf(newest));
        var older = await shop.Get($"{Sessions}?first=5&after={newest["paging.after"]}")
            .Is(200, """{ "paging": { "hasMore": false } }""");
        Assert.Equal(ids[10..], IdsOf(older));
        var newer = await shop.Get($"{Sessions}?last=3&before={older["paging.before"]}")
            .Is(200, """{ "paging": { "hasMore": true } }""");
        Assert.Equal(ids[7..10], IdsOf(newer));
        Assert.Equal(ids[..3], IdsOf(await shop.Get($"{Sessions}?limit=3").Is(200)));

        var ended = await shop.Post($"{Sessions}/{ids[4]}/expire").Is(200, """{ "status": "expired" }""");
        Assert.Equal([ended.Id], IdsOf(await shop.Get($"{Sessions}?status=expired").Is(200)));
        Assert.Equal(10, IdsOf(await shop.Get($"{Sessions}?status=open").Is(200)).Count);
        Assert.Empty(IdsOf(await shop.Get($"{Sessions}?status=complete").Is(200)));
        Assert.Equal([ids[0]], IdsOf(await shop.Get($"{Sessions}?clientReferenceId=order-11&currency=tzs").Is(200)));
        Assert.Equal([ids[0]], IdsOf(await shop.Get($"{Sessions}?externalReference=order-11").Is(200)));
        var since = (await shop.Get($"{Sessions}?limit=1").Is(200))["paging.before"];
        await shop.Get($"{Sessions}?before={since}").Is(200, $$"""
            { "data": [], "paging": { "hasMore": false, "before": "{{since}}" } }
            """);
        var today = DateOnly.FromDateTime(Restaurant.Clock.GetUtcNow().DateTime);
        Assert.Equal(10, IdsOf(await shop.Get($"{Sessions}?startDate={today:O}&endDate={today:O}").Is(200)).Count);
        Assert.Empty(IdsOf(await shop.Get($"{Sessions}?startDate={today.AddDays(1):O}").Is(200)));

        await shop.Get($"{Sessions}?limit=101").Is(422, """{ "code": "parameter-out-of-range" }""");
        await shop.Get($"{Sessions}?last=3").Is(422, """{ "code": "parameter-required" }""");
        await shop.Get($"{Sessions}?first=3&before={older["paging.before"]}").Is(422);
        await shop.Get($"{Sessions}?first=3&limit=3").Is(422);
        Assert.Empty(IdsOf(await shop.Get($"{Sessions}?currency=usd").Is(200)));
        await shop.Get($"{Sessions}?currency=xxx").Is(400, """{ "code": "invalid-type" }""");
        await shop.Get($"{Sessions}?status=OPEN").Is(400, """{ "code": "invalid-type" }""");
        var (_, _, other) = await Shop();
        await other.Get($"{Sessions}?after={newest["paging.after"]}").Is(400, """{ "code": "cursor-invalid" }""");
    }

    [Fact(DisplayName = "P5, P8 expires_at, P13: a session is open for a day, or until its shop ends it")]
    public async Task A_session_is_open_for_a_day_or_until_its_shop_ends_it()
    {
        var (_, _, shop) = await Shop();
        var session = await shop.Post(Sessions, """{ "amount": 5000 }""")
            .Is(201, $$"""{ "expiresAt": "{{Restaurant.In(TimeSpan.FromHours(24))}}" }""");
        var other = await shop.Post(Sessions, """{ "amount": 6000 }""").Is(201);
        await shop.Post($"{Sessions}/{other.Id}/expire").Is(200, """{ "status": "expired", "paymentStatus": "cancelled" }""");
        await shop.Post($"{Sessions}/{other.Id}/expire").Is(409, """{ "code": "session-not-pending" }""");
        await PayOnPage(other, Mobile.Phone("001")).Is(410, """{ "code": "checkout-expired" }""");

        await Pass(TimeSpan.FromHours(24));
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """{ "status": "expired", "paymentStatus": "cancelled" }""");
        await PayOnPage(session, Mobile.Phone("001")).Is(410);
        await Kitchen.BeginShift();
    }

    private static List<Guid> IdsOf(Answer list) =>
        [.. list.At("data").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
