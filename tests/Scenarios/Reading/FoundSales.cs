using System.Globalization;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>A guest comes back with a question, and shows what they have: a message, a phone, a slip, a number.</summary>
public sealed class FoundSales(MobileRestaurant mobile) : PhoneScenario(mobile)
{
    [Fact]
    public async Task By_the_receipt_or_the_reference_on_the_guest_s_phone()
    {
        var (sale, _) = await PaidByPhone(Kiosk);
        await PaidByPhone(Kiosk);
        var (receipt, reference) = (sale["payments.0.push.receipts.0.receipt"], sale["payments.0.push.reference"]);

        await Finds($"receipt={receipt}", sale);
        await Finds($"receipt={receipt.ToUpperInvariant()}", sale);
        await Finds($"receipt={reference}", sale);
        await Finds($"receipt={receipt}&status=CONFIRMED&total=5000&startDate={sale["businessDate"]}", sale);
        await Finds($"receipt={receipt}&status=FAILED");
        await Finds("receipt=QXW9NOBODY");
    }

    [Fact]
    public async Task By_the_last_digits_of_the_phone()
    {
        var (sale, phone) = await PaidByPhone(Kiosk);

        await Till.Get($"/checkout-sessions?phoneEnding={phone[^4..]}&limit=100").Holds($$"""{ "id": "{{sale.Id}}" }""");
        await Finds("phoneEnding=9999");
        await Till.Get("/checkout-sessions?phoneEnding=999").Is(422, """{ "code": "parameter-out-of-range" }""");
    }

    [Fact]
    public async Task By_the_number_of_the_order_or_the_code_of_the_slip()
    {
        var slip = await Kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }]
            }
            """).Is(201);

        await Finds($"number={slip["number"]}&startDate={slip["businessDate"]}&endDate={slip["businessDate"]}", slip);
        await Finds($"number={slip["number"]}", slip);
        await Finds($"slipCode={slip["slip.slipCode"]}", slip);
        await Finds($"slipCode={slip["slip.slipCode"].ToLowerInvariant()}", slip);
        await Finds("slipCode=0000000000000");
        await Finds("slipCode=nonsense");
        await Till.Get("/checkout-sessions?number=0").Is(422, """{ "code": "parameter-out-of-range" }""");

        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
    }

    [Fact]
    public async Task By_the_amount_and_the_minute()
    {
        await Pass(10.Minutes);
        var (sale, _) = await PaidByPhone(Kiosk);
        var minute = DateTimeOffset.Parse(sale["createdAt"], CultureInfo.InvariantCulture);

        await Finds($"total=5000&minute={At(minute)}", sale);
        await Finds($"total=5000&minute={At(minute.AddMinutes(1))}", sale);
        await Finds($"minute={minute.ToOffset(3.Hours):yyyy-MM-dd'T'HH:mm}%2B03:00", sale);
        await Finds($"total=5001&minute={At(minute)}");
        await Finds($"total=5000&minute={At(minute.AddMinutes(5))}");
        await Till.Get("/checkout-sessions?total=5000").Is(422, """{ "code": "parameter-required" }""");
        await Till.Get("/checkout-sessions?total=5000&minute=noon").Is(422, """{ "code": "parameter-out-of-range" }""");
        await Till.Get($"/checkout-sessions?total=5000.5&minute={At(minute)}").Is(422);
    }

    [Fact]
    public async Task A_receipt_of_a_bill_leads_to_what_paid_it()
    {
        var tab = await Till.Post("/checkout-sessions", $$"""
            {
              "sessionType": "TAB", "channel": "POS", "fulfillmentType": "DINE_IN", "tableNumber": "F1",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }]
            }
            """).Is(201);
        var bill = await Till.Post($"/bills/{tab["billId"]}/pay", $$"""
            { "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{Mobile.Phone("001")}}" }] }
            """).Is(202);
        await Pay();
        var paid = (await Till.Get($"/bills/{bill.Id}").Is(200, """{ "status": "PAID" }"""))["payments.0.checkoutSessionId"];
        var receipt = (await Till.Get($"/checkout-sessions/{paid}").Is(200))["payments.0.push.receipts.0.receipt"];

        await Till.Get($"/checkout-sessions?receipt={receipt}")
            .Is(200, $$"""{ "data": [{ "id": "{{paid}}", "billId": "{{bill.Id}}" }] }""");
    }

    [Fact]
    public async Task Not_by_another_kitchen_and_not_by_guests()
    {
        var (sale, phone) = await PaidByPhone(Kiosk);
        var minute = At(DateTimeOffset.Parse(sale["createdAt"], CultureInfo.InvariantCulture));
        foreach (var search in (string[])
            [$"receipt={sale["payments.0.push.receipts.0.receipt"]}", $"phoneEnding={phone[^4..]}", $"minute={minute}"])
        {
            await Restaurant.Neighbour.Cashier.Get($"/checkout-sessions?{search}").Is(200, """{ "data": [] }""");
            await Kiosk.Get($"/checkout-sessions?{search}").Is(422, """{ "code": "unknown-parameter" }""");
        }
    }

    private async Task<(Answer Sale, string Phone)> PaidByPhone(Caller kiosk)
    {
        var phone = Mobile.Phone("001");
        var sale = await kiosk.Post("/checkout-sessions", $$"""
            {
              "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1 }],
              "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
            }
            """).Is(201);
        await Pay();
        return (await Till.Get($"/checkout-sessions/{sale.Id}").Is(200, """{ "status": "CONFIRMED" }"""), phone);
    }

    private async Task Finds(string search, params Answer[] sales) => await Till.Get($"/checkout-sessions?{search}")
        .Is(200, $$"""{ "data": [{{string.Join(", ", sales.Select(sale => $$"""{ "id": "{{sale.Id}}" }"""))}}] }""");

    private static string At(DateTimeOffset minute) => $"{minute.UtcDateTime:yyyy-MM-dd'T'HH:mm}Z";
}
