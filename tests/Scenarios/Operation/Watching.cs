using System.Diagnostics;
using JikoXpress.Payments;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Operation;

/// <summary>What whoever runs the product can see of it, and what nobody may see.</summary>
public sealed class Watching : IAsyncLifetime
{
    private const string Phone = "+255754987001", WrongPin = "918273";

    private readonly Onlooker onlooker = new();
    private readonly MobileRestaurant mobile;

    public Watching() => mobile = new MobileRestaurant
    {
        Otherwise = builder =>
        {
            builder.Logging.AddProvider(onlooker).AddFilter("JikoXpress", LogLevel.Trace);
            // Commands have spans where somebody collects them; nobody listens at this port.
            builder.Configuration.AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")]);
        },
    };

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await mobile.DisposeAsync();
        onlooker.Dispose();
    }

    [Fact]
    public async Task Sales_commits_calls_and_webhooks_are_counted()
    {
        await Trade();

        Assert.Contains(onlooker.Measurements, seen => seen is { Name: "jiko.checkout.sessions", Value: 1 }
            && seen.Tags.Contains("[jiko.session.status, CONFIRMED]", StringComparison.Ordinal)
            && seen.Tags.Contains("[jiko.session.channel, KIOSK]", StringComparison.Ordinal)
            && seen.Tags.Contains("[jiko.session.type, IMMEDIATE]", StringComparison.Ordinal));
        Assert.Contains(onlooker.Measurements, seen => seen.Name is "jiko.checkout.refusals"
            && seen.Tags is "[jiko.refusal.code, payments-total-mismatch]");
        Assert.Contains(onlooker.Measurements, seen => seen is { Name: "jiko.commit.batch.size", Value: >= 1 });
        Assert.Contains(onlooker.Measurements, seen => seen is { Name: "jiko.commit.duration", Value: > 0 });
        Assert.Contains(onlooker.Measurements, seen => seen.Name is "jiko.aggregator.call.duration"
            && seen.Tags.Contains("[jiko.aggregator.operation, push]", StringComparison.Ordinal));
        Assert.Contains(onlooker.Measurements, seen => seen.Name is "jiko.payment.attempts"
            && seen.Tags.Contains("[jiko.attempt.status, SUCCEEDED]", StringComparison.Ordinal));
        Assert.Contains(onlooker.Measurements, seen => seen is { Name: "jiko.inbox.event.age", Value: >= 0 });
    }

    [Fact]
    public async Task No_number_is_anybody_s()
    {
        await Trade();

        var tags = onlooker.Measurements.Select(measurement => measurement.Tags);
        Assert.DoesNotContain(tags, text => mobile.Restaurant.Kitchen.Id.ToString() is var kitchen
            && text.Contains(kitchen, StringComparison.OrdinalIgnoreCase));
        Assert.InRange(tags.Distinct().Count(), 1, 300);
    }

    [Fact]
    public async Task A_request_leads_to_its_command_and_to_the_transaction_that_it_shared()
    {
        await Trade();

        var commands = onlooker.Spans.Where(span => span.DisplayName is "CheckoutSession.Open").ToList();
        Assert.NotEmpty(commands);
        var requests = onlooker.Spans.Where(span => span.DisplayName is "POST /api/v1/checkout-sessions")
            .Select(span => span.SpanId).ToHashSet();
        // Between them are Orleans' own, of the call at its caller and at its grain.
        Assert.Contains(commands, command => Ancestors(command.SpanId).Any(requests.Contains));
        var linked = onlooker.Spans.Where(span => span.DisplayName is "commit batch")
            .SelectMany(span => span.Links, (batch, link) => (batch, link.Context.SpanId)).ToList();
        Assert.Contains(commands, command => linked.Any(pair => pair.SpanId == command.SpanId));
        Assert.All(linked, pair => Assert.Equal(default, pair.batch.ParentSpanId));
    }

    [Fact]
    public async Task A_call_to_an_aggregator_says_which_trace_it_is_part_of()
    {
        await Trade();

        var calls = onlooker.Spans.Where(span => span.DisplayName is "push simulator").ToDictionary(span => span.SpanId);
        Assert.NotEmpty(calls);
        Assert.Contains(onlooker.Spans, span => span.Source.Name is "System.Net.Http" && calls.ContainsKey(span.ParentSpanId));
    }

    [Fact]
    public async Task A_refusal_names_the_trace_it_is_part_of()
    {
        var refused = await mobile.Restaurant.Kitchen.Kiosk.Post("/checkout-sessions", "{}");

        Assert.Contains(onlooker.Spans, span => $"{span.TraceId}" == refused["traceId"]);
    }

    [Fact]
    public async Task No_stream_ticket_is_anywhere_to_be_seen()
    {
        var kitchen = mobile.Restaurant.Kitchen;
        var ticket = await kitchen.Cook.Post($"/kitchens/{kitchen.Id}/tickets/stream-tickets").Is(201);
        var path = ticket["url"]["/api/v1".Length..];

        (await mobile.Restaurant.Stranger.Follow(path)).Dispose();
        await mobile.Restaurant.Stranger.Get(path).Is(401);

        Assert.DoesNotContain(
            onlooker.Everything, seen => seen.Contains(ticket["ticket"], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_name_phone_token_or_pin_is_anywhere_to_be_seen()
    {
        await Trade();

        var kitchen = mobile.Restaurant.Kitchen;
        string[] secrets =
        [
            Phone, Phone[1..], Phone[4..], WrongPin, "274951", MobileRestaurant.Secret, "Mama Fatuma", "Neema", "Rehema",
            "no onions for her", new SimulatorSettings(mobile.Restaurant.Host.Address, MobileRestaurant.Secret).Token,
            .. new[] { kitchen.Cashier, kitchen.Manager, kitchen.Cook, kitchen.Kiosk, mobile.Restaurant.AppUser }
                .Select(caller => caller.Token ?? "").Where(token => token.Length > 0),
        ];

        Assert.NotEmpty(onlooker.Logs);
        Assert.All(secrets, secret => Assert.DoesNotContain(
            onlooker.Everything, seen => seen.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    private IEnumerable<ActivitySpanId> Ancestors(ActivitySpanId span)
    {
        while (onlooker.Spans.FirstOrDefault(known => known.SpanId == span) is { } known)
        {
            yield return known.ParentSpanId;
            span = known.ParentSpanId;
        }
    }

    /// <summary>A day in short: sales of all kinds, refusals, a wrong PIN, forged and real webhooks.</summary>
    private async Task Trade()
    {
        var (kitchen, kiosk) = (mobile.Restaurant.Kitchen, mobile.Restaurant.Kitchen.Kiosk);
        await kiosk.Post("/checkout-sessions", Sale(5000)).Is(201);
        await kiosk.Post("/checkout-sessions", Sale(4000)).Is(422);
        await mobile.UntilQuiet();
        await mobile.Pass(1.Seconds);
        Assert.Equal(401, await mobile.Send("{}", "evt_forged", secret: "somebody else's secret"));
        Assert.Equal(200, await mobile.Send(
            $$"""{ "reference": "JX999999999999999999", "status": "SUCCESS", "phone": "{{Phone}}" }""", "evt_orphan"));
        await mobile.UntilQuiet();
        await mobile.Pass(24 * 60.Minutes);
        await kitchen.Manager.Get("/staff-sessions/current?pin=" + WrongPin);
        await mobile.Restaurant.Stranger.Post("/staff-sessions", $$"""{ "staffNumber": 1, "pin": "{{WrongPin}}" }""");
        await kitchen.Manager.Post($"/kitchens/{kitchen.Id}/customers", $$"""{ "name": "Mama Fatuma", "phone": "{{Phone}}" }""");
    }

    private string Sale(int amount) => $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP", "tag": "Mama Fatuma",
          "items": [{
            "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": "no onions for her"
          }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": {{amount}}, "phoneNumber": "{{Phone}}" }]
        }
        """;
}
