using System.Net;
using System.Text.RegularExpressions;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Slips;

/// <summary>A guest reads the QR code of a slip and pays it by phone, in the queue or instead of it.</summary>
public sealed class PaidOnItsPage(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task The_qr_code_leads_to_the_page_and_the_phones_money_makes_the_order()
    {
        var slip = await NewSlip();
        var (page, token) = await Scan(slip);

        await Restaurant.Stranger.Get($"//api/checkout/{token}").Is(200, $$"""
            {
              "object": "checkout_page", "sessionId": "{{slip.Id}}", "checkoutRef": "{{slip["slip.slipNumber"]}}",
              "status": "open", "paymentStatus": "requires_payment_method", "amountTotal": 5000, "currency": "TZS",
              "lineItems": [{ "name": "Pilau", "quantity": 1, "amount": 5000 }],
              "paymentMethodTypes": ["mobile_money"], "successUrl": null
            }
            """);
        var phone = Mobile.Phone("001");
        await PayOn(token, phone).Is(202, """{ "status": "open", "paymentStatus": "pending" }""");
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Cash).Is(409, """
            { "code": "slip-payment-in-progress" }
            """);
        await Pay();

        await Restaurant.Stranger.Get($"//api/checkout/{token}").Is(200, """
            { "status": "complete", "paymentStatus": "succeeded" }
            """);
        var paid = await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "CONFIRMED" }""");
        await Till.Get($"/orders/{paid["orderId"]}").Is(200, """{ "status": "PLACED", "paymentState": "PAID" }""");
        Assert.Equal(5000, Mobile.Spent(phone));
        Assert.Equal(HttpStatusCode.OK, (await Fetch(page)).Status);
        await PayOn(token, Mobile.Phone("001")).Is(409, """{ "code": "already-confirmed" }""");
        await Till.With("Accept", "text/plain").Get($"/checkout-sessions/{slip.Id}/slip").Is(409);
    }

    [Fact]
    public async Task After_a_wrong_pin_the_cashier_takes_cash_and_the_page_says_so()
    {
        var slip = await NewSlip();
        var (_, token) = await Scan(slip);
        await PayOn(token, Mobile.Phone("013")).Is(202);
        await Pay();

        await Restaurant.Stranger.Get($"//api/checkout/{token}").Is(200, """
            { "status": "open", "paymentStatus": "failed", "failureReason": "Wrong PIN" }
            """);
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Cash).Is(200);
        await Restaurant.Stranger.Get($"//api/checkout/{token}").Is(200, """{ "status": "complete" }""");
    }

    [Fact]
    public async Task A_cashier_with_the_guest_at_the_till_does_not_wait_for_a_phone()
    {
        var slip = await NewSlip();
        var (_, token) = await Scan(slip);
        var phone = Mobile.Phone("036");
        await PayOn(token, phone).Is(202);
        var refused = await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Cash).Is(409, """
            { "code": "slip-payment-in-progress" }
            """);
        var locked = await Till.Get($"/checkout-sessions/{slip.Id}").Is(200);
        Assert.Equal(
            DateTimeOffset.Parse(refused["until"], null),
            DateTimeOffset.Parse(locked["slip.paymentInProgressUntil"], null));
        Assert.Contains("insteadOfPhone", refused["detail"], StringComparison.Ordinal);

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Instead).Is(200, """{ "status": "CONFIRMED" }""");

        await Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_phone_that_has_paid_is_not_paid_instead_of()
    {
        var slip = await NewSlip();
        var (_, token) = await Scan(slip);
        var phone = Mobile.Phone("037");
        await PayOn(token, phone).Is(202);
        await Pay();

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Instead).Is(409, """
            { "code": "already-confirmed" }
            """);
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task A_guest_who_pays_both_at_the_cashier_and_too_late_by_phone_gets_the_second_one_back()
    {
        var slip = await NewSlip();
        var (_, token) = await Scan(slip);
        var phone = Mobile.Phone("030");
        await PayOn(token, phone).Is(202);
        await Pass(TimeSpan.FromMinutes(7));
        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", Cash).Is(200);

        await Pass(TimeSpan.FromHours(1));

        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Fact]
    public async Task The_page_of_an_expired_slip_takes_nothing()
    {
        var slip = await NewSlip();
        var (page, token) = await Scan(slip);
        await Pass(TimeSpan.FromMinutes(40));

        await Restaurant.Stranger.Get($"//api/checkout/{token}").Is(200, """{ "status": "expired" }""");
        await PayOn(token, Mobile.Phone("001")).Is(410, """{ "code": "slip-expired" }""");
        Assert.Equal(HttpStatusCode.OK, (await Fetch(page)).Status);
    }

    [Fact]
    public async Task Without_the_slips_code_there_is_no_page()
    {
        var slip = await NewSlip();
        var code = slip["slip.slipCode"];
        var other = (code[0] is 'A' ? "B" : "A") + code[1..];

        Assert.Equal(HttpStatusCode.NotFound, (await Fetch($"/pay/{other}")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Fetch($"/pay/{code.ToLowerInvariant()}")).Status);
        await Restaurant.Stranger.Get($"//api/checkout/{code}").Is(404);
    }

    [Fact]
    public async Task With_a_public_address_every_page_is_there_whatever_the_caller_says()
    {
        await using var shop = new MobileRestaurant
        {
            Otherwise = builder => builder.Configuration.AddInMemoryCollection(
                [new("JIKO_PUBLIC_URL", "https://pay.example.co.tz")]),
        };
        await shop.InitializeAsync();
        var kitchen = shop.Restaurant.Kitchen;
        var slip = await kitchen.Kiosk.Post("/checkout-sessions", SlipFor(kitchen.Pilau)).Is(201);

        var printed = await kitchen.Kiosk.With("Accept", "text/plain").With("Host", "evil.example")
            .Get($"/checkout-sessions/{slip.Id}/slip").Is(200);

        Assert.Contains($"https://pay.example.co.tz/pay/{slip["slip.slipCode"]}", printed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", printed.Body, StringComparison.Ordinal);
    }

    private static string Cash => """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    private static string Instead => """
        { "payments": [{ "paymentMethod": "CASH", "amount": 5000 }], "insteadOfPhone": true }
        """;

    private static string SlipFor(Guid dish) => $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }]
        }
        """;

    private Task<Answer> NewSlip() => Kiosk.Post("/checkout-sessions", SlipFor(Kitchen.Pilau)).Is(201);

    /// <summary>What the guest's camera reads on the paper, and the page to which that leads.</summary>
    private async Task<(string Page, string Token)> Scan(Answer slip)
    {
        var paper = await Kiosk.With("Accept", "text/plain").Get($"/checkout-sessions/{slip.Id}/slip?paper=80").Is(200);
        var link = new Uri(Regex.Match(paper.Body, @"http://\S+/pay/\S+").Value);
        Assert.EndsWith(slip["slip.slipCode"], link.AbsolutePath, StringComparison.Ordinal);
        var (status, page) = await Fetch(link.AbsolutePath);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        return (page!, page!.Split("/pay/")[1]);
    }

    private Task<Answer> PayOn(string token, string phone) => Restaurant.Stranger.Post($"//api/checkout/{token}/pay", $$"""
        { "paymentMethod": { "type": "mobile_money", "mobileMoney": { "phoneNumber": "{{phone}}" } } }
        """);

    private async Task<(HttpStatusCode Status, string? Location)> Fetch(string path)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var response = await browser.GetAsync(new Uri(Restaurant.Host.Address, path));
        return (response.StatusCode, response.Headers.Location?.ToString());
    }
}
