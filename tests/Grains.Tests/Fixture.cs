using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.InProcess;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace JikoXpress.Grains.Tests;

/// <summary>
/// A kitchen with pilau and soda, and a neighbour with samaki, their store, and as many hosts as a test wants.
/// </summary>
internal sealed class Fixture : IIds
{
    public static readonly DateTimeOffset Noon = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid KitchenId = Named(1);
    public static readonly Guid Pilau = Named(2);
    public static readonly Guid Soda = Named(3);
    public static readonly Guid Samaki = Named(7);

    private int made = 100;

    public Fixture()
    {
        Store = new MemoryStore(
            Catalogue(
                KitchenId, new(Pilau, "Pilau", new Money(5000), "Rice", Available: true),
                new(Soda, "Soda", new Money(1000), "Drinks", Available: true)),
            Catalogue(Named(6), new MenuItem(Samaki, "Samaki", new Money(8000), "Fish", Available: true)));
        Host = NewHost();
    }

    public MemoryStore Store { get; }
    public FakeTimeProvider Clock { get; } = new(Noon);
    public InProcessGrains Host { get; }

    public static Caller Cashier { get; } = new(CallerKind.Staff, Named(4), KitchenId, Named(5));

    public InProcessGrains NewHost() => new(
        Store, Store, Store, Store, new SessionFactsSource(Store, Store), new NoAggregators(), this, Clock,
        new Wheel(Clock), NullLogger<KitchenInventory>.Instance);

    public static OpenSession CashSale(int plates, Operation? operation = null) => new(
        Cashier, SessionType.Immediate, Channel.Pos, FulfillmentType.Pickup,
        [new LineRequest(Pilau, plates)],
        [new PaymentRequest(PaymentMethod.Cash, new Money(5000 * plates))],
        Operation: operation);

    public static OpenSession Slip(int plates) => new(
        Cashier, SessionType.Slip, Channel.Pos, FulfillmentType.Pickup, [new LineRequest(Pilau, plates)],
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
