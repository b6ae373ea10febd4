using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;
using JikoXpress.Testing.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JikoXpress.Grains.Tests;

/// <summary>
/// A kitchen with pilau and soda, and a neighbour with samaki, their store, and as many silos as a test wants: of one
/// cluster, or beside it on the same rows, as two activations of a grain are.
/// </summary>
internal sealed class Fixture : IIds
{
    public static readonly DateTimeOffset Noon = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid KitchenId = Named(1);
    public static readonly Guid Pilau = Named(2);
    public static readonly Guid Soda = Named(3);
    public static readonly Guid Samaki = Named(7);

    private int made = 100;

    public Fixture(ClusterNetwork? network = null)
    {
        Store = new MemoryStore(
            Catalogue(
                KitchenId, new(Pilau, "Pilau", new Money(5000), "Rice", Available: true),
                new(Soda, "Soda", new Money(1000), "Drinks", Available: true)),
            Catalogue(Named(6), new MenuItem(Samaki, "Samaki", new Money(8000), "Fish", Available: true)));
        Cluster = new SimulatedCluster(Clock, network);
        Silo = NewSilo();
    }

    public MemoryStore Store { get; }
    public FakeTimeProvider Clock { get; } = Clocks.At(Noon);
    public CountedAggregators Aggregators { get; } = new();
    public SimulatedCluster Cluster { get; }
    public SimulatedSilo Silo { get; }

    /// <summary>Of the silo that was started last.</summary>
    public SessionsInMemory InMemory { get; private set; } = null!;

    /// <summary>Of the silo that was started last.</summary>
    public KitchenInventories Inventories { get; private set; } = null!;

    public static Caller Cashier { get; } = new(CallerKind.Staff, Named(4), KitchenId, Named(5));

    /// <summary>One more silo of the cluster.</summary>
    public SimulatedSilo NewSilo() => Start(Cluster);

    /// <summary>
    /// A silo that knows nothing of the cluster's: whatever both of them activate has two activations on the same rows.
    /// </summary>
    public SimulatedSilo NewStranger() => Start(new SimulatedCluster(Clock));

    private SimulatedSilo Start(SimulatedCluster cluster)
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IIds>(this)
            .AddSingleton<ICommits>(Store)
            .AddSingleton<IStateReads>(Store)
            .AddSingleton<IStockReads>(Store)
            .AddSingleton<IDeadlines>(Store)
            .AddSingleton<ICatalogue>(Store)
            .AddSingleton<IWalletReads>(Store)
            .AddSingleton<IPaymentShifts>(Store)
            .AddSingleton<IRefundReads>(Store)
            .AddSingleton<IAggregators>(Aggregators)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddGrains();
        SimulatedSilo? silo = null;
        services.AddSingleton<IGrainFactory>(_ => silo ?? throw new InvalidOperationException("It starts later."));
        var provider = services.BuildServiceProvider();
        InMemory = provider.GetRequiredService<SessionsInMemory>();
        silo = cluster.Start("silo", provider, Clock);
        Inventories = provider.GetRequiredService<KitchenInventories>();
        return silo;
    }

    public static OpenSession CashSale(int items, Operation? operation = null) => new(
        Cashier, SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup,
        [new LineRequest(Pilau, items)],
        [new PaymentRequest(PaymentMethod.Cash, new Money(5000 * items))],
        Operation: operation);

    public static OpenSession Slip(int items) => new(
        Cashier, SessionType.Slip, Channel.Pos, FulfillmentType.Pickup, [new LineRequest(Pilau, items)],
        Payments: null);

    public static Reply<Session>.Accepted Accepted(Reply<Session> reply) =>
        Assert.IsType<Reply<Session>.Accepted>(reply);

    public static string Refused(Reply<Session> reply) => Assert.IsType<Reply<Session>.Refused>(reply).Refusals[0].Code;

    private static KitchenCatalogue Catalogue(Guid id, params MenuItem[] menu) => new(
        new Kitchen(id, $"Kitchen {id}", LiveMode: false, KitchenSettings.Default),
        menu.ToDictionary(item => item.Id), new Dictionary<Guid, KitchenPaymentMethod>());

    public static Guid Named(int name) => new(name, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public Guid Next() => Named(Interlocked.Increment(ref made));

    public ulong Bits() => (ulong)Interlocked.Increment(ref made);
}

/// <summary>No account, and how often one was looked for.</summary>
internal sealed class CountedAggregators : IAggregators
{
    public int Lookups { get; private set; }

    public ValueTask<string?> AccountFor(Kitchen kitchen, Sequence<string>? own, bool isForPush)
    {
        Lookups++;
        return new((string?)null);
    }

    public Sequence<Currency> Currencies(bool liveMode) => [];

    public Task<PaymentReport> Ask(PaymentAttempt attempt) => throw new NotSupportedException();
}
