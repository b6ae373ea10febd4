using System.Net;
using System.Net.Http.Headers;
using JikoXpress.Pages.Tests.Hosting;
using JikoXpress.Scenarios.Payments;
using JikoXpress.Scenarios.Vocabulary;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Shop))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>
/// The running product with a web shop: two silos, a front end, a database, phones, and a merchant's key. All tests of
/// this project share it, one after the other.
/// </summary>
public sealed class Shop : IAsyncLifetime
{
    public const string Kanga = """
        "lineItems": [
          { "name": "Kanga", "unitAmount": 15000, "quantity": 2, "description": "Nyekundu" },
          { "name": "Kofia", "unitAmount": 8000, "quantity": 1 }
        ]
        """;

    private readonly MobileRestaurant mobile = new();
    private Caller? backend;
    private HttpClient? http;

    public MobileRestaurant Mobile => mobile;

    public Uri Address => mobile.Restaurant.Host.Address;

    /// <summary>A browser without cookies that shows each answer as it comes.</summary>
    public HttpClient Http => http ?? throw NotOpen;

    private Caller Backend => backend ?? throw NotOpen;

    public async ValueTask InitializeAsync()
    {
        await mobile.InitializeAsync();
        backend = await OpenStore("Duka la Asha", """{ "currency": "TZS" }""");
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
        };
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        await mobile.DisposeAsync();
    }

    /// <summary>A merchant with one store, as its backend calls.</summary>
    public async Task<Caller> OpenStore(string name, string settings)
    {
        var platform = await mobile.Restaurant.Operator();
        var kitchen = await platform.Post(
            "/operator/kitchens", $$"""{ "name": "{{name}}", "settings": {{settings}} }""").Is(201);
        var merchant = await platform.Post(
            "/operator/merchants", $$"""{ "name": "Asha", "storeIds": ["{{kitchen.Id}}"] }""").Is(201);
        var key = await platform.Post($"/operator/merchants/{merchant.Id}/keys", """{ "name": "Shop" }""").Is(201);
        return new Caller(mobile.Restaurant, key["token"]);
    }

    /// <summary>A session, with the path of its page.</summary>
    /// <param name="members">Of the opening's JSON.</param>
    public async Task<HostedSale> Open(string members = """ "amount": 30000 """, Caller? by = null)
    {
        var session = await (by ?? Backend).Post("/checkout/sessions", $$"""
            {
              {{members}}, "successUrl": "{{Address}}health/live?session={CHECKOUT_SESSION_ID}",
              "cancelUrl": "{{Address}}health/live?cancelled"
            }
            """).Is(201);
        return new HostedSale(session.Id, new Uri(session["url"]).AbsolutePath, by ?? Backend);
    }

    /// <summary>A payment link; the answer's url is its page.</summary>
    public async Task<HostedLink> Link(string members)
    {
        var link = await Backend.Post("/payment-links", $"{{ {members} }}").Is(201);
        return new HostedLink(link.Id, new Uri(link["url"]).AbsolutePath, Backend);
    }

    /// <summary>A session that the shop itself opens from a link.</summary>
    public async Task<HostedSale> OpenFrom(HostedLink link)
    {
        var session = await Backend.Post("/checkout/sessions", $$"""{ "paymentLinkId": "{{link.Id}}" }""").Is(201);
        return new HostedSale(session.Id, new Uri(session["url"]).AbsolutePath, Backend);
    }

    /// <summary>A restaurant's slip for 5,000 shillings; its page is what its QR code says.</summary>
    public async Task<HostedSale> Slip()
    {
        var kitchen = mobile.Restaurant.Kitchen;
        var slip = await kitchen.Cashier.Post("/checkout-sessions", $$"""
            {
              "sessionType": "SLIP", "channel": "POS", "fulfillmentType": "PICKUP",
              "items": [{ "menuId": "{{kitchen.Pilau}}", "quantity": 1 }]
            }
            """).Is(201);
        return new HostedSale(slip.Id, $"/pay/{slip["slip.slipCode"]}", kitchen.Cashier);
    }

    public static async Task<string> StatusOf(HostedSale sale) =>
        (await sale.By.Get($"/checkout/sessions/{sale.Id}").Is(200))["paymentStatus"];

    /// <summary>The phones ring, and whoever decides at once has decided.</summary>
    public async Task PhonesDecide()
    {
        await mobile.UntilQuiet();
        await mobile.Pass(TimeSpan.FromSeconds(1));
    }

    public async Task<Shown> Get(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (language is not null) request.Headers.AcceptLanguage.ParseAdd(language);
        return await Send(request);
    }

    public async Task<Shown> Post(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return await Send(request);
    }

    public async Task<Shown> Send(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return new Shown(
            response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            response.Content.Headers);
    }

    private static InvalidOperationException NotOpen => new("InitializeAsync comes first.");
}

/// <param name="Page">The path of its page.</param>
/// <param name="By">The backend that has opened it.</param>
public sealed record HostedSale(Guid Id, string Page, Caller By)
{
    /// <summary>The path of what the page asks.</summary>
    public string Source => Page.Replace("/pay/", "/api/checkout/", StringComparison.Ordinal);
}

/// <param name="Page">The path of its page.</param>
public sealed record HostedLink(Guid Id, string Page, Caller By)
{
    /// <summary>Its only session.</summary>
    public async Task<Answer> Sale() =>
        await By.Get($"/checkout/sessions?paymentLinkId={Id}").Is(200, """{ "data": [{ "id": "*" }] }""");
}

/// <summary>What a browser got.</summary>
public sealed record Shown(
    HttpStatusCode Status, string Html, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
