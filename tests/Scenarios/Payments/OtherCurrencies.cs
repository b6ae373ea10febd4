using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>
/// Kitchens that sell in another money than shillings of Tanzania, paid by phones that pawaPay rings, in its own wire
/// format with signed webhooks. In the end the books of each currency balance, and no account has two.
/// </summary>
public sealed class OtherCurrencies : IAsyncLifetime
{
    private readonly MobileRestaurant mobile = new() { Vendor = "pawapay" };

    private Restaurant Restaurant => mobile.Restaurant;

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await mobile.MustBalance();
        await mobile.DisposeAsync();
    }

    /// <summary>Prices in cents, with cents; shillings of Kenya go through a phone as whole ones only.</summary>
    [Theory]
    [InlineData("KES", "KE", "0712 345 001", "+254712345001", 12_000, "120")]
    [InlineData("USD", "CD", "0812345001", "+243812345001", 1_250, "12.50")]
    [InlineData("RWF", "RW", "0788 345 001", "+250788345001", 3_500, "3500")]
    [InlineData("XOF", "SN", "77 034 50 01", "+221770345001", 2_500, "2500")]
    public async Task A_day_in_another_currency(
        string code, string country, string written, string phone, long price, string said)
    {
        var kitchen = await Open(code, country);
        var dish = await kitchen.AddDish("Rolex", price);
        var (till, manager) = (kitchen.Cashier, kitchen.Manager);
        var shift = await till.Post("/shifts", """{ "float": 50000 }""")
            .Is(201, $$"""{ "currency": "{{code}}", "float": 50000 }""");

        // Cash, with change.
        await till.Post("/checkout-sessions", Sale(dish, $$"""
            { "paymentMethod": "CASH", "amount": {{price}}, "tendered": {{price + 550}} }
            """)).Is(201, $$"""
            { "status": "CONFIRMED", "currency": "{{code}}", "total": {{price}}, "payments": [{ "change": 550 }] }
            """);

        // A slip, printed with the digits of the currency.
        var slip = await till.Post("/checkout-sessions", $$"""
            { "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{dish}}", "quantity": 1 }] }
            """).Is(201, $$"""{ "currency": "{{code}}" }""");
        var digits = WireNames.Parse<Currency>(code)!.Value.Digits;
        var paper = await till.With("Accept", "text/plain").Get($"/checkout-sessions/{slip.Id}/slip").Is(200);
        Assert.Contains(
            $"{code} {(price / (decimal)Math.Pow(10, digits)).ToString($"N{digits}", CultureInfo.InvariantCulture)}", paper.Body,
            StringComparison.Ordinal);
        await till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", $$"""
            { "payments": [{ "paymentMethod": "CASH", "amount": {{price}} }] }
            """).Is(200, $$"""{ "status": "CONFIRMED", "currency": "{{code}}" }""");

        // A bill.
        var round = await till.Post("/checkout-sessions", $$"""
            { "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "7",
              "items": [{ "menuId": "{{dish}}", "quantity": 2 }] }
            """).Is(201);
        await till.Post($"/bills/{round["billId"]}/pay", $$"""
            { "payments": [{ "paymentMethod": "CARD", "amount": {{2 * price}} }] }
            """).Is(200, $$"""{ "status": "PAID", "currency": "{{code}}", "balance": 0 }""");

        // A phone, written as people there write it, and a refund to it.
        var sale = await till.Post("/checkout-sessions", Sale(dish, $$"""
            { "paymentMethod": "MOBILE_MONEY", "amount": {{price}}, "phoneNumber": "{{written}}" }
            """)).Is(201, $$"""
            { "status": "PENDING_PAYMENT", "payments": [{ "phoneNumber": "{{phone}}", "push": { "status": "SENT" } }] }
            """);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
        var paid = await till.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""
            { "status": "CONFIRMED", "payments": [{ "status": "PAID", "push": { "received": {{price}} } }] }
            """);
        Assert.Equal(price, mobile.Spent(phone));
        Assert.Contains(mobile.Deliveries.Answers, answer => answer.Status == 200);
        Assert.Contains($"\"amount\":\"{said}\",\"currency\":\"{code}\"", await LastWebhook(), StringComparison.Ordinal);
        await manager.Post($"/orders/{paid["orderId"]}/refunds", """{ "amount": 1000, "reason": "Cold" }""")
            .Is(201, $$"""{ "currency": "{{code}}", "amount": 1000, "status": "PENDING" }""");
        await mobile.UntilQuiet();
        await mobile.Pass(5.Minutes);
        await till.Get($"/orders/{paid["orderId"]}").Is(200, $$"""
            { "currency": "{{code}}", "refunds": [{ "status": "SUCCEEDED" }] }
            """);
        Assert.Equal(price - 1000, mobile.Spent(phone));

        // The end of the day.
        await till.Post($"/shifts/{shift.Id}/close", $$"""{ "counted": {{50_000 + (2 * price)}} }""").Is(200, $$"""
            { "currency": "{{code}}", "expectedCash": {{50_000 + (2 * price)}}, "difference": 0 }
            """);
        await manager.Get($"/kitchens/{kitchen.Id}/sales-report").Is(200, $$"""
            { "currency": "{{code}}", "total": { "net": {{(5 * price) - 1000}} } }
            """);
        var csv = await manager.Get($"/kitchens/{kitchen.Id}/sales-report.csv").Is(200);
        Assert.All(
            csv.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1),
            line => Assert.EndsWith($",{code}", line, StringComparison.Ordinal));

        var platform = await Restaurant.Operator();
        var books = await platform.Get($"/operator/trial-balance?currency={code}").Is(200, $$"""{ "currency": "{{code}}" }""");
        Assert.Equal(books["debits"], books["credits"]);
        Assert.All(
            books.At("data").EnumerateArray(),
            row => Assert.Equal(kitchen.Id, row.GetProperty("kitchenId").GetGuid()));
        var usual = await platform.Get("/operator/trial-balance").Is(200, """{ "currency": "TZS" }""");
        Assert.DoesNotContain($"{kitchen.Id}", usual.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_currency_or_country_cannot_take_is_refused_at_once()
    {
        var kitchen = await Open("USD", "TZ");
        var dish = await kitchen.AddDish("Rolex", 1250);

        var refused = await kitchen.Cashier.Post("/checkout-sessions", Sale(
            dish, """{ "paymentMethod": "MOBILE_MONEY", "amount": 1250, "phoneNumber": "0712345001" }"""))
            .Is(422, """{ "code": "mobile-money-unavailable" }""");
        Assert.Contains("USD", refused["detail"], StringComparison.Ordinal);
        Assert.Contains("TZS, CDF", refused["detail"], StringComparison.Ordinal);
        await kitchen.Cashier.Post("/checkout-sessions", Sale(
            dish, """{ "paymentMethod": "PLATFORM_WALLET", "amount": 1250 }"""))
            .Is(422, """
                {
                  "code": "payment-method-not-allowed",
                  "errors": [{ "pointer": "/payments/0/paymentMethod" }]
                }
                """);

        var kenya = await Open("KES", "KE");
        var chapati = await kenya.AddDish("Chapati", 3000);
        foreach (var abroad in (string[])["+255754000001", "0202345678", "+1 212 555 0100", "0712"])
        {
            await kenya.Cashier.Post("/checkout-sessions", Sale(
                chapati, $$"""{ "paymentMethod": "MOBILE_MONEY", "amount": 3000, "phoneNumber": "{{abroad}}" }"""))
                .Is(422, """{ "code": "phone-invalid", "errors": [{ "pointer": "/payments/0/phoneNumber" }] }""");
        }

        // Cents of Kenya do not go through a phone: the push is refused before it is sent, and the sale fails.
        var cents = await kenya.AddDish("Chai ya tangawizi", 1050);
        var sale = await kenya.Cashier.Post("/checkout-sessions", Sale(
            cents, """{ "paymentMethod": "MOBILE_MONEY", "amount": 1050, "phoneNumber": "0712345002" }""")).Is(201);
        await mobile.UntilQuiet();
        await kenya.Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "FAILED" }""");
    }

    [Fact]
    public async Task A_webhook_in_another_currency_waits_for_a_person()
    {
        var kitchen = await Open("KES", "KE");
        var dish = await kitchen.AddDish("Chapati", 3000);
        var sale = await kitchen.Cashier.Post("/checkout-sessions", Sale(
            dish, """{ "paymentMethod": "MOBILE_MONEY", "amount": 3000, "phoneNumber": "0712345042" }""")).Is(201);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);

        var waiting = await kitchen.Manager.Get($"/kitchens/{kitchen.Id}/payment-exceptions").Is(200);
        // The aggregator is asked, and says what is right: it leaves the list by itself.
        await mobile.Pass(30.Seconds);
        await kitchen.Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, """
            { "status": "CONFIRMED", "payments": [{ "push": { "received": 3000 } }] }
            """);
        await kitchen.Manager.Get($"/kitchens/{kitchen.Id}/payment-exceptions").Is(200, """{ "data": [] }""");
        Assert.Equal(200, waiting.Status);
    }

    [Fact]
    public async Task A_cart_has_one_currency()
    {
        var kenya = await Open("KES", "KE");
        var chapati = await kenya.AddDish("Chapati", 3000);
        var user = Restaurant.AppUser;
        await user.Put($"/cart/items/{Restaurant.Kitchen.Pilau}", """{ "quantity": 1 }""")
            .Is(200, """{ "currency": "TZS", "total": 5000 }""");

        await user.Put($"/cart/items/{chapati}", """{ "quantity": 1 }""").Is(422, """{ "code": "currency-mismatch" }""");

        await user.Delete("/cart").Is(200);
        await user.Put($"/cart/items/{chapati}", """{ "quantity": 2 }""")
            .Is(200, """{ "currency": "KES", "total": 6000 }""");
        await user.Get("/cart/preview").Is(200, """{ "currency": "KES", "ready": true }""");
        await user.Put($"/cart/items/{Restaurant.Kitchen.Pilau}", """{ "quantity": 1 }""")
            .Is(422, """{ "code": "currency-mismatch" }""");
        // The balance is in shillings of Tanzania.
        await user.Post("/checkout-sessions", """
            { "sessionType": "IMMEDIATE", "channel": "APP", "fulfillmentType": "PICKUP", "fromCart": true,
              "payments": [{ "paymentMethod": "PLATFORM_WALLET", "amount": 6000 }] }
            """).Is(422, """{ "code": "payment-method-not-allowed" }""");
        await user.Delete("/cart").Is(200);
    }

    [Fact]
    public async Task A_kitchen_has_its_currency_for_as_long_as_it_has_amounts()
    {
        var platform = await Restaurant.Operator();
        var kitchen = await platform.Post("/operator/kitchens", """
            { "name": "Nyama Nairobi", "settings": { "currency": "KES" } }
            """).Is(201, """{ "settings": { "currency": "KES", "country": "KE" } }""");
        var settings = $"/operator/kitchens/{kitchen.Id}";
        await platform.Patch(settings, """{ "settings": { "currency": "XOF" } }""")
            .Is(422, """{ "code": "setting-out-of-range", "errors": [{ "pointer": "/settings/country" }] }""");
        await platform.Patch(settings, """{ "settings": { "currency": "EUR" } }""").Is(400, """{ "code": "invalid-type" }""");
        await platform.Patch(settings, """{ "settings": { "currency": "XOF", "country": "SN" } }""")
            .Is(200, """{ "settings": { "currency": "XOF", "country": "SN" } }""");
        await platform.Patch(settings, """{ "settings": { "country": "CI" } }""").Is(200);

        await platform.Post($"/kitchens/{kitchen.Id}/menu", """{ "name": "Yassa", "price": 2500, "category": "Plats" }""")
            .Is(201, """{ "currency": "XOF" }""");

        var kept = await platform.Patch(settings, """{ "settings": { "currency": "TZS" } }""")
            .Is(409, """{ "code": "currency-in-use" }""");
        Assert.Contains("XOF", kept["detail"], StringComparison.Ordinal);
        await platform.Patch(settings, """{ "settings": { "country": "SN", "currency": "XOF" } }""").Is(200);
    }

    private static string Sale(Guid dish, string payment) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }], "payments": [{{payment}}]
        }
        """;

    private Task<TestKitchen> Open(string currency, string country) => TestKitchen.Open(
        Restaurant, $"Kitchen in {currency} {Guid.NewGuid():N}",
        KitchenSettings.Default with
        {
            Currency = WireNames.Parse<Currency>(currency)!.Value,
            Country = WireNames.Parse<Country>(country)!.Value,
        });

    private async Task<string> LastWebhook()
    {
        await using var rows = Restaurant.Database.Source.CreateCommand(
            "SELECT convert_from(body, 'UTF8') FROM jiko.payment_inbox ORDER BY id DESC LIMIT 1");
        return (string?)await rows.ExecuteScalarAsync() ?? "";
    }
}
