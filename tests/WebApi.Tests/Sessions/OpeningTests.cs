using System.Text;
using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Sessions.Bodies;

namespace JikoXpress.WebApi.Tests.Sessions;

/// <summary>Opening sessions, and being told everything that is wrong with one.</summary>
public sealed class OpeningTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_cash_sale_is_confirmed_at_once()
    {
        var response = await house.As(Cashier).Post(SessionsPath, CashSale(items: 2));
        var session = await response.Json();

        Assert.Equal("201", await response.Told());
        Assert.Equal($"{SessionsPath}/{session["id"]}", response.Headers.Location?.ToString());
        Assert.Equal("\"1.2\"", response.Headers.ETag?.Tag);
        Assert.Equal("checkout_session", (string?)session["object"]);
        Assert.Equal("CONFIRMED", (string?)session["status"]);
        Assert.Equal(10000, (long?)session["total"]);
        Assert.Equal("TZS", (string?)session["currency"]);
        Assert.Equal("Pilau", (string?)session["items"]?[0]?["name"]);
        Assert.Equal("CASH", (string?)session["payments"]?[0]?["paymentMethod"]);
        Assert.Equal("PAID", (string?)session["payments"]?[0]?["status"]);
        Assert.NotNull(session["orderId"]);
        Assert.Null(session["slip"]);
        Assert.Null(session["expiresAt"]);
    }

    [Fact]
    public async Task What_does_not_apply_is_left_out()
    {
        var session = await house.As(Cashier).Opened(CashSale());

        Assert.DoesNotContain(session.AsObject(), member => member.Value is null);
        Assert.DoesNotContain("staff", session.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Texts_are_sent_back_as_they_came_and_moments_in_utc()
    {
        var json = CashSale(more: ""","customerPhone":"+255700000000","orderInstructions":"pili pili <nyingi> 🌶️" """);

        var response = await house.As(Cashier).Post(SessionsPath, json);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Contains("\"+255700000000\"", text, StringComparison.Ordinal);
        Assert.Contains("\"pili pili <nyingi> \\uD83C\\uDF36", text, StringComparison.Ordinal);
        Assert.Contains("\"createdAt\":\"2026-04-01T09:00:00.000Z\"", text, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_slip_waits_for_the_cashier()
    {
        var session = await house.As(Kiosk).Opened(Slip("KIOSK"));

        Assert.Equal("PENDING_PAYMENT", (string?)session["status"]);
        Assert.Matches("^[0-9]{4}-[0-9]$", (string?)session["slip"]?["slipNumber"]);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{13}$", (string?)session["slip"]?["slipCode"]);
        Assert.Equal((string?)session["expiresAt"], (string?)session["slip"]?["expiresAt"]);
        Assert.Equal($"{SessionsPath}/{session["id"]}/slip", (string?)session["links"]?["slip"]);
    }

    [Fact]
    public async Task All_that_breaks_a_rule_comes_in_one_answer()
    {
        var json = $$"""
            {"sessionType":"IMMEDIATE","channel":"POS","fulfillmentType":"DELIVERY","price":1,"staffId":"x",
             "kitchenId":"y","tag":"a\u0000b","items":[{"menuId":"{{House.Pilau}}","quantity":0}],
             "payments":[{"paymentMethod":"CASH","amount":-5000},{"paymentMethod":"CASH"}]}
            """;

        var response = await house.As(Cashier).Post(SessionsPath, json);
        var problem = await response.Json();
        var errors = problem["errors"]?.AsArray().Select(error => $"{error?["pointer"]} {error?["code"]}");

        Assert.Equal("422 field-required", await response.Told());
        Assert.Equal(
            ["/payments/1/amount field-required", "/price unknown-field", "/staffId resolved-field-not-accepted",
             "/kitchenId resolved-field-not-accepted", "/fulfillmentType channel-fulfillment-not-allowed",
             "/deliveryAddress delivery-address-required", "/tag invalid-text",
             "/items/0/quantity quantity-out-of-range", "/payments/0/amount amount-out-of-range"],
            errors);
    }

    [Fact]
    public async Task The_domain_s_refusals_come_as_they_are()
    {
        var json = CashSale().Replace("5000", "4999", StringComparison.Ordinal);
        var response = await house.As(Cashier).Post(SessionsPath, json);
        var problem = await response.Json();

        Assert.Equal("422 payments-total-mismatch", await response.Told());
        Assert.Equal(5000, (int?)problem["expectedTotal"]);
        Assert.Equal(4999, (int?)problem["receivedTotal"]);
    }

    [Fact]
    public async Task Short_stock_is_told_with_its_figures()
    {
        var json = CashSale().Replace(House.Pilau.ToString(), House.Soda.ToString(), StringComparison.Ordinal)
            .Replace("\"quantity\":1", "\"quantity\":11", StringComparison.Ordinal)
            .Replace("5000", "11000", StringComparison.Ordinal);

        var response = await house.As(Cashier).Post(SessionsPath, json);
        var problem = await response.Json();

        Assert.Equal("409 insufficient-stock", await response.Told());
        Assert.Equal(
            $$"""[{"menuId":"{{House.Soda}}","requested":11,"available":10}]""", problem["shortages"]?.ToJsonString());
    }

    [Fact]
    public async Task The_bot_of_one_kitchen_does_not_order_at_another()
    {
        var json = $$"""
            {"sessionType":"IMMEDIATE","channel":"WHATSAPP","fulfillmentType":"PICKUP","kitchenId":"{{House.Named(9)}}"}
            """;

        Assert.Equal("404 not-found", await house.As(Bot).Post(SessionsPath, json).Told());
    }

    [Fact]
    public async Task A_price_is_told_without_keeping_anything()
    {
        var response = await house.As(Cashier).Post($"{SessionsPath}/preview", CashSale(items: 3));
        var quote = await response.Json();

        Assert.Equal("200", await response.Told());
        Assert.Equal("checkout_quote", (string?)quote["object"]);
        Assert.Equal(15000, (int?)quote["total"]);
        Assert.Equal(15000, (int?)quote["items"]?[0]?["total"]);
    }

    [Fact]
    public async Task A_repeated_request_gets_its_first_answer_again()
    {
        var cashier = house.As(Cashier);
        var first = await cashier.Post(SessionsPath, Slip(), key: "slip-1");
        var opened = await first.Content.ReadAsStringAsync();
        var id = JsonNode.Parse(opened)?["id"];
        Assert.Equal("200", await cashier.Post($"{SessionsPath}/{id}/cancel", "{}").Told());

        var again = await cashier.Post(SessionsPath, Slip(), key: "slip-1");

        Assert.Equal("201", await again.Told());
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Equal(opened, await again.Content.ReadAsStringAsync());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_key_is_not_used_for_another_body()
    {
        await house.As(Cashier).Post(SessionsPath, CashSale(), key: "sale-1");

        Assert.Equal("422 idempotency-key-reused",
            await house.As(Cashier).Post(SessionsPath, CashSale(2), key: "sale-1").Told());
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_operation()
    {
        var one = await house.As(Cashier).Post(SessionsPath, CashSale(), key: "sale-2");
        var other = await house.As(Manager).Post(SessionsPath, CashSale(), key: "sale-2");

        Assert.NotEqual(one.Headers.Location, other.Headers.Location);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var bad = CashSale().Replace("5000", "4999", StringComparison.Ordinal);
        await house.As(Cashier).Post(SessionsPath, bad, key: "sale-3");

        Assert.Equal("201", await house.As(Cashier).Post(SessionsPath, CashSale(), key: "sale-3").Told());
    }

    [Fact]
    public async Task A_caller_that_requires_keys_is_held_to_it() =>
        Assert.Equal("400 idempotency-key-missing", await house.As(Careful).Post(SessionsPath, CashSale()).Told());
}
