using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Scenarios.Payments;

/// <summary>A restaurant with till numbers at a network, and a program that forwards what they receive.</summary>
public sealed class TillRestaurant : IAsyncLifetime
{
    private const string Key = "whsec_dGhlLXBob25lLW9mLXRoZS10aWxsLWZvcndhcmRzLWl0cy1tZXNzYWdlcw==";
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly string folder = Directory.CreateTempSubdirectory("tills").FullName;
    private string? settings;
    private int tills, receipts, events;

    public TillRestaurant() => Mobile = new MobileRestaurant
    {
        Otherwise = builder =>
        {
            if (settings is not null) builder.Configuration.AddInMemoryCollection([new("JIKO_TILLS", settings)]);
        },
    };

    public MobileRestaurant Mobile { get; }

    public Restaurant Restaurant => Mobile.Restaurant;

    public async ValueTask InitializeAsync()
    {
        await Mobile.InitializeAsync();
        // The forwarder is set up for a kitchen that is there.
        settings = Written("tills.json", JsonSerializer.Serialize(new[]
        {
            new
            {
                name = "mama", kitchen = Restaurant.Kitchen.Id, tokenFile = Written("token", Token),
                keyFile = Written("key", Key),
            },
        }));
        await Restaurant.RestartHost();
        Mobile.Deliveries.Product = Restaurant.Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await Mobile.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A till number that nobody else has.</summary>
    public string NextTill() => $"{5_550_000 + Interlocked.Increment(ref tills)}";

    /// <summary>A receipt that the network has given to nobody else.</summary>
    public string NextReceipt() => $"9A12BC{Interlocked.Increment(ref receipts):D4}";

    /// <summary>Sends a notification as anybody might, and lets the product do what follows from it.</summary>
    public async Task<int> Tell(
        string body, string? id = null, string key = Key, string token = Token, string forwarder = "mama",
        TimeSpan? age = null, string? signedBody = null)
    {
        id ??= $"msg_{Interlocked.Increment(ref events)}";
        var at = (Restaurant.Clock.GetUtcNow() - (age ?? TimeSpan.Zero)).ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/till/{forwarder}/{token}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        request.Headers.Add(StandardWebhook.IdHeader, id);
        request.Headers.Add(StandardWebhook.TimestampHeader, $"{at}");
        request.Headers.Add(
            StandardWebhook.SignatureHeader,
            StandardWebhook.Sign(key, id, $"{at}", Encoding.UTF8.GetBytes(signedBody ?? body)));
        using var response = await Restaurant.Host.Http.SendAsync(request);
        await Mobile.UntilQuiet();
        return (int)response.StatusCode;
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}

/// <summary>What every scenario with tills is told with; after each of them the books must balance.</summary>
public abstract class TillScenario(TillRestaurant at) : IClassFixture<TillRestaurant>, IAsyncLifetime
{
    protected TillRestaurant At => at;
    protected TestKitchen Kitchen => at.Restaurant.Kitchen;
    protected Caller Cashier => Kitchen.Cashier;
    protected Caller Manager => Kitchen.Manager;
    protected string Exceptions => $"/kitchens/{Kitchen.Id}/payment-exceptions";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => new(at.Restaurant.MustBalance());

    /// <summary>A till number of the kitchen, with a payment method for it.</summary>
    protected async Task<(Guid Method, string Number)> Till()
    {
        var number = at.NextTill();
        var made = await Manager.Post($"/kitchens/{Kitchen.Id}/payment-methods", $$"""
            { "name": "Lipa {{number}}", "provider": "M-Pesa", "shape": "TILL", "tillNumber": "{{number}}" }
            """).Is(201, $$"""{ "shape": "TILL", "tillNumber": "{{number}}", "receiptRequired": false }""");
        return (made.Id, number);
    }

    /// <summary>Pilau for 5,000.</summary>
    protected Task<Answer> Sale(params string[] payments) => Cashier.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "POS", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{{string.Join(", ", payments)}}]
        }
        """);

    protected static string By(Guid method, long amount = 5000, string? receipt = null, string? phone = null) => $$"""
        {
          "paymentMethod": "KITCHEN_CHANNEL", "kitchenPaymentMethodId": "{{method}}", "amount": {{amount}},
          "receipt": {{Text(receipt)}}, "phoneNumber": {{Text(phone)}}
        }
        """;

    /// <summary>The body of a notification.</summary>
    protected string Brought(
        string till, string receipt, long amount = 5000, string? phone = null, string? reference = null,
        string network = "VODACOM") => $$"""
        {
          "receipt": "{{receipt}}", "network": "{{network}}", "tillNumber": "{{till}}", "amount": {{amount}},
          "phoneNumber": {{Text(phone)}}, "reference": {{Text(reference)}}, "paidAt": "{{at.Restaurant.In(TimeSpan.Zero)}}"
        }
        """;

    protected async Task MustBe(Answer sale, string status) =>
        await Cashier.Get($"/checkout-sessions/{sale.Id}").Is(200, $$"""{ "status": "{{status}}" }""");

    /// <summary>The exception with this receipt; undefined when none waits.</summary>
    protected async Task<JsonElement> Waiting(string receipt)
    {
        var listed = await Manager.Get($"{Exceptions}?limit=100").Is(200);
        return listed.Json.GetProperty("data").EnumerateArray().FirstOrDefault(each =>
            each.TryGetProperty("receipt", out var known) && known.GetString() == receipt);
    }

    protected async Task<Answer> Decide(JsonElement waiting, string decision) => await Manager.Post(
        $"{Exceptions}/{waiting.GetProperty("id").GetString()}/resolve", decision);

    protected static string Reference(Answer sale, int payment = 0) => sale[$"payments.{payment}.payTill.reference"];

    private static string Text(string? text) => text is null ? "null" : $"\"{text}\"";
}
