using System.Net.Http.Headers;
using System.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Scenarios.Hosting;
using JikoXpress.Scenarios.Vocabulary;
using JikoXpress.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Caller = JikoXpress.Scenarios.Vocabulary.Caller;

namespace JikoXpress.Scenarios.Payments;

/// <summary>A restaurant whose guests have phones: the product and the simulator, each with books of its own.</summary>
public sealed class MobileRestaurant : IAsyncLifetime
{
    public const string Secret = "whsec_d2hhdC10aGUtcHJvZHVjdC1hbmQtdGhlLXNpbXVsYXRvci1rbm93";

    private Restaurant? restaurant;
    private WebApplication? simulator;
    private int phones;

    /// <summary>The aggregator that the simulator speaks as, and the product's adapter is for.</summary>
    internal string Vendor { get; init; } = "simulator";

    /// <summary>What the product has otherwise than usual.</summary>
    internal Action<WebApplicationBuilder>? Otherwise { get; init; }

    /// <summary>What the simulator has otherwise than usual.</summary>
    internal Action<WebApplicationBuilder>? SimulatorOtherwise { get; init; }

    public Restaurant Restaurant => restaurant ?? throw NotOpen;

    public Aggregator Aggregator => Simulator.Services.GetRequiredService<Aggregator>();

    public Deliveries Deliveries => Simulator.Services.GetRequiredService<Deliveries>();

    public Uri SimulatorAddress => new(Simulator.Urls.Single());

    private WebApplication Simulator => simulator ?? throw NotOpen;

    public async ValueTask InitializeAsync()
    {
        restaurant = new Restaurant
        {
            Adjust = builder =>
            {
                builder.Environment.EnvironmentName = "Development";
                builder.Configuration.AddInMemoryCollection(
                [
                    new("JIKO_SIMULATOR", Simulator.Urls.Single()), new("JIKO_SIMULATOR_SECRET", Secret),
                    new("JIKO_AGGREGATOR", Vendor),
                ]);
                Otherwise?.Invoke(builder);
            },
        };
        simulator = SimulatorWeb.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new("JIKO_SIMULATOR_SECRET", Secret), new("JIKO_AGGREGATOR", Vendor)]);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<TimeProvider>(restaurant.Clock);
            builder.Logging.ClearProviders();
            SimulatorOtherwise?.Invoke(builder);
        });
        await simulator.StartAsync();
        await restaurant.InitializeAsync();
        Deliveries.Product = restaurant.Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await Restaurant.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    /// <summary>A guest's number that nobody else has; its last three digits say what the guest does.</summary>
    public string Phone(string ending) => $"+2557{Interlocked.Increment(ref phones):D5}{ending}";

    /// <summary>Time passes for everybody, and what is due by then is done and answered.</summary>
    public async Task Pass(TimeSpan time)
    {
        Restaurant.Clock.Advance(time);
        await UntilQuiet();
        await Restaurant.Host.Sweep();
        await UntilQuiet();
    }

    /// <summary>Everybody does what can be done now, on every host.</summary>
    public async Task UntilQuiet()
    {
        for (var idle = 0; idle < 2;)
        {
            await Aggregator.CatchUp();
            var isBusy = false;
            foreach (var host in Restaurant.Hosts) isBusy |= await host.Rounds();
            idle = isBusy ? 0 : idle + 1;
        }
    }

    /// <summary>What really left a phone, less what came back to it.</summary>
    public long Spent(string phone) => Entries(phone).Sum(entry => entry.Amount);

    public IReadOnlyList<LedgerEntry> Entries(string phone) => [.. Aggregator.Ledger.Where(entry => entry.Phone == phone)];

    /// <summary>Sends a webhook as anybody might.</summary>
    public async Task<int> Send(
        string body, string id, TimeSpan? age = null, string secret = Secret, string? signedBody = null,
        string? token = null, string type = "application/json", string adapter = "simulator")
    {
        var at = (Restaurant.Clock.GetUtcNow() - (age ?? TimeSpan.Zero)).ToUnixTimeSeconds();
        var path = $"/webhooks/payments/{adapter}/{token ?? new JikoXpress.Payments.SimulatorSettings(Restaurant.Host.Address, Secret).Token}";
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.Add(StandardWebhook.IdHeader, id);
        request.Headers.Add(StandardWebhook.TimestampHeader, $"{at}");
        request.Headers.Add(
            StandardWebhook.SignatureHeader,
            StandardWebhook.Sign(secret, id, $"{at}", Encoding.UTF8.GetBytes(signedBody ?? body)));
        using var response = await Restaurant.Host.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Both books say the same, nobody was charged twice for one push, and all laws hold.</summary>
    public async Task MustBalance()
    {
        await UntilQuiet();
        // What a busy machine has interrupted is done again when its lease is over.
        if (await Received() != Aggregator.Ledger.Sum(entry => entry.Amount)) await Pass(16.Seconds);
        await Restaurant.MustBalance();
        Assert.Equal(Aggregator.Ledger.Sum(entry => entry.Amount), await Received());
        Assert.All(
            Aggregator.Ledger.Where(entry => entry.Amount > 0).GroupBy(entry => entry.Reference),
            charges => Assert.Single(charges));
    }

    /// <summary>Where money of phones and cards is: with who took it, or where it went from there.</summary>
    private static readonly IReadOnlyCollection<AccountKind> FromPhones =
    [
        AccountKind.MobileMoney, AccountKind.CardGateway, AccountKind.SettlementWallet, AccountKind.PaidOut,
        AccountKind.CommissionKept,
    ];

    /// <summary>What the product's books say that phones paid, less what went back.</summary>
    private async Task<long> Received()
    {
        // The simulator's ledger does not say in what currency; what it counts in is the smallest unit of each.
        var received = 0L;
        foreach (var currency in Enum.GetValues<Currency>())
        {
            var rows = await Restaurant.Host.Services.GetRequiredService<IBooks>().TrialBalance(currency);
            received += rows
                .Where(row => FromPhones.Contains(row.Account))
                .Sum(row => row.Balance).Shillings;
        }

        return received;
    }

    private static InvalidOperationException NotOpen => new("InitializeAsync comes first.");
}

/// <summary>What every scenario with phones is told with; after each of them both books must balance.</summary>
public abstract class PhoneScenario(MobileRestaurant mobile) : IClassFixture<MobileRestaurant>, IAsyncLifetime
{
    protected MobileRestaurant Mobile => mobile;
    protected Restaurant Restaurant => mobile.Restaurant;
    protected TestKitchen Kitchen => mobile.Restaurant.Kitchen;
    protected Caller Till => Kitchen.Cashier;
    protected Caller Kiosk => Kitchen.Kiosk;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => new(mobile.MustBalance());

    protected Task Pass(TimeSpan time) => mobile.Pass(time);

    /// <summary>The phones ring, and whoever pays at once has paid.</summary>
    protected async Task Pay()
    {
        await mobile.UntilQuiet();
        await Pass(1.Seconds);
    }
}
