using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Merchants;

/// <summary>Registers of a store: made, found by their QR code, and settled into their merchant's wallets.</summary>
public sealed class StoreRegisters(MobileRestaurant mobile) : MerchantScenario(mobile)
{
    [Fact(DisplayName = "M1, M2, M4, M5, M6, M7: a store has many checkouts, each linked to a wallet of its merchant")]
    public async Task A_store_has_many_checkouts()
    {
        var (merchant, store, shop) = await Shop();
        var wallet = await shop.Get("/wallets").Is(200, $$"""
            { "object": "list", "data": [{
              "object": "wallet", "merchantId": "{{merchant}}", "name": "Main TZS", "currency": "TZS", "balance": 0,
              "livemode": false
            }] }
            """);
        var kiosks = await shop.Post("/wallets", """{ "name": "Kiosks", "currency": "TZS" }""").Is(201);
        var checkouts = $"/stores/{store}/checkouts";
        await shop.Get(checkouts).Is(200, """{ "object": "list", "data": [] }""");

        var first = await shop.Post(checkouts, $$"""
            { "checkoutDesc": "Register 1", "walletId": "{{wallet["data.0.id"]}}" }
            """).Is(201, $$"""
            {
              "object": "checkout", "merchantId": "{{merchant}}", "storeId": "{{store}}", "checkoutId": 1,
              "checkoutDesc": "Register 1", "walletId": "{{wallet["data.0.id"]}}", "active": true
            }
            """);
        Assert.Equal($"/api/v1{checkouts}/1", first.Header("Location"));
        await shop.Get($"{checkouts}/1").Is(200, first.Body);
        await shop.Post(checkouts, $$"""{ "checkoutDesc": "Self-service kiosk", "walletId": "{{kiosks.Id}}" }""")
            .Is(201, """{ "checkoutId": 2 }""");
        await shop.Get(checkouts).Is(200, """{ "data": [{ "checkoutId": 1 }, { "checkoutId": 2 }] }""");

        await shop.Patch($"{checkouts}/2", """{ "checkoutDesc": "Kiosk at the door", "active": false }""")
            .Is(200, $$"""{ "checkoutDesc": "Kiosk at the door", "active": false, "walletId": "{{kiosks.Id}}" }""");
        await shop.Post(Sessions, """{ "amount": 5000, "checkoutId": 2 }""")
            .Is(409, """{ "code": "checkout-not-active" }""");
        var (_, otherStore, other) = await Shop();
        var theirs = await other.Get("/wallets").Is(200);
        await other.Post($"/stores/{otherStore}/checkouts", $$"""
            { "checkoutDesc": "Register 1", "walletId": "{{theirs["data.0.id"]}}" }
            """).Is(201, """{ "checkoutId": 1 }""");
    }

    [Fact(DisplayName = "M3, M8, M9: what is missing, or another merchant's, is not there; and a key is needed")]
    public async Task What_is_anothers_is_not_there()
    {
        const string StoreNotFound = """{ "code": "store-not-found", "detail": "Store not found" }""";
        const string WalletNotFound = """{ "code": "wallet-not-found", "detail": "Wallet not found" }""";
        var (_, store, shop) = await Shop();
        var (_, otherStore, other) = await Shop();
        var own = (await shop.Get("/wallets").Is(200))["data.0.id"];
        var theirs = (await other.Get("/wallets").Is(200))["data.0.id"];

        foreach (var missing in (string[])[$"{otherStore}", "0196a3c0-0000-7000-8000-000000000001"])
        {
            await shop.Get($"/stores/{missing}/checkouts").Is(404, StoreNotFound);
            await shop.Post($"/stores/{missing}/checkouts", $$"""{ "checkoutDesc": "X", "walletId": "{{own}}" }""")
                .Is(404, StoreNotFound);
        }

        foreach (var missing in (string[])[theirs, "0196a3c0-0000-7000-8000-000000000001"])
        {
            await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "X", "walletId": "{{missing}}" }""")
                .Is(400, WalletNotFound);
            await shop.Get($"/wallets/{missing}/statement").Is(404, """{ "code": "not-found" }""");
        }

        await shop.Post($"/stores/{store}/checkouts", $$"""{ "walletId": "{{own}}" }""").Is(422);
        await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "", "walletId": "{{own}}" }""")
            .Is(422, """{ "errors": [{ "pointer": "/checkoutDesc" }] }""");
        var dollars = await shop.Post("/wallets", """{ "name": "Abroad", "currency": "USD" }""").Is(201);
        await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "X", "walletId": "{{dollars.Id}}" }""")
            .Is(422, """{ "code": "currency-not-supported" }""");
        await shop.Get($"/stores/{store}/checkouts/7").Is(404, """{ "code": "checkout-not-found" }""");
        await shop.Post(Sessions, """{ "amount": 5000, "checkoutId": 7 }""")
            .Is(404, """{ "code": "checkout-not-found" }""");
        await Restaurant.Stranger.Get($"/stores/{store}/checkouts").Is(401);
        await Kitchen.Manager.Get($"/stores/{store}/checkouts").Is(403);
        await shop.Post($"/wallets/{own}/payouts", """
            { "amount": 1, "reference": "B", "paidAt": "2026-01-01T00:00:00Z" }
            """).Is(403, """{ "code": "role-not-allowed" }""");
    }

    [Fact(DisplayName = "M1, M7: a customer scans the register's code and pays, and the register's wallet has the money")]
    public async Task A_customer_scans_and_pays()
    {
        var (_, store, shop) = await Shop();
        var wallet = (await shop.Get("/wallets").Is(200))["data.0.id"];
        var register = await shop.Post($"/stores/{store}/checkouts", $$"""
            { "checkoutDesc": "Stall", "walletId": "{{wallet}}" }
            """).Is(201);
        var code = register["qrUrl"].Split("/registers/")[1];
        await Restaurant.Stranger.Get($"//api/registers/{code}").Is(200, """
            { "object": "register_page", "storeName": "Duka la Asha", "checkoutDesc": "Stall", "session": null }
            """);
        await Restaurant.Stranger.Get($"//api/registers/{code[..^1]}").Is(404, """{ "code": "checkout-not-found" }""");
        var empty = await Restaurant.Stranger.With("Accept-Language", "sw").Get($"//registers/{code}").Is(200);
        Assert.Equal("text/html; charset=utf-8", empty.Header("Content-Type"));
        Assert.Equal("3", empty.Header("Refresh"));
        Assert.Contains("Hakuna cha kulipa hapa kwa sasa", empty.Body, StringComparison.Ordinal);

        var session = await shop.Post(Sessions, """{ "amount": 7000, "checkoutId": 1 }""")
            .Is(201, $$"""{ "checkoutId": 1, "walletId": "{{wallet}}" }""");
        var shown = await Restaurant.Stranger.Get($"//api/registers/{code}").Is(200, $$"""
            { "session": { "sessionId": "{{session.Id}}", "amountTotal": 7000, "status": "open" } }
            """);
        Assert.EndsWith(shown["pagePath"], session["url"], StringComparison.Ordinal);

        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await Restaurant.Stranger.Get($"//api/registers/{code}").Is(200, """{ "session": null }""");
        await shop.Get($"/wallets/{wallet}").Is(200, """{ "balance": 7000 }""");
        await shop.Get($"/wallets/{wallet}/entries").Is(200, $$"""
            { "data": [{ "kind": "RECEIVED", "amount": 7000, "sessionId": "{{session.Id}}", "storeId": "{{store}}" }] }
            """);
        await shop.Post(Sessions, """{ "amount": 100 }""").Is(201);
        await shop.Get($"{Sessions}?checkoutId=1&storeId={store}").Is(200, $$"""{ "data": [{ "id": "{{session.Id}}" }] }""");
        await shop.Get($"{Sessions}?checkoutId=2").Is(200, """{ "data": [] }""");
        var books = await (await Restaurant.Operator()).Get($"/operator/kitchens/{store}/trial-balance").Is(200);
        Assert.Contains("SETTLEMENT_WALLET", books.Body, StringComparison.Ordinal);
        await (await Restaurant.Operator()).Get($"/operator/kitchens/{store}/trial-balance")
            .Holds("""{ "account": "SALES", "balance": -7000 }""");
    }

    [Fact]
    public async Task An_open_session_settles_into_the_wallet_that_it_was_opened_with()
    {
        var (_, store, shop) = await Shop();
        var before = (await shop.Get("/wallets").Is(200))["data.0.id"];
        var after = await shop.Post("/wallets", """{ "name": "New", "currency": "TZS" }""").Is(201);
        await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "Stall", "walletId": "{{before}}" }""").Is(201);
        var session = await shop.Post(Sessions, """{ "amount": 7000, "checkoutId": 1 }""").Is(201);
        await shop.Patch($"/stores/{store}/checkouts/1", $$"""{ "walletId": "{{after.Id}}" }""").Is(200);

        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();
        await shop.Get($"/wallets/{before}").Is(200, """{ "balance": 7000 }""");
        await shop.Get($"/wallets/{after.Id}").Is(200, """{ "balance": 0 }""");
    }

    [Fact]
    public async Task A_registers_code_is_drawn_as_the_caller_wants_it()
    {
        var (_, store, shop) = await Shop();
        var wallet = (await shop.Get("/wallets").Is(200))["data.0.id"];
        await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "Stall", "walletId": "{{wallet}}" }""").Is(201);

        var svg = await shop.With("Accept", "image/svg+xml").Get($"/stores/{store}/checkouts/1/qr").Is(200);
        Assert.StartsWith("<svg ", svg.Body, StringComparison.Ordinal);
        await shop.With("Accept", "text/csv").Get($"/stores/{store}/checkouts/1/qr")
            .Is(406, """{ "code": "not-acceptable" }""");
    }

    [Fact]
    public async Task The_platform_pays_a_wallet_out_once_and_never_more_than_is_in_it()
    {
        var (merchant, store, shop) = await Shop();
        var platform = await Restaurant.Operator();
        var wallet = (await platform.Get($"/operator/merchants/{merchant}/wallets").Is(200))["data.0.id"];
        await shop.Post($"/stores/{store}/checkouts", $$"""{ "checkoutDesc": "Stall", "walletId": "{{wallet}}" }""").Is(201);
        var session = await shop.Post(Sessions, """{ "amount": 7000, "checkoutId": 1 }""").Is(201);
        await PayOnPage(session, Mobile.Phone("001")).Is(202);
        await Pay();

        var (payouts, now) = ($"/wallets/{wallet}/payouts", Restaurant.In(TimeSpan.Zero));
        await platform.Post(payouts, $$"""{ "amount": 7001, "reference": "CRDB-1", "paidAt": "{{now}}" }""")
            .Is(422, """{ "code": "insufficient-wallet-balance", "available": 7000 }""");
        await platform.Post(payouts, $$"""
            { "amount": 7000, "reference": "CRDB-1", "paidAt": "{{Restaurant.In(TimeSpan.FromMinutes(1))}}" }
            """).Is(422, """{ "code": "time-in-future" }""");
        await platform.Post(payouts, """{ "amount": 1, "reference": "CRDB-1", "paidAt": "yesterday" }""")
            .Is(400, """{ "code": "invalid-type" }""");
        await Pass(1.Seconds);
        var keyed = platform.WithKey($"payout-{wallet}");
        var paid = await keyed.Post(payouts, $$"""{ "amount": 4000, "reference": "CRDB-1", "paidAt": "{{now}}" }""")
            .Is(201, """{ "object": "payout", "amount": 4000, "reference": "CRDB-1" }""");
        await keyed.Post(payouts, $$"""{ "amount": 4000, "reference": "CRDB-1", "paidAt": "{{now}}" }""")
            .Is(201, paid.Body);
        await platform.Post(payouts, $$"""{ "amount": 10, "reference": "CRDB-1", "paidAt": "{{now}}" }""")
            .Is(409, """{ "code": "payout-already-recorded" }""");

        await shop.Get(payouts).Is(200, $$"""{ "data": [{ "id": "{{paid.Id}}", "amount": 4000 }] }""");
        await shop.Get($"/wallets/{wallet}/statement").Is(200, """
            { "object": "wallet_statement", "openingBalance": 0, "closingBalance": 3000 }
            """);
        var today = DateOnly.FromDateTime(Restaurant.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(3)).DateTime);
        await shop.Get($"/wallets/{wallet}/statement?startDate={today:O}&endDate={today:O}").Is(200, """
            { "days": [{
              "openingBalance": 0, "received": 7000, "refunded": 0, "commission": 0, "paidOut": 4000,
              "closingBalance": 3000
            }] }
            """);
        await shop.Get($"/wallets/{wallet}/statement?startDate=2026-01-01&endDate=2025-12-31")
            .Is(422, """{ "code": "parameter-out-of-range" }""");
        await shop.Get($"/wallets/{wallet}/entries").Is(200, $$"""
            { "data": [{ "kind": "PAID_OUT", "amount": -4000, "payoutId": "{{paid.Id}}" }, { "kind": "RECEIVED" }] }
            """);
    }
}
