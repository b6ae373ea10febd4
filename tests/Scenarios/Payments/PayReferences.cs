using System.Net.Http.Json;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Payments;

/// <summary>Guests who are asked for no number: they pay a reference from the menu of any phone.</summary>
public sealed class PayReferences(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task Paid_from_a_phone_s_menu_the_reference_confirms_the_sale()
    {
        var (sale, reference) = await Sale();
        var phone = Mobile.Phone("001");

        Assert.Equal(200, await Menu(reference, phone, 5000));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, $$"""
            {
              "status": "CONFIRMED", "orderId": "*",
              "payments": [{ "status": "PAID", "payReference": null, "push": { "reference": "{{reference}}", "received": 5000 } }]
            }
            """);
        Assert.Equal(409, await Menu(reference, phone, 5000));
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task The_cashier_s_slip_shows_it_too()
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }]
            }
            """).Is(201);
        var paying = await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            {
              "payments": [
                { "paymentMethod": "CASH", "amount": 2000 }, { "paymentMethod": "MOBILE_MONEY", "amount": 3000 }]
            }
            """).Is(202, """{ "payments": [{ "payReference": null }, { "payReference": "*", "push": null }] }""");

        Assert.Equal(200, await Menu(paying["payments.1.payReference"], Mobile.Phone("001"), 3000));
        await Mobile.UntilQuiet();
        await Till.Get($"/checkout-sessions/{slip.Id}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task When_nothing_tells_of_it_a_question_does()
    {
        var (sale, reference) = await Sale();

        // This phone's payments are never told of.
        Assert.Equal(200, await Menu(reference, Mobile.Phone("037"), 5000));
        await Pass(20.Seconds);
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
    }

    [Fact]
    public async Task Cancelling_asks_whether_it_is_paid()
    {
        var (sale, reference) = await Sale();

        Assert.Equal(200, await Menu(reference, Mobile.Phone("037"), 5000));
        await Kiosk.Post($"/checkout-sessions/{sale}/cancel").Is(409, """{ "code": "already-confirmed" }""");
    }

    [Fact]
    public async Task Paid_too_late_it_goes_back_to_the_phone_that_paid()
    {
        var (sale, reference) = await Sale();
        var phone = Mobile.Phone("001");
        await Pass(6.Minutes);

        Assert.Equal(200, await Menu(reference, phone, 5000));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """
            { "status": "EXPIRED", "payments": [{ "push": { "received": 5000, "refunded": 5000 } }] }
            """);
        Assert.Equal(0, Mobile.Spent(phone));
    }

    [Theory]
    [InlineData("041", """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "UNDERPAID" }] }""")]
    [InlineData("039", """{ "status": "CONFIRMED", "payments": [{ "push": { "received": 5100, "refunded": 100 } }] }""")]
    [InlineData("042", """{ "status": "CONFIRMED" }""")]
    [InlineData("044", """{ "status": "CONFIRMED" }""")]
    public async Task It_is_no_easier_to_deceive_than_a_push(string ending, string then)
    {
        var (sale, reference) = await Sale();

        Assert.Equal(200, await Menu(reference, Mobile.Phone(ending), 5000));
        await Pass(20.Seconds);
        // Where the host has asked before the webhook came, it asks again ten seconds later and no sooner.
        await Pass(10.Seconds);
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, then);
        await Pass(10.Minutes);
    }

    private async Task<(Guid Sale, string Reference)> Sale()
    {
        var sale = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }]
            }
            """).Is(201, """{ "payments": [{ "status": "PENDING", "payReference": "*", "push": null }] }""");
        await Mobile.UntilQuiet();
        return (sale.Id, sale["payments.0.payReference"]);
    }

    private async Task<int> Menu(string reference, string phone, long amount)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(
            new Uri(Mobile.SimulatorAddress, "/_sim/pay"), new { reference, phone, amount, currency = "TZS" });
        return (int)answer.StatusCode;
    }
}
