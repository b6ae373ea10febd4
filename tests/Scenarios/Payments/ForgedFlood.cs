using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;
using JikoXpress.Simulator.Vendors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JikoXpress.Scenarios.Payments;

public sealed class ClickPesaFlooded() : ForgedFlood("clickpesa");

public sealed class AzamPayFlooded() : ForgedFlood("azampay");

public sealed class SnippeFlooded() : ForgedFlood("snippe");

public sealed class PawaPayFlooded() : ForgedFlood("pawapay");

/// <summary>
/// Somebody floods an aggregator's webhooks with forged ones, from another address than the aggregator's, and knows
/// the secret path and the references of sales that wait. All of it is refused; the aggregator is asked about a sale
/// once in ten seconds at most; the log does not fill; and no genuine webhook is kept out.
/// </summary>
public abstract class ForgedFlood : IAsyncLifetime
{
    private const int Sales = 5, Each = 60, Floods = 4;

    private readonly string vendor;
    private readonly Lines lines = new();
    private readonly Questions questions = new();
    private readonly MobileRestaurant mobile;
    private readonly HttpClient forger = new(new SocketsHttpHandler { ConnectCallback = FromElsewhere });

    protected ForgedFlood(string vendor)
    {
        this.vendor = vendor;
        mobile = new MobileRestaurant
        {
            Vendor = vendor,
            Otherwise = builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("JIKO_RATE_WEBHOOK", "10/50")]);
                // What each question to an aggregator leaves there is no line of the product's log either.
                builder.Logging.AddProvider(lines).AddFilter("Polly", LogLevel.Error);
            },
            SimulatorOtherwise = builder => builder.Services.AddSingleton<IStartupFilter>(questions),
        };
    }

    private Caller Kiosk => mobile.Restaurant.Kitchen.Kiosk;

    private Dialect Dialect => Dialect.All.First(dialect => dialect.Name == vendor);

    public ValueTask InitializeAsync() => mobile.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        forger.Dispose();
        await mobile.DisposeAsync();
    }

    [Fact]
    public async Task Forged_webhooks_are_refused_ask_little_and_keep_no_genuine_one_out()
    {
        var sales = new List<(Guid Sale, string Phone)>();
        // These guests pay after a second.
        for (var sale = 0; sale < Sales; sale++) sales.Add(await Sale(mobile.Phone("001")));
        await mobile.UntilQuiet();
        await mobile.Pass(TimeSpan.FromMilliseconds(500));
        var (asked, logged) = (questions.Count, lines.Count);

        var answers = new ConcurrentBag<int>();
        for (var flood = 0; flood < Floods; flood++)
        {
            await Task.WhenAll(Forged(sales).Select(async item => answers.Add(await Send(item))));
            await mobile.UntilQuiet();
        }

        Assert.Equal(Floods * 3 * Each, answers.Count);
        Assert.Empty(answers.Except([401, 429]));
        Assert.Contains(429, answers);
        // Each sale once, and the key that verifies.
        Assert.InRange(questions.Count - asked, 0, Sales + 2);
        var said = lines.Since(logged);
        Assert.True(said.Count <= Sales, string.Join('\n', said));
        Assert.Equal(0, await mobile.Restaurant.Database.Ask<long>("SELECT count(*) FROM jiko.payment_inbox"));

        // The genuine ones come while the forger goes on.
        var more = Task.WhenAll(Forged(sales).Select(Send));
        await mobile.Pass(TimeSpan.FromMilliseconds(500));
        await more;
        await mobile.UntilQuiet();
        foreach (var (sale, phone) in sales)
        {
            await Kiosk.Get($"/checkout-sessions/{sale}").Is(200, """{ "status": "CONFIRMED" }""");
            Assert.Equal(5000, mobile.Spent(phone));
        }

        Assert.All(mobile.Deliveries.Answers, answer => Assert.Equal(200, answer.Status));
        await mobile.MustBalance();
    }

    /// <summary>Of sales that wait, of nobody's, and to a path that is none.</summary>
    private IEnumerable<Event> Forged(List<(Guid Sale, string Phone)> sales)
    {
        for (var number = 0; number < Each; number++)
        {
            var word = mobile.Aggregator.WordOf(sales[number % sales.Count].Phone)
                ?? throw new InvalidOperationException("The phone was not rung.");
            var paid = word with { Status = "SUCCESS", Amount = "5000.00", Currency = "TZS", Reason = null };
            var known = mobile.Deliveries.Write(Dialect, paid, Flaw.BadSignature);
            yield return known;
            yield return mobile.Deliveries.Write(
                Dialect, paid with { Reference = Nobody(number), Id = $"SIM{number}" }, Flaw.BadSignature);
            yield return known with { Path = $"{known.Path[..^1]}{(known.Path[^1] is '0' ? '1' : '0')}" };
        }
    }

    private string Nobody(int number) => vendor is "pawapay" ? $"{Guid.NewGuid()}" : $"JX{number:D18}";

    private async Task<int> Send(Event item)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(mobile.Restaurant.Host.Address, item.Path));
        request.Content = new ByteArrayContent(item.Message.Body);
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in item.Message.Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await forger.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<(Guid Sale, string Phone)> Sale(string phone) => ((await Kiosk.Post("/checkout-sessions", $$"""
        {
          "sessionType": "IMMEDIATE", "channel": "KIOSK", "fulfillmentType": "PICKUP",
          "items": [{ "menuId": "{{mobile.Restaurant.Kitchen.Pilau}}", "quantity": 1, "itemInstructions": null }],
          "payments": [{ "paymentMethod": "MOBILE_MONEY", "amount": 5000, "phoneNumber": "{{phone}}" }]
        }
        """).Is(201)).Id, phone);

    private static async ValueTask<Stream> FromElsewhere(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Counts what the product asks its aggregator.</summary>
    private sealed class Questions : IStartupFilter
    {
        private int count;

        public int Count => count;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, then) =>
            {
                Interlocked.Increment(ref count);
                await then(http);
            });
            next(app);
        };
    }

    /// <summary>Keeps the lines of the product's log.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> kept = [];

        public int Count => kept.Count;

        public IReadOnlyList<string> Since(int count) => [.. kept.Skip(count)];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) kept.Enqueue(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
