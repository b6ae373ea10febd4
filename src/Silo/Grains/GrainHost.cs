using JikoXpress.Grains;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Orleans.Timers;

namespace JikoXpress.Silo.Grains;

/// <summary>What a silo gives the grains in it.</summary>
internal sealed class GrainHost(
    [FromKeyedServices(GrainHost.Provider)] IGrainStorage storage, StorageCommits commits, ICommits writers,
    IStateReads reads, IStockReads stock, ICatalogue catalogue, SessionFactsSource facts, IGrains grains,
    IAggregators aggregators, IIds ids, TimeProvider clock, Wheel wheel, IReminderRegistry reminders,
    ITimerRegistry timers, ILogger<GrainHost> log, ILogger<KitchenInventory> inventoryLog)
{
    /// <summary>The storage provider's name.</summary>
    public const string Provider = "rows";

    public IGrainStorage Storage => storage;
    public StorageCommits Commits => commits;
    public IStateReads Reads => reads;
    public TimeProvider Clock => clock;
    public IReminderRegistry Reminders => reminders;
    public ITimerRegistry Timers => timers;
    public ILogger Log => log;

    /// <param name="committed">Hears the deadline that a commit leaves, before the commit is answered.</param>
    public SessionServices ForSession(Func<DateTimeOffset?, Task> committed) =>
        new(new SessionCommits(writers, committed), reads, facts, grains, aggregators, ids, clock, wheel);

    public BillServices ForBill(GrainCommits way) => new(way, way, facts, grains, aggregators, ids, clock);

    public CartServices ForCart(GrainCommits way) =>
        new(way, way, catalogue, facts, grains, aggregators, ids, clock);

    public InventoryServices ForInventory(GrainCommits way) =>
        new(way, way, stock, catalogue, grains, clock, inventoryLog);
}
