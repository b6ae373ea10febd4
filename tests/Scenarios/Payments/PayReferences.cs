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
    }

    [Fact]
    public async Task Paid_again_from_another_phone_the_second_payment_goes_back_to_that_phone_and_all_see_it()
    {
        var (sale, reference) = await Sale();
        var (first, second) = (Mobile.Phone("001"), Mobile.Phone("001"));

        Assert.Equal(200, await Menu(reference, first, 5000));
        await Mobile.UntilQuiet();
        Assert.Equal(200, await Menu(reference, second, 5000));
        await Mobile.UntilQuiet();

        await Till.Get($"/checkout-sessions/{sale}").Is(200, $$"""
            {
              "status": "CONFIRMED",
              "payments": [{
                "status": "PAID",
                "push": {
                  "reference": "{{reference}}", "received": 10000, "refunded": 5000,
                  "receipts": [
                    { "receipt": "*", "amount": 5000, "phoneNumber": "{{first}}", "refunded": null },
                    { "receipt": "*", "amount": 5000, "phoneNumber": "{{second}}", "refunded": 5000 }]
                }
              }]
            }
            """);
        Assert.Equal((5000, 0), (Mobile.Spent(first), Mobile.Spent(second)));
    }

    [Fact]
    public async Task Paid_in_two_goes_it_is_paid_with_the_second()
    {
        var (sale, reference) = await Sale();
        var phone = Mobile.Phone("001");

        Assert.Equal(200, await Menu(reference, phone, 2000));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}")
            .Is(200, """{ "status": "PENDING_PAYMENT", "payments": [{ "status": "UNDERPAID" }] }""");

        Assert.Equal(200, await Menu(reference, phone, 3000));
        await Mobile.UntilQuiet();
        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """
            { "status": "CONFIRMED", "payments": [{ "status": "PAID", "push": { "received": 5000, "refunded": null } }] }
            """);
        Assert.Equal(5000, Mobile.Spent(phone));
    }

    [Fact]
    public async Task Too_little_in_two_goes_all_of_it_comes_back_when_the_time_is_over()
    {
        var (sale, reference) = await Sale();
        var (first, second) = (Mobile.Phone("001"), Mobile.Phone("001"));

        Assert.Equal(200, await Menu(reference, first, 2000));
        Assert.Equal(200, await Menu(reference, second, 1000));
        await Mobile.UntilQuiet();
        await Pass(7.Minutes);

        await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "EXPIRED" }""");
        Assert.Equal((0, 0), (Mobile.Spent(first), Mobile.Spent(second)));
    }

    [Fact]
    public async Task A_receipt_told_of_under_two_references_counts_once_and_the_operator_sees_it()
    {
        var (sale, reference) = await Sale();
        var (other, second) = await Sale();
        Assert.Equal(200, await Menu(reference, Mobile.Phone("001"), 5000));
        await Mobile.UntilQuiet();
        var paid = await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
        var receipt = paid["payments.0.push.receipts.0.receipt"];

        Assert.Equal(200, await Mobile.Send(
            $$"""
            {
              "reference": "{{second}}", "id": "SIM-{{second}}", "receipt": "{{receipt}}", "status": "SUCCESS",
              "amount": 5000, "currency": "TZS"
            }
            """,
            $"evt_{second}"));
        await Mobile.UntilQuiet();

        await Kiosk.Get($"/checkout-sessions/{other}").Is(200, """{ "status": "PENDING_PAYMENT" }""");
        var operators = await Restaurant.Operator();
        await operators.Get("/operator/payment-conflicts").Is(200, $$"""
            {
              "data": [{
                "object": "payment_conflict", "receipt": "{{receipt}}", "reference": "{{second}}",
                "knownReference": "{{reference}}"
              }]
            }
            """);
        await Pass(12.Minutes);
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
