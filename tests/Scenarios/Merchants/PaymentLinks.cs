using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Payment links: what their merchant makes, and what their visitors do.</summary>
public sealed class PaymentLinks(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    private const string Links = "/payment-links";

    [Fact(DisplayName = "I7 paymentLinkId, I8 collected: each visitor of a link gets a session of their own, and answers what it asks")]
    public async Task Each_visitor_gets_a_session()
    {
        var (_, store, shop) = await Shop();
        var link = await shop.Post(Links, """
            {
              "lineItems": [
                { "name": "Ticket", "unitAmount": 10000, "quantity": 1, "minQuantity": 1, "maxQuantity": 4 },
                { "name": "Fee", "unitAmount": 500, "quantity": 1 }
              ],
              "description": "Sunday's concert", "submitType": "book", "successMessage": "See you on Sunday",
              "metadata": { "event": "e-1" }, "collectName": true,
              "customFields": [
                { "key": "size", "label": "Shirt size", "type": "dropdown", "required": true, "options": ["S", "M"] },
                { "key": "age", "label": "Age", "type": "number" }
              ]
            }
            """).Is(201, $$"""
            {
              "object": "payment_link", "status": "open", "active": true, "livemode": false, "storeId": "{{store}}",
              "currency": "TZS", "submitType": "book", "completedPayments": 0, "openSessions": 0,
              "sessionExpiresIn": 1800
            }
            """);
        Assert.Matches("^https?://.+/links/[A-Za-z0-9_-]{43}$", link["url"]);
        Assert.Equal($"/api/v1/payment-links/{link.Id}", link.Header("Location"));
        var shown = await Restaurant.Stranger.Get(PageOfLink(link)).Is(200, """
            {
              "object": "payment_link_page", "status": "open", "storeName": "Duka la Asha", "currency": "TZS",
              "lineItems": [{ "name": "Ticket", "minQuantity": 1, "maxQuantity": 4 }, { "name": "Fee", "minQuantity": null }],
              "asks": {
                "name": true, "phoneNumber": false,
                "customFields": [{ "key": "size", "required": true, "options": ["S", "M"] }, { "key": "age" }]
              }
            }
            """);
        Assert.DoesNotContain("e-1", shown.Body, StringComparison.Ordinal);

        await Visit(link, """{ "quantities": [5, 1], "customFields": { "size": "XL", "shoe": "43" } }""").Is(422, """
            {
              "code": "quantity-out-of-range",
              "errors": [
                { "pointer": "/quantities/0" }, { "pointer": "/customerDetails/name", "code": "field-required" },
                { "pointer": "/customFields/size", "code": "word-not-known" },
                { "pointer": "/customFields/shoe", "code": "unknown-field" }
              ]
            }
            """);
        const string Answers = """
            { "quantities": [3, 1], "customerDetails": { "name": "Juma" }, "customFields": { "size": "M", "age": "31" } }
            """;
        var first = await Visit(link, Answers).Is(201, """
            { "object": "payment_link_session", "amountTotal": 30500, "currency": "TZS" }
            """);
        await Pass(1.Seconds);
        var second = await Visit(link, Answers).Is(201);
        Assert.NotEqual(first["sessionId"], second["sessionId"]);

        await PayOnPage(first, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{first["sessionId"]}?expand=lineItems").Is(200, $$"""
            {
              "status": "complete", "paymentLinkId": "{{link.Id}}", "metadata": { "event": "e-1" },
              "submitType": "book", "description": "Sunday's concert",
              "lineItems": [{ "name": "Ticket", "quantity": 3 }, { "name": "Fee", "quantity": 1 }],
              "collected": { "name": "Juma", "customFields": { "size": "M", "age": "31" } }
            }
            """);
        await Restaurant.Stranger.Get(PageOf(first)).Is(200, """{ "successMessage": "See you on Sunday", "asks": null }""");
        await shop.Get($"{Links}/{link.Id}").Is(200, """{ "completedPayments": 1, "openSessions": 1 }""");
        await shop.Post(Sessions, """{ "amount": 100 }""").Is(201);
        await shop.Get($"{Sessions}?paymentLinkId={link.Id}").Is(200, $$"""
            { "data": [{ "id": "{{second["sessionId"]}}" }, { "id": "{{first["sessionId"]}}" }] }
            """);
    }

    [Fact]
    public async Task A_visitor_chooses_the_amount_within_its_limits()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """
            { "openAmount": { "min": 1000, "max": 50000, "preset": 5000 }, "submitType": "donate" }
            """).Is(201, """{ "openAmount": { "min": 1000, "max": 50000, "preset": 5000 } }""");
        await Visit(link, "{}").Is(422, """{ "code": "amount-required" }""");
        await Visit(link, """{ "amount": 999 }""").Is(422, """{ "code": "amount-out-of-range" }""");
        await Visit(link, """{ "amount": 50001 }""").Is(422, """{ "code": "amount-out-of-range" }""");
        var session = await Visit(link, """{ "amount": 1000 }""").Is(201, """{ "amountTotal": 1000 }""");
        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session["sessionId"]}").Is(200, """{ "status": "complete", "amountTotal": 1000 }""");
    }

    [Fact]
    public async Task No_more_are_paid_than_may_and_a_place_that_is_not_paid_is_free_again()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """{ "amount": 5000, "maxPayments": 3 }""").Is(201);
        var visits = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Visit(link, "{}")));
        Assert.Equal(3, visits.Count(visit => visit.Status == 201));
        Assert.All(visits.Where(visit => visit.Status != 201), visit => visit.Is(409, """{ "code": "payment-link-full" }"""));
        await shop.Get($"{Links}/{link.Id}").Is(200, """{ "status": "full", "openSessions": 3 }""");
        await Restaurant.Stranger.Get(PageOfLink(link)).Is(200, """{ "status": "full" }""");

        var open = visits.Where(visit => visit.Status == 201).ToList();
        foreach (var session in open.Take(2))
        {
            await PayOnPage(session, Mobile.Phone("001")).Is(202);
            await Pay();
        }

        await shop.Post($"{Sessions}/{open[2]["sessionId"]}/expire").Is(200);
        await shop.Get($"{Links}/{link.Id}").Is(200, """{ "status": "open", "completedPayments": 2, "openSessions": 0 }""");
        var last = await Visit(link, "{}").Is(201);
        await PayOnPage(last, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Links}/{link.Id}").Is(200, """{ "status": "complete", "completedPayments": 3 }""");
        await Visit(link, "{}").Is(410, """{ "code": "payment-link-closed" }""");
    }

    [Fact]
    public async Task A_session_that_nobody_pays_gives_its_place_back_by_itself()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """{ "amount": 5000, "maxPayments": 1, "sessionExpiresIn": 60 }""").Is(201);
        var slow = await Visit(link, "{}").Is(201, $$"""{ "expiresAt": "{{Restaurant.In(TimeSpan.FromMinutes(1))}}" }""");
        await Visit(link, "{}").Is(409);
        await Pass(61.Seconds);
        await shop.Get($"{Sessions}/{slow["sessionId"]}").Is(200, """{ "status": "expired" }""");
        await PayOnPage(slow, Mobile.Phone("001")).Is(410);
        await Visit(link, "{}").Is(201);
    }

    [Fact]
    public async Task One_address_holds_a_limited_number_of_unpaid_sessions()
    {
        const int Most = 20;
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """{ "amount": 5000, "maxPayments": 100 }""").Is(201);
        var other = await shop.Post(Links, """{ "amount": 5000 }""").Is(201);
        await Visit(link, """{ "quantities": [1] }""").Is(422);
        var open = new List<Answer>();
        for (var visit = 0; visit < Most; visit++) open.Add(await VisitAs($"guest-{visit}", "{}").Is(201));
        // A refusal of another body under the same key makes no place.
        await VisitAs("guest-0", """{ "customerDetails": { "name": "Juma" } }""").Is(422, """
            { "code": "idempotency-key-reused" }
            """);

        var refused = await Visit(link, "{}").Is(429, """{ "code": "rate-limited" }""");
        Assert.Equal("60", refused.Header("Retry-After"));
        await shop.Get($"{Links}/{link.Id}").Is(200, $$"""{ "openSessions": {{Most}} }""");
        await Visit(other, "{}").Is(201);
        await shop.Post(Sessions, $$"""{ "paymentLinkId": "{{link.Id}}" }""").Is(201);

        await PayOnPage(open[0], Mobile.Phone("001")).Is(202);
        await Pay();
        await Pass(5.Seconds);
        await Visit(link, "{}").Is(201);
        await Visit(link, "{}").Is(429);

        await Pass(TimeSpan.FromMinutes(30));
        await Visit(link, "{}").Is(201);
        await Visit(link, "{}").Is(201);

        Task<Answer> VisitAs(string key, string body) =>
            Restaurant.Stranger.WithKey(key).Post($"{PageOfLink(link)}/sessions", body);
    }

    [Fact]
    public async Task A_link_that_is_switched_off_opens_nothing_more_and_what_is_open_can_be_paid()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """{ "amount": 5000 }""").Is(201);
        var session = await Visit(link, "{}").Is(201);
        await shop.Patch($"{Links}/{link.Id}", """{ "active": false, "description": "Sold out" }""")
            .Is(200, """{ "active": false, "status": "inactive", "description": "Sold out" }""");
        await Visit(link, "{}").Is(410, """{ "code": "payment-link-closed" }""");
        await shop.Post(Sessions, $$"""{ "paymentLinkId": "{{link.Id}}" }""").Is(410);
        await Restaurant.Stranger.Get(PageOfLink(link)).Is(200, """{ "status": "inactive" }""");

        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session["sessionId"]}").Is(200, """{ "status": "complete" }""");
        await shop.Patch($"{Links}/{link.Id}", """{ "active": true }""").Is(200, """{ "description": "Sold out" }""");
        await Visit(link, "{}").Is(201);
        await shop.Patch($"{Links}/{link.Id}", "{}").Is(422, """{ "code": "field-required" }""");
        await Pass(1.Seconds);
        var late = await shop.Post(Links, $$"""{ "amount": 5000, "expiresAt": "{{Restaurant.In(1.Minutes)}}" }""").Is(201);
        await Pass(1.Minutes);
        await Visit(late, "{}").Is(410);
        await shop.Get($"{Links}/{late.Id}").Is(200, """{ "status": "expired" }""");
        await shop.Post(Links, $$"""{ "amount": 5000, "expiresAt": "{{Restaurant.In(TimeSpan.Zero)}}" }""")
            .Is(422, """{ "code": "expiry-out-of-range" }""");
    }

    [Fact(DisplayName = "I7 paymentLinkId: a backend opens a session from a link, and the page asks what the link asks")]
    public async Task A_backend_opens_a_session_from_a_link()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.Post(Links, """
            {
              "amount": 8000, "successUrl": "https://shop.example/paid", "collectPhone": true,
              "customFields": [{ "key": "note", "label": "A note", "type": "text", "required": true }]
            }
            """).Is(201);
        await shop.Post(Sessions, $$"""{ "paymentLinkId": "{{link.Id}}", "amount": 8000, "description": "x" }""").Is(422, """
            { "errors": [{ "pointer": "/description", "code": "set-by-payment-link" }, { "pointer": "/amount", "code": "amount-not-allowed" }] }
            """);
        var session = await shop.Post(Sessions, $$"""{ "paymentLinkId": "{{link.Id}}", "clientReferenceId": "order-7" }""")
            .Is(201, $$"""
                {
                  "amountTotal": 8000, "paymentLinkId": "{{link.Id}}", "clientReferenceId": "order-7",
                  "successUrl": "https://shop.example/paid"
                }
                """);
        await Restaurant.Stranger.Get(PageOf(session)).Is(200, """
            { "asks": { "phoneNumber": true, "customFields": [{ "key": "note" }] } }
            """);
        await PayOnPage(session, Mobile.Phone("001")).Is(422, """
            {
              "code": "field-required",
              "errors": [
                { "pointer": "/collected/customerDetails/phoneNumber" }, { "pointer": "/collected/customFields/note" }
              ]
            }
            """);
        await Restaurant.Stranger.Post($"{PageOf(session)}/pay", $$"""
            {
              "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{Mobile.Phone("001")}}" } },
              "collected": { "customerDetails": { "phoneNumber": "+255754000111" }, "customFields": { "note": "Ring twice" } }
            }
            """).Is(202);
        await Pay();
        await shop.Get($"{Sessions}/{session.Id}").Is(200, """
            { "status": "complete", "collected": { "phoneNumber": "+255754000111", "customFields": { "note": "Ring twice" } } }
            """);

        var (_, _, other) = await Shop();
        await other.Post(Sessions, $$"""{ "paymentLinkId": "{{link.Id}}" }""").Is(404, """{ "code": "not-found" }""");
        await other.Get($"{Links}/{link.Id}").Is(404);
        await other.Patch($"{Links}/{link.Id}", """{ "active": false }""").Is(404);
        Assert.Empty((await other.Get(Links).Is(200)).At("data").EnumerateArray());
    }

    [Fact]
    public async Task Links_are_listed_both_ways_and_only_their_address_opens_them()
    {
        var (_, _, shop) = await Shop();
        var ids = new List<Guid>();
        for (var amount = 1; amount <= 5; amount++)
        {
            ids.Insert(0, (await shop.Post(Links, $$"""{ "amount": {{amount}} }""").Is(201)).Id);
            await Pass(1.Seconds);
        }

        var newest = await shop.Get($"{Links}?first=2").Is(200, """{ "object": "list", "paging": { "hasMore": true } }""");
        Assert.Equal(ids[..2], IdsOf(newest));
        var older = await shop.Get($"{Links}?after={newest["paging.after"]}").Is(200, """{ "paging": { "hasMore": false } }""");
        Assert.Equal(ids[2..], IdsOf(older));
        Assert.Equal(ids[1..2], IdsOf(await shop.Get($"{Links}?last=1&before={older["paging.before"]}").Is(200)));
        await shop.Patch($"{Links}/{ids[3]}", """{ "active": false }""").Is(200);
        Assert.Equal([ids[3]], IdsOf(await shop.Get($"{Links}?active=false").Is(200)));

        var link = await shop.Get($"{Links}/{ids[0]}").Is(200);
        var token = PageOfLink(link)["//api/links/".Length..];
        foreach (var guess in (string[])[$"{link.Id}", token[..^1], $"{token[..^22]}AAAAAAAAAAAAAAAAAAAAAA", "x"])
        {
            await Restaurant.Stranger.Get($"//api/links/{guess}").Is(404, """{ "code": "not-found" }""");
            await Restaurant.Stranger.Post($"//api/links/{guess}/sessions", "{}").Is(404);
        }

        var (_, _, reader) = await Shop(scopes: "\"payments:read\"");
        await reader.Post(Links, """{ "amount": 5000 }""").Is(403, """{ "code": "scope-missing" }""");
        await reader.Get(Links).Is(200);
    }

    [Fact]
    public async Task A_visitor_who_sends_twice_with_one_key_gets_one_session()
    {
        var (_, _, shop) = await Shop();
        var link = await shop.WithKey("link-1").Post(Links, """{ "amount": 5000, "maxPayments": 2 }""").Is(201);
        var again = await shop.WithKey("link-1").Post(Links, """{ "amount": 5000, "maxPayments": 2 }""").Is(201);
        Assert.Equal(link.Id, again.Id);
        var visitor = Restaurant.Stranger.WithKey("b0a5c5fa-visit");
        var first = await visitor.Post($"{PageOfLink(link)}/sessions", "{}").Is(201);
        var second = await visitor.Post($"{PageOfLink(link)}/sessions", "{}").Is(201);
        Assert.Equal(first["sessionId"], second["sessionId"]);
        await shop.Get($"{Links}/{link.Id}").Is(200, """{ "openSessions": 1 }""");
    }

    private static string PageOfLink(Answer link) => $"//api/links/{link["url"].Split("/links/")[1]}";

    private Task<Answer> Visit(Answer link, string body) => Restaurant.Stranger.Post($"{PageOfLink(link)}/sessions", body);

    private static List<Guid> IdsOf(Answer list) =>
        [.. list.At("data").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
