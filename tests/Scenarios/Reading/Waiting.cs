using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;

namespace JikoXpress.Scenarios.Reading;

/// <summary>A kiosk waits for the cashier: it asks once, and hears when there is something to hear.</summary>
public sealed class Waiting(Restaurant restaurant) : Scenario(restaurant)
{
    private const string FiveThousandInCash = """{ "payments": [{ "paymentMethod": "CASH", "amount": 5000 }] }""";

    [Fact]
    public async Task Ends_when_the_slip_is_paid()
    {
        var slip = await NewSlip();
        var known = slip.Header("ETag")!;
        var waiting = Kiosk.With("If-None-Match", known).Get($"/checkout-sessions/{slip.Id}?waitSeconds=30");
        var screen = Kitchen.SecondCashier.With("If-None-Match", known)
            .Get($"/checkout-sessions/{slip.Id}?waitSeconds=30&expand=order");

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", FiveThousandInCash).Is(200);

        await waiting.Is(200, """{ "status": "CONFIRMED", "orderId": "*" }""");
        await screen.Is(200, """{ "status": "CONFIRMED", "order": { "status": "PLACED" } }""");
    }

    [Fact]
    public async Task Ends_when_the_slip_expires()
    {
        var slip = await NewSlip();
        await Pass(15.Minutes - 10.Seconds);
        var waiting = Kiosk.Get($"/checkout-sessions/{slip.Id}?waitSeconds=30");

        await PassUntil(waiting);

        await waiting.Is(200, """{ "status": "EXPIRED", "expiryReason": "SLIP_TIMEOUT" }""");
    }

    [Fact]
    public async Task Ends_when_patience_does()
    {
        var slip = await NewSlip();
        var waiting = Kiosk.With("If-None-Match", slip.Header("ETag")!)
            .Get($"/checkout-sessions/{slip.Id}?waitSeconds=5");

        await PassUntil(waiting);

        await waiting.Is(304);
    }

    [Fact]
    public async Task Is_not_for_who_has_missed_something_already()
    {
        var slip = await NewSlip();
        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);

        await Kiosk.With("If-None-Match", slip.Header("ETag")!).Get($"/checkout-sessions/{slip.Id}?waitSeconds=30")
            .Is(200, """{ "status": "CANCELLED" }""");
        foreach (var wait in (int[])[0, 31])
        {
            await Kiosk.Get($"/checkout-sessions/{slip.Id}?waitSeconds={wait}")
                .Is(422, """{ "code": "parameter-out-of-range" }""");
        }
    }

    [Fact]
    public async Task Is_as_good_at_a_stream()
    {
        var slip = await NewSlip();
        using var stream = await Kiosk.Follow($"/checkout-sessions/{slip.Id}/events");
        Says(await stream.Next(), """{ "status": "PENDING_PAYMENT" }""");

        await Till.Post($"/checkout-sessions/{slip.Id}/confirm-slip", """
            { "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000 }] }
            """).Is(202);
        Says(await stream.Next(), """{ "slip": { "paymentInProgressUntil": "*" } }""");
        await Till.Post($"/checkout-sessions/{slip.Id}/cancel").Is(200);
        Says(await stream.Next(), """{ "status": "CANCELLED" }""");
    }

    private static void Says(ServerEvent said, string expected) =>
        Assert.Empty(JsonSubset.Differences(JsonElement.Parse(expected), JsonElement.Parse(said.Data)));

    /// <summary>Second by second, until whoever waits has heard.</summary>
    private async Task PassUntil(Task waiting)
    {
        for (var second = 0; second < 60 && !waiting.IsCompleted; second++)
        {
            await Pass(1.Seconds);
            await Till.Get("/orders?limit=1").Is(200);
        }
    }

    private Task<Answer> NewSlip() => Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Pilau}}", "quantity": 1 }]
        }
        """).Is(201);
}
