using System.Net;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Slips;

/// <summary>What may happen to a slip between the printer and the till.</summary>
public sealed class LifeOfASlip(Restaurant restaurant) : Scenario(restaurant)
{
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    [Theory]
    [InlineData("text/html", "text/html; charset=utf-8", "<!DOCTYPE html>")]
    [InlineData("image/png", "image/png", "\u0089PNG")]
    [InlineData("text/plain", "text/plain; charset=utf-8", "")]
    [InlineData("application/vnd.escpos", "application/vnd.escpos", "\u001b@")]
    public async Task Is_printed_in_the_form_that_the_printer_takes(string accepted, string type, string beginning)
    {
        var slip = await NewSlip();

        foreach (var paper in (string[])["", "?paper=58", "?copy=1"])
        {
            var printed = await Kiosk.With("Accept", accepted).Get($"/checkout-sessions/{slip.Id}/slip{paper}").Is(200);
            Assert.Equal(type, printed.Header("Content-Type"));
            var text = Encoding.Latin1.GetString(printed.Bytes.Span);
            Assert.StartsWith(beginning, text, StringComparison.OrdinalIgnoreCase);
            if (!accepted.StartsWith("text/", StringComparison.Ordinal)) continue;
            Assert.Contains(slip["slip.slipNumber"], printed.Body, StringComparison.Ordinal);
            Assert.Contains("Pilau", printed.Body, StringComparison.Ordinal);
            Assert.Contains("5,000", printed.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Is_not_printed_in_a_form_that_there_is_not()
    {
        var slip = await NewSlip();

        await Kiosk.With("Accept", "application/pdf").Get($"/checkout-sessions/{slip.Id}/slip")
            .Is(406, """{ "code": "not-acceptable" }""");
    }

    [Fact]
    public async Task Shows_what_a_guest_wrote_as_text_and_nothing_else()
    {
        const string Script = "</td><script>alert('{{7*7}}')</script><img src=x onerror=alert(1)>&amp;";
        var slip = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
              "tag": "<b>'; DROP TABLE jiko.event;--",
              "items": [{ "menuId": "{{Pilau}}", "quantity": 1, "itemInstructions": "{{Script}}" }]
            }
            """).Is(201, $$"""
            { "tag": "<b>'; DROP TABLE jiko.event;--", "items": [{ "itemInstructions": "{{Script}}" }] }
            """);

        var html = await Till.With("Accept", "text/html").Get($"/checkout-sessions/{slip.Id}/slip").Is(200);
        Assert.DoesNotContain("<script", html.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", html.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>'", html.Body, StringComparison.Ordinal);
        Assert.Contains(
            "<script>alert('{{7*7}}')</script>", WebUtility.HtmlDecode(html.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_found_by_its_number_and_by_its_barcode()
    {
        var slip = await NewSlip();
        var code = slip["slip.slipCode"];

        await Till.Get($"/slips/{code}").Is(200, $$"""{ "id": "{{slip.Id}}", "slip": { "slipCode": "{{code}}" } }""");
        await Till.Get($"/slips/{Misread(code)}").Is(200, $$"""{ "id": "{{slip.Id}}" }""");
        await Till.Get($"/slips?number={slip["slip.slipNumber"]}").Holds($$"""{ "id": "{{slip.Id}}" }""");
        await Till.Get("/slips?number=9999-4").Is(200, """{ "data": [] }""");
        await Till.Get("/slips/ZZZZZZZZZZZZZ").Is(404, """{ "code": "not-found" }""");
    }

    [Fact]
    public async Task Counts_from_one_again_on_the_next_business_day()
    {
        var neighbour = Restaurant.Neighbour;
        var first = await neighbour.Kiosk.Post("/checkout-sessions", SlipOf(neighbour.Pilau)).Is(201);
        var second = await neighbour.Kiosk.Post("/checkout-sessions", SlipOf(neighbour.Pilau)).Is(201);
        await Restaurant.NextDay();
        var next = await neighbour.Kiosk.Post("/checkout-sessions", SlipOf(neighbour.Pilau)).Is(201);

        Assert.Equal(("1", "2", "1"), (first["number"], second["number"], next["number"]));
        Assert.Equal(first["slip.slipNumber"], next["slip.slipNumber"]);
        await neighbour.Cashier.Get($"/slips?number={next["slip.slipNumber"]}")
            .Is(200, $$"""{ "data": [{ "id": "{{next.Id}}" }, { "id": "{{first.Id}}", "status": "EXPIRED" }] }""");
    }

    [Fact]
    public async Task Is_locked_to_the_cashier_who_has_begun_to_take_the_money()
    {
        var slip = await NewSlip();
        await Confirm(Till, slip, """
            { "payments": [
              { "paymentMethod": "CASH", "amount": 3000 },
              { "paymentMethod": "MOBILE_MONEY", "amount": 2000, "phoneNumber": "+255712345678" }
            ] }
            """).Is(202, """{ "payments": [{ "status": "HELD" }, { "phoneNumber": "+255712345678" }] }""");

        await Confirm(Kitchen.SecondCashier, slip).Is(409, $$"""
            { "code": "slip-payment-in-progress", "until": "{{In(5.Minutes)}}" }
            """);
        await Kiosk.Get($"/checkout-sessions/{slip.Id}")
            .Is(200, """{ "payments": [{}, { "phoneNumber": "+255******678" }] }""");

        await Pass(5.Minutes);
        await Confirm(Kitchen.SecondCashier, slip).Is(200, """{ "status": "CONFIRMED", "cashToReturn": 3000 }""");
        await Confirm(Till, slip).Is(409, """{ "code": "already-confirmed", "orderId": "*" }""");
        await Till.Post($"/checkout-sessions/{slip.Id}/return-money")
            .Is(200, """{ "status": "CONFIRMED", "cashToReturn": null }""");
    }

    [Fact]
    public async Task Does_not_expire_while_its_payment_is_under_way()
    {
        var slip = await NewSlip();
        await Pass(15.Minutes - 1.Seconds);
        await Confirm(Till, slip, """{ "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }] }""")
            .Is(202, $$"""{ "expiresAt": "{{In(5.Minutes)}}" }""");

        await Pass(5.Minutes - 1.Seconds);
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        await Pass(1.Seconds);
        await Till.Get($"/checkout-sessions/{slip.Id}")
            .Is(200, """{ "status": "EXPIRED", "expiryReason": "SLIP_TIMEOUT" }""");
    }

    [Fact]
    public async Task Is_issued_anew_at_the_prices_of_the_day_once_it_has_expired()
    {
        var dish = await Kitchen.AddDish("Biriani", 4000);
        await Kitchen.Receive(dish, 20);
        var slip = await NewSlip(dish);
        await SetPrice(dish, 4500);
        await Pass(15.Minutes);

        await Confirm(Till, slip, """{ "payments": [{ "paymentMethod": "CASH", "amount": 4000 }] }""")
            .Is(410, """{ "code": "slip-expired" }""");
        await Till.Get($"/checkout-sessions/{slip.Id}/slip").Is(410, """{ "code": "slip-expired" }""");
        var again = await Till.Post($"/checkout-sessions/{slip.Id}/reissue").Is(201, $$"""
            {
              "status": "PENDING_PAYMENT", "reissueOf": "{{slip.Id}}", "total": 4500, "channel": "KIOSK",
              "expiresAt": "{{In(15.Minutes)}}", "items": [{ "menuId": "{{dish}}", "quantity": 1, "unitPrice": 4500 }]
            }
            """);
        Assert.NotEqual(slip["slip.slipCode"], again["slip.slipCode"]);
        await Confirm(Till, again, """{ "payments": [{ "paymentMethod": "CASH", "amount": 4500 }] }""")
            .Is(200, """{ "status": "CONFIRMED" }""");
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "EXPIRED", "total": 4000 }""");
    }

    [Fact]
    public async Task Gives_its_items_back_when_it_is_cancelled_or_ended_early()
    {
        var dish = await Kitchen.AddDish("Ndizi", 5000);
        await Kitchen.Receive(dish, 1);
        await Ends("cancel", "CANCELLED");
        await Ends("expire", "EXPIRED");
        await Confirm(Till, await NewSlip(dish)).Is(200);

        async Task Ends(string command, string status)
        {
            var slip = await NewSlip(dish);
            await Kiosk.Post("/checkout-sessions", SlipOf(dish)).Is(409, $$"""
                { "code": "insufficient-stock", "shortages": [{ "menuId": "{{dish}}", "requested": 1,
                  "available": 0 }] }
                """);
            await Till.Post($"/checkout-sessions/{slip.Id}/{command}").Is(200, $$"""{ "status": "{{status}}" }""");
            await Confirm(Till, slip).Is(status is "EXPIRED" ? 410 : 409);
        }
    }

    [Fact]
    public async Task Is_paid_to_cashiers_and_managers_only()
    {
        var slip = await NewSlip();

        await Confirm(Kitchen.Cook, slip).Is(403, """{ "code": "role-not-allowed" }""");
        await Confirm(Kiosk, slip).Is(403, """{ "code": "role-not-allowed" }""");
        await Confirm(Restaurant.AppUser, slip).Is(403, """{ "code": "role-not-allowed" }""");
        await Confirm(Restaurant.Stranger, slip).Is(401, """{ "code": "unauthenticated" }""");
        await Confirm(Kitchen.Manager, slip).Is(200, """{ "status": "CONFIRMED" }""");
    }

    private Task<Answer> NewSlip() => NewSlip(Pilau);

    private Task<Answer> NewSlip(Guid dish) => Kiosk.Post("/checkout-sessions", SlipOf(dish)).Is(201);

    private static string SlipOf(Guid dish) => $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{dish}}", "quantity": 1 }]
        }
        """;

    private static Task<Answer> Confirm(Caller cashier, Answer slip, string payments = FiveThousandInCash) =>
        cashier.Post($"/checkout-sessions/{slip.Id}/confirm-slip", payments);

    private async Task SetPrice(Guid dish, long price) => Assert.IsType<Reply<MenuItem>.Accepted>(
        await Restaurant.Host.Services.GetRequiredService<IMenus>()
            .Change(Kitchen.Id, dish, new MenuItemChange(Price: new Money(price))));

    /// <summary>As somebody might type it from a smudged print.</summary>
    private static string Misread(string code) => code.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l');
}
