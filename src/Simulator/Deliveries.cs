using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace JikoXpress.Simulator;

/// <summary>
/// Sends events to the product, signed according to Standard Webhooks. Without an answer, or after a 5xx, an event is
/// sent again, up to 5 times in all.
/// </summary>
public sealed class Deliveries(SimulatorSettings settings, TimeProvider clock, HttpClient http)
{
    private const int MostTries = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock gate = new();
    private readonly Dictionary<string, Event> written = [];
    private List<(Event Event, int Tries)> waiting = [];

    /// <summary>The product's base address; it may be set later.</summary>
    public Uri? Product { get; set; } = settings.Product;

    /// <summary>The product's answers, in order.</summary>
    public List<DeliveryAnswer> Answers { get; } = [];

    public Event Write(CollectionWord word, Flaw flaw)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(word, Json);
        // Real time: the product's clock does not move when the guests' clock is advanced.
        var at = clock.GetUtcNow() - (flaw is Flaw.StaleTime ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        lock (gate)
        {
            var id = $"evt_{word.Reference}_{written.Count + 1}";
            var signature = flaw switch
            {
                Flaw.BadSignature => Sign("another secret", id, timestamp, body),
                Flaw.NoSignature => null,
                _ => Sign(settings.Secret, id, timestamp, body),
            };
            return written[id] = new Event(id, timestamp, signature, body);
        }
    }

    public void Post(Event item)
    {
        lock (gate) waiting.Add((item, 0));
    }

    /// <summary>Queues an earlier event again, unchanged; false when there is no such event.</summary>
    public bool Replay(string id)
    {
        lock (gate)
        {
            if (!written.TryGetValue(id, out var item)) return false;
            waiting.Add((item, 0));
            return true;
        }
    }

    /// <summary>Sends all waiting events in parallel.</summary>
    public async Task Send()
    {
        List<(Event Event, int Tries)> now;
        lock (gate) (now, waiting) = (waiting, []);
        await Task.WhenAll(now.Select(item => Send(item.Event, item.Tries + 1)));
    }

    private async Task Send(Event item, int tries)
    {
        var status = await Status(item);
        lock (gate)
        {
            Answers.Add(new DeliveryAnswer(item.Id, status));
            // No answer, or a server error: try again.
            if (status is 0 or >= 500 && tries < MostTries) waiting.Add((item, tries));
        }
    }

    private async Task<int> Status(Event item)
    {
        if (Product is not { } product) return 0;
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(product, $"/webhooks/payments/simulator/{settings.Token}"));
        request.Content = new ByteArrayContent(item.Body);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", item.Id);
        request.Headers.Add("webhook-timestamp", item.Timestamp);
        if (item.Signature is { } signature) request.Headers.Add("webhook-signature", signature);
        try
        {
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed));
    }

    /// <summary>A secret is <c>whsec_</c> and the key in base64; any other text is a key by its UTF-8 bytes.</summary>
    private static byte[] KeyOf(string secret) => secret.StartsWith("whsec_", StringComparison.Ordinal)
        ? Convert.FromBase64String(secret["whsec_".Length..])
        : Encoding.UTF8.GetBytes(secret);
}

public sealed record Event(string Id, string Timestamp, string? Signature, byte[] Body);

/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
public sealed record DeliveryAnswer(string Id, int Status);
