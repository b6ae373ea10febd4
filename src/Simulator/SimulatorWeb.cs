using System.Text;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulator;

/// <summary>
/// An aggregator that moves no money, with the behaviour and the faults of real ones. The guest's phone number decides
/// how the guest reacts: see <see cref="Script"/>.
/// </summary>
public static class SimulatorWeb
{
    /// <param name="adjust">Changes that a test makes to the builder.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        adjust?.Invoke(builder);
        builder.Services.AddSingleton(SimulatorSettings.From(builder.Configuration));
        builder.Services.AddSingleton<SimulatorClock>();
        builder.Services.AddSingleton(new HttpClient { Timeout = TimeSpan.FromSeconds(10) });
        builder.Services.AddSingleton<VendorKeys>();
        builder.Services.AddSingleton<Deliveries>();
        builder.Services.AddSingleton<Aggregator>();
        builder.Services.AddSingleton<Tokens>();
        builder.Services.AddHostedService<Pulse>();

        var app = builder.Build();
        app.MapAggregator();
        app.MapVendors();
        app.MapCardPages();
        app.MapControls();
        return app;
    }

    /// <summary>The endpoints that the product calls, with its bearer token.</summary>
    private static void MapAggregator(this WebApplication app)
    {
        var key = $"Bearer {app.Services.GetRequiredService<SimulatorSettings>().Token}";
        var api = app.MapGroup("/v1").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Request.Headers.Authorization == key
                ? await next(context)
                : Results.Unauthorized());

        api.MapPost("/collections", (PushBody push, HttpContext http, Aggregator aggregator) => http.Push(
            aggregator, Dialect.Simulator, push,
            // The answer only acknowledges the push: webhooks and queries give the outcome.
            collection => Results.Json(
                collection.Word() with
                {
                    Status = "PENDING",
                    Amount = null,
                    Currency = null,
                    Reason = null,
                    Receipt = null,
                },
                statusCode: 202),
            collection => Results.Json(collection.Word(), statusCode: 422)));

        api.MapGet("/collections/{reference}", (string reference, Aggregator aggregator) =>
            aggregator.Query(reference) is { } collection ? Results.Json(collection.Word()) : Results.NotFound());

        api.MapPost("/card-pages", (CardPageBody asked, HttpRequest request, Aggregator aggregator) =>
        {
            var page = aggregator.OpenPage(asked);
            var url = $"{request.Scheme}://{request.Host}/card-pages/{page.Id}";
            return Results.Json(new { asked.Reference, page.Id, status = "PENDING", url });
        });

        api.MapPost("/refunds", (RefundBody refund, Aggregator aggregator) => aggregator.Refund(refund) is { } entry
            ? Results.Json(new { entry.Reference, status = "REFUNDED" })
            : Results.Conflict(new { refund.Reference, status = "REFUSED" }));

        api.MapGet("/refunds/{reference}", (string reference, Aggregator aggregator) =>
            aggregator.PaidOut(reference) is not null ? Results.Json(new { reference, status = "REFUNDED" })
            : aggregator.IsRefused(reference) ? Results.Conflict(new { reference, status = "REFUSED" })
            : Results.NotFound());
    }

    /// <summary>Endpoints for testers; real aggregators do not have them.</summary>
    private static void MapControls(this WebApplication app)
    {
        var controls = app.MapGroup("/_sim");

        controls.MapGet("/ledger", (string? phone, Aggregator aggregator) =>
            new { data = aggregator.Ledger.Where(entry => phone is null || entry.Phone == phone) });

        controls.MapGet("/deliveries", (Deliveries deliveries) => new { data = deliveries.Answers });

        controls.MapPost("/flush", async (Aggregator aggregator) => await aggregator.CatchUp());

        controls.MapPost("/advance", async (int seconds, Aggregator aggregator, SimulatorClock clock) =>
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await aggregator.CatchUp();
        });

        controls.MapPost("/reverse", async (string reference, Aggregator aggregator) =>
        {
            if (!aggregator.Reverse(reference)) return Results.NotFound();
            await aggregator.CatchUp();
            return Results.Ok();
        });

        controls.MapPost("/pay-refused", (string phone, Aggregator aggregator) =>
            aggregator.PayRefused(phone) ? Results.Ok() : Results.NotFound());

        controls.MapPost("/pay", async (PushBody payment, Aggregator aggregator) =>
        {
            var word = aggregator.Pay(payment);
            await aggregator.CatchUp();
            return Results.Json(word);
        });

        controls.MapPost("/product", (string address, Deliveries deliveries) =>
            deliveries.Product = new Uri(address));

        controls.MapGet("/draft", (
            string phone, long amount, bool forged, Aggregator aggregator, Deliveries deliveries) =>
            aggregator.WordOf(phone) is { } word
                ? Results.Json(Draft(deliveries, word, amount, forged))
                : Results.NotFound());

        controls.MapPost("/revoke-tokens", (Tokens tokens) => tokens.Revoke());

        controls.MapPost("/rotate-keys", (VendorKeys keys) => keys.Rotate());

        controls.MapPost("/replay/{id}", async (string id, Deliveries deliveries) =>
        {
            if (!deliveries.Replay(id)) return Results.NotFound();
            await deliveries.Send();
            return Results.NoContent();
        });
    }

    /// <summary>A webhook that says that a phone has paid, as it would be sent, for who sends it.</summary>
    private static object Draft(Deliveries deliveries, CollectionWord word, long amount, bool forged)
    {
        var written = deliveries.Write(
            deliveries.Dialect,
            word with
            {
                Status = "SUCCESS",
                Amount = $"{amount}.00",
                Currency = "TZS",
                Receipt = $"QK{word.Id}",
                Reason = null,
            },
            forged ? Flaw.BadSignature : Flaw.None);
        return new
        {
            written.Path,
            Headers = written.Message.Headers.Select(header => new { header.Name, header.Value }),
            Body = Encoding.UTF8.GetString(written.Message.Body),
        };
    }

    /// <summary>Makes due decisions and sends webhooks five times a second.</summary>
    private sealed class Pulse(Aggregator aggregator, TimeProvider clock) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), clock);
            while (await timer.WaitForNextTickAsync(stoppingToken)) await aggregator.CatchUp();
        }
    }
}
