using System.Text.Json.Nodes;
using JikoXpress.WebApi.Tests.Hosting;
using static JikoXpress.WebApi.Tests.Hosting.FixedCredentials;
using static JikoXpress.WebApi.Tests.Sessions.Bodies;

namespace JikoXpress.WebApi.Tests.Sessions;

/// <summary>Slips: printed, found, paid, issued anew.</summary>
public sealed class SlipTests : IAsyncLifetime
{
    private readonly House house = new();
    private JsonNode slip = new JsonObject();

    private string Place => $"{SessionsPath}/{slip["id"]}";

    public async ValueTask InitializeAsync()
    {
        await house.InitializeAsync();
        slip = await house.As(Kiosk).Opened(Slip("KIOSK"));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Cash_confirms_a_slip()
    {
        var response = await house.As(Cashier).Post($"{Place}/confirm-slip", TenThousandInCash);
        var session = await response.Json();

        Assert.Equal("200", await response.Told());
        Assert.Equal("CONFIRMED", (string?)session["status"]);
        Assert.NotNull(session["orderId"]);
        Assert.Equal("409 already-confirmed",
            await house.As(Cashier).Post($"{Place}/confirm-slip", TenThousandInCash).Told());
    }

    [Fact]
    public async Task A_payment_that_is_awaited_in_part_is_accepted()
    {
        const string Split = """
            {"payments":[{"paymentMethod":"CASH","amount":4000},{"paymentMethod":"MOBILE_MONEY","amount":6000}]}
            """;
        var response = await house.As(Cashier).Post($"{Place}/confirm-slip", Split, key: "pay-1");
        var session = await response.Json();
        var again = await house.As(Cashier).Post($"{Place}/confirm-slip", Split, key: "pay-1");

        Assert.Equal("202", await response.Told());
        Assert.Equal("PENDING_PAYMENT", (string?)session["status"]);
        Assert.NotNull(session["slip"]?["paymentInProgressUntil"]);
        Assert.Equal("202", await again.Told());
        Assert.Equal("409 slip-payment-in-progress",
            await house.As(Manager).Post($"{Place}/confirm-slip", TenThousandInCash).Told());
    }

    [Theory]
    [InlineData("{}", "422 payments-required")]
    [InlineData("""{"payments":[]}""", "422 payments-required")]
    [InlineData("""{"payments":[{"paymentMethod":"CASH","amount":9999}]}""", "422 payments-total-mismatch")]
    [InlineData("""{"payments":[{"paymentMethod":"CASH","amount":"10000"}]}""", "400 invalid-type")]
    [InlineData("""{"payments":[{"amount":10000}]}""", "422 field-required")]
    public async Task A_payment_that_is_wrong_is_told_so(string json, string told) =>
        Assert.Equal(told, await house.As(Cashier).Post($"{Place}/confirm-slip", json).Told());

    [Fact]
    public async Task Money_taken_for_nothing_is_handed_back()
    {
        const string Split = """
            {"payments":[{"paymentMethod":"CASH","amount":4000},{"paymentMethod":"MOBILE_MONEY","amount":6000}]}
            """;
        await house.As(Cashier).Post($"{Place}/confirm-slip", Split);
        var cancelled = await (await house.As(Cashier).Post($"{Place}/cancel", "{}")).Json();
        var returned = await (await house.As(Cashier).Post($"{Place}/return-money", "{}")).Json();

        Assert.Equal("CANCELLED", (string?)cancelled["status"]);
        Assert.Equal(4000, (int?)cancelled["cashToReturn"]);
        Assert.Null(returned["cashToReturn"]);
        Assert.Equal("409 nothing-to-return", await house.As(Cashier).Post($"{Place}/return-money", "{}").Told());
    }

    [Fact]
    public async Task An_expired_slip_is_issued_anew()
    {
        Assert.Equal("409 slip-still-valid", await house.As(Kiosk).Post($"{Place}/reissue", "{}").Told());
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("410 slip-expired",
            await house.As(Cashier).Post($"{Place}/confirm-slip", TenThousandInCash).Told());

        var response = await house.As(Kiosk).PostAsync($"{Place}/reissue", content: null);
        var session = await response.Json();

        Assert.Equal("201", await response.Told());
        Assert.Equal((string?)slip["id"], (string?)session["reissueOf"]);
        Assert.Equal("PENDING_PAYMENT", (string?)session["status"]);
        Assert.NotEqual((string?)slip["slip"]?["slipCode"], (string?)session["slip"]?["slipCode"]);
    }

    [Fact]
    public async Task A_slip_that_is_ended_early_is_expired()
    {
        var session = await (await house.As(Manager).Post($"{Place}/expire", "{}")).Json();

        Assert.Equal("EXPIRED", (string?)session["status"]);
        Assert.Equal("ENDED_EARLY", (string?)session["expiryReason"]);
        Assert.Equal("409 session-not-pending", await house.As(Manager).Post($"{Place}/expire", "{}").Told());
    }

    [Theory]
    [InlineData("text/html", "text/html; charset=utf-8")]
    [InlineData("image/png", "image/png")]
    [InlineData("text/plain", "text/plain; charset=utf-8")]
    [InlineData("application/vnd.escpos", "application/vnd.escpos")]
    [InlineData("text/*;q=0.5, image/*", "image/png")]
    [InlineData("text/html;q=0, text/*", "text/plain; charset=utf-8")]
    [InlineData("*/*", "text/html; charset=utf-8")]
    public async Task A_slip_is_printed_in_the_form_asked_for(string accept, string type)
    {
        var response = await Print(accept);

        Assert.Equal("200", await response.Told());
        Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_printed_slip_says_what_is_to_be_paid_until_when()
    {
        var text = await (await Print("text/plain", "?paper=58&copy=1")).Content.ReadAsStringAsync();

        Assert.All(
            [(string?)slip["slip"]?["slipNumber"] ?? "", "Mama Ntilie", "Pilau", "10,000", "COPY 1", "12:15"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "", "406 not-acceptable")]
    [InlineData("text/html", "?paper=A4", "400 invalid-type")]
    [InlineData("text/html", "?copy=100", "422 parameter-out-of-range")]
    public async Task A_form_that_there_is_not_is_not_printed(string accept, string query, string told) =>
        Assert.Equal(told, await (await Print(accept, query)).Told());

    [Fact]
    public async Task Paper_that_can_no_longer_be_paid_is_not_printed()
    {
        house.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("410 slip-expired", await (await Print("text/html")).Told());
    }

    [Fact]
    public async Task A_slip_is_found_by_its_barcode_and_by_its_number()
    {
        var code = (string?)slip["slip"]?["slipCode"] ?? "";
        var byCode = await (await house.As(Cashier).GetAsync($"/api/v1/slips/{code}")).Json();
        var typed = await house.As(Cashier).GetAsync($"/api/v1/slips/{code.ToLowerInvariant()}").Told();
        var number = slip["slip"]?["slipNumber"];
        var byNumber = await (await house.As(Cashier).GetAsync($"/api/v1/slips?number={number}")).Json();

        Assert.Equal((string?)slip["id"], (string?)byCode["id"]);
        Assert.Equal("200", typed);
        Assert.Equal([(string?)slip["id"]], byNumber["data"]?.AsArray().Select(found => (string?)found?["id"]));
    }

    [Theory]
    [InlineData("/api/v1/slips/0000000000000", "404 not-found")]
    [InlineData("/api/v1/slips/short", "404 not-found")]
    [InlineData("/api/v1/slips?number=0001-0", "422 slip-number-invalid")]
    [InlineData("/api/v1/slips?number=1", "422 slip-number-invalid")]
    [InlineData("/api/v1/slips", "422 parameter-required")]
    public async Task What_no_slip_says_finds_no_slip(string path, string told) =>
        Assert.Equal(told, await house.As(Cashier).GetAsync(path).Told());

    [Fact]
    public async Task A_slip_of_another_kitchen_is_not_found()
    {
        var code = slip["slip"]?["slipCode"];

        Assert.Equal("404 not-found", await house.As(Stranger).GetAsync($"/api/v1/slips/{code}").Told());
    }

    private Task<HttpResponseMessage> Print(string accept, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Place}/slip{query}");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return house.As(Kiosk).SendAsync(request);
    }
}
