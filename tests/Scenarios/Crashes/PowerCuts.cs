using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Testing;

namespace JikoXpress.Scenarios.Crashes;

/// <summary>
/// The host is killed in the middle of business, again and again. Whatever a till has heard of is there; what it has
/// not heard of it asks for once more, with the same key, and gets once.
/// </summary>
public sealed class PowerCuts : IAsyncLifetime
{
    private const int Cuts = 4;
    private const int Tills = 4;
    private const int SalesBetweenCuts = 40;

    /// <summary>The killed host lives in real time; this is the hour at which it all begins.</summary>
    private readonly Restaurant restaurant = new(Clocks.At(DateTimeOffset.UtcNow));

    private readonly ConcurrentDictionary<string, Guid> heard = [];
    private readonly ConcurrentDictionary<string, string> unheard = [];
    private int keys;

    public ValueTask InitializeAsync() => restaurant.InitializeAsync();

    public ValueTask DisposeAsync() => restaurant.DisposeAsync();

    [Fact]
    public async Task Lose_nothing_that_was_heard_of_and_do_nothing_twice()
    {
        for (var cut = 1; cut <= Cuts; cut++)
        {
            await using var host = await KilledHost.Start(restaurant.Database);
            await AskAgain(host.Http);
            await DoBusinessUntilKilled(host);
        }

        await using (var host = await KilledHost.Start(restaurant.Database)) await AskAgain(host.Http);
        Assert.True(heard.Count > Cuts * SalesBetweenCuts / 2, "There was business to lose.");

        await restaurant.RestartHost();
        foreach (var (key, session) in heard) await IsThere(session, isSlip: IsSlip(key));
        await OnlyWhatWasHeardOfIsThere();
        // The hosts that were killed lived in real time, and on a busy machine that is some minutes by now.
        await restaurant.Pass(DateTimeOffset.UtcNow - restaurant.Clock.GetUtcNow() + 16.Minutes);
        foreach (var (_, session) in heard.Where(known => IsSlip(known.Key)))
        {
            await restaurant.Kitchen.Cashier.Get($"/checkout-sessions/{session}")
                .Is(200, """{ "status": "EXPIRED", "expiryReason": "SLIP_TIMEOUT" }""");
        }

        await restaurant.MustBalance();
    }

    /// <summary>Tills sell and kiosks print slips; the power goes while they do.</summary>
    private async Task DoBusinessUntilKilled(KilledHost host)
    {
        var target = heard.Count + SalesBetweenCuts;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tills = Tills.AtOnce(async till =>
        {
            while (true)
            {
                var key = $"key-{Interlocked.Increment(ref keys)}";
                unheard[key] = Body(key);
                if (!await Ask(host.Http, key)) return till;
                if (heard.Count >= target) enough.TrySetResult();
            }
        });

        await Task.WhenAny(enough.Task, tills);
        await host.Kill();
        await tills;
    }

    private async Task AskAgain(HttpClient http)
    {
        foreach (var key in unheard.Keys) Assert.True(await Ask(http, key), $"{key} was not answered.");
    }

    /// <summary>False where no answer came.</summary>
    private async Task<bool> Ask(HttpClient http, string key)
    {
        var token = (IsSlip(key) ? restaurant.Kitchen.Kiosk : restaurant.Kitchen.Cashier).Token;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/checkout-sessions");
        request.Content = new StringContent(unheard[key], Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode is HttpStatusCode.Created, $"{response.StatusCode}: {body}");
            heard[key] = JsonElement.Parse(body).GetProperty("id").GetGuid();
            return unheard.TryRemove(key, out _);
        }
        catch (Exception lost) when (lost is HttpRequestException or SocketException)
        {
            return false;
        }
    }

    private async Task IsThere(Guid session, bool isSlip)
    {
        var found = await restaurant.Kitchen.Cashier.Get($"/checkout-sessions/{session}").Is(200, isSlip
            ? """{ "status": "PENDING_PAYMENT", "version": 1 }"""
            : """{ "status": "CONFIRMED", "version": 1 }""");
        if (isSlip) return;
        await restaurant.Kitchen.Cashier.Get($"/orders/{found["orderId"]}")
            .Is(200, $$"""{ "sessionId": "{{session}}" }""");
    }

    private async Task OnlyWhatWasHeardOfIsThere()
    {
        Assert.Empty(unheard);
        Assert.Equal(heard.Count, heard.Values.Distinct().Count());
        Assert.Equal(heard.Count, await restaurant.Database.Ask<long>("SELECT count(*) FROM jiko.checkout_session"));
        Assert.Equal(
            heard.Keys.Count(key => !IsSlip(key)),
            await restaurant.Database.Ask<long>("SELECT count(*) FROM jiko.customer_order"));
    }

    private string Body(string key) => IsSlip(key)
        ? $$"""
          {
            "sessionType": "SLIP", "channel": "KIOSK", "fulfillmentType": "PICKUP",
            "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1 }]
          }
          """
        : $$"""
          {
            "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
            "items": [{ "menuId": "{{restaurant.Kitchen.Pilau}}", "quantity": 1 }],
            "payments": [{ "paymentMethod": "CASH", "amount": 5000 }]
          }
          """;

    private static bool IsSlip(string key) => key[^1] is '0' or '5';
}
