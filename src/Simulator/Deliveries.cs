using System.Net.Sockets;
using JikoXpress.Simulator.Vendors;

namespace JikoXpress.Simulator;

/// <summary>
/// Sends events to the product, in the form of the aggregator that took the push. Without an answer, or after a 5xx, an
/// event is sent again, up to 5 times in all.
/// </summary>
public sealed class Deliveries(SimulatorSettings settings, VendorKeys keys, TimeProvider clock, HttpClient http)
{
    private const int MostTries = 5;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Event> written = [];
    private List<(Event Event, int Tries)> waiting = [];

    /// <summary>The product's base address; it may be set later.</summary>
    public Uri? Product { get; set; } = settings.Product;

    /// <summary>The form of the aggregator as whom it tells of what nobody pushed.</summary>
    public Dialect Dialect =>
        Dialect.All.FirstOrDefault(dialect => dialect.Name == settings.Aggregator) ?? Dialect.Simulator;

    /// <summary>Takes the events away, where they do not go over HTTP; null where they do.</summary>
    public Action<Event>? Carrier { get; init; }

    /// <summary>The product's answers, in order.</summary>
    public List<DeliveryAnswer> Answers { get; } = [];

    public Event Write(Dialect dialect, CollectionWord word, Flaw flaw)
    {
        // Real time: the product's clock does not move when the guests' clock is advanced.
        var at = clock.GetUtcNow() - (flaw is Flaw.StaleTime ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        var path = $"/webhooks/payments/{dialect.Name}/{dialect.TokenOf(settings)}";
        var address = new Uri(Product ?? new Uri("http://product.invalid"), path);
        lock (gate)
        {
            var id = $"evt_{word.Reference}_{written.Count + 1}";
            var news = new News(id, at, address, word, flaw);
            return written[id] = new Event(id, path, dialect.Write(keys, news), news);
        }
    }

    public void Post(Event item)
    {
        if (Carrier is { } carrier)
        {
            carrier(item);
            return;
        }

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
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(product, item.Path));
        request.Content = new ByteArrayContent(item.Message.Body);
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in item.Message.Headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or SocketException)
        {
            return 0;
        }
    }
}

public sealed record Event(string Id, string Path, Message Message, News News);

/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
public sealed record DeliveryAnswer(string Id, int Status);
