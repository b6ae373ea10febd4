using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Grains.Tests;
using JikoXpress.Payments;
using JikoXpress.Testing.Silo;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Tests.Documentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>
/// The front end and grains on a loopback port, over a store in memory: one kitchen, several callers.
/// </summary>
public sealed class House : IAsyncLifetime
{
    public static readonly Guid KitchenId = Named(1);
    public static readonly Guid Pilau = Named(2);
    public static readonly Guid Soda = Named(3);
    public static readonly Guid SwitchedOff = Named(4);

    private static readonly KitchenCatalogue Catalogue = new(
        new Kitchen(KitchenId, "Mama Ntilie", LiveMode: false, KitchenSettings.Default),
        new Dictionary<Guid, MenuItem>
        {
            [Pilau] = new(Pilau, "Pilau", new Money(5000), "Rice", Available: true),
            [Soda] = new(Soda, "Soda", new Money(1000), "Drinks", Available: true),
            [SwitchedOff] = new(SwitchedOff, "Ugali", new Money(500), "Maize", Available: false),
        },
        new Dictionary<Guid, KitchenPaymentMethod>());

    /// <summary>All the doors that the front end may ask at; these tests ask at some of them.</summary>
    private static readonly IEnumerable<Type> Doors =
        typeof(ICheckoutSessionGrain).Assembly.GetExportedTypes().Where(type => type.IsInterface);

    private readonly MemoryStore store;
    private readonly Action<IServiceCollection> otherwise;
    private WebApplication? app;

    public House()
        : this(Catalogue, _ => { })
    {
        store.Receive(Soda, 10);
    }

    internal House(Action<IServiceCollection> otherwise)
        : this(Catalogue, otherwise)
    {
        store.Receive(Soda, 10);
    }

    /// <param name="otherwise">What is to be other than in the usual house.</param>
    internal House(KitchenCatalogue catalogue, Action<IServiceCollection> otherwise)
    {
        store = new MemoryStore(catalogue);
        this.otherwise = otherwise;
    }

    public StillClock Clock { get; } = new();

    public Uri Address => new(App.Urls.Single());

    internal WebApplication App => app ?? throw new InvalidOperationException("The house is not open yet.");

    internal MemoryReads Reads { get; private set; } = new();

    internal FixedCredentials Credentials { get; } = new();

    internal MemoryStore Store => store;

    /// <summary>A client that calls with a caller's token, and holds every answer against the API's document.</summary>
    public HttpClient As(string token)
    {
        var client = new HttpClient(new HeldAgainstTheDocument()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask InitializeAsync()
    {
        app = JikoXpressWeb.BuildOver([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var services = builder.Services;
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ICommits>(new RecordingCommits(store, Reads));
            services.AddSingleton<IStateReads>(store);
            services.AddSingleton<IStockReads>(store);
            services.AddSingleton<ICatalogue>(store);
            services.AddSingleton<IWalletReads>(store);
            services.AddSingleton<IPaymentShifts>(store);
            services.AddSingleton<IRefundReads>(store);
            services.AddSingleton<IDeadlines>(Reads);
            services.AddSingleton<ISessionReads>(Reads);
            services.AddSingleton<IBillReads>(Reads);
            services.AddSingleton<IOrderReads>(Reads);
            services.AddSingleton<ITicketReads>(Reads);
            services.AddSingleton<IEventFeed>(Reads);
            services.AddHealthChecks().AddCheck("database", Reads);
            services.AddSingleton<ICredentials>(Credentials);
            Absent.Register(services);
            services.AddMobileMoney(simulator: null);
            otherwise(services);
            services.AddGrains();
            services.AddSingleton(provider => new SimulatedCluster(provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<SimulatedCluster>()
                .Start("silo", provider, provider.GetRequiredService<TimeProvider>()));
            foreach (var door in Doors) services.TryAddSingleton(door, _ => throw new NotSupportedException($"{door}"));
        });
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    public static Guid Named(int name) => new(name, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 1]);
}

/// <summary>A clock that moves only when told; its timers never fire.</summary>
public sealed class StillClock : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private long moved;

    public override DateTimeOffset GetUtcNow() => Noon.AddTicks(Interlocked.Read(ref moved));

    public void Advance(TimeSpan by) => Interlocked.Add(ref moved, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Idle();

    private sealed class Idle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // It holds nothing.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
