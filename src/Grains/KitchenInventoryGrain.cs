using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Timers;

namespace JikoXpress.Grains;

/// <summary>The services that inventory grains use.</summary>
public sealed record InventoryServices(
    ICommits Commits, IStateReads Reads, IStockReads Stock, IDeadlines Deadlines, ICatalogue Catalogue,
    IGrainFactory Grains, TimeProvider Clock, KitchenInventories Inventories, ILogger<InventoryServices> Log);

/// <summary>
/// The grain of one kitchen's stock. Its calls interleave: a hold is decided in memory without an await, and only
/// adjustments and announcements wait for each other. It also expires the kitchen's sessions at their deadlines, which
/// frees their items. Grains of its silo hold items without a call, in the <see cref="KitchenStock"/> that it lists.
/// </summary>
[GrainType("inventory")]
[Reentrant]
[CollectionAgeLimit(Days = 1)]
internal sealed class KitchenInventoryGrain : IKitchenInventoryGrain, IGrainBase, IRemindable
{
    private const int MostRemedies = 3;
    private const int MostTries = 5;

    /// <summary>
    /// Another silo may have freed items: before a hold is refused, rows that were read longer ago than this are
    /// read again.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Guid kitchenId;
    private readonly InventoryServices services;
    private readonly Actor<StockAnnouncements> actor;
    private readonly KitchenDeadlines deadlines;
    private readonly KitchenStock stock;
    private readonly SemaphoreSlim loading = new(1);
    private readonly SemaphoreSlim committing = new(1);
    private DateTimeOffset loadedAt = DateTimeOffset.MinValue;
    private bool isAnnouncing;

    public KitchenInventoryGrain(
        IGrainContext context, InventoryServices services, ITimerRegistry timers, IReminderRegistry reminders)
    {
        GrainContext = context;
        kitchenId = context.GrainId.GetGuidKey();
        this.services = services;
        actor = new(
            GrainKind.Inventory, kitchenId, StockAnnouncements.Initial, services.Commits, services.Reads,
            services.Clock);
        deadlines = new(context, services, timers, reminders);
        stock = new(
            services.Clock,
            announce: () => context.Scheduler.QueueAction(AnnounceSoon),
            expect: moment => context.Scheduler.QueueAction(() => deadlines.Expect(moment)));
    }

    public IGrainContext GrainContext { get; }

    public Task OnActivateAsync(CancellationToken cancellationToken)
    {
        deadlines.Begin();
        services.Inventories.Add(kitchenId, stock);
        return Task.CompletedTask;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        services.Inventories.Remove(kitchenId, stock);
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => deadlines.Ring();

    public async ValueTask<HoldReply> Hold(Guid sessionId, Sequence<StockLine> items, DateOnly businessDate)
    {
        for (var remedies = 0; ; remedies++)
        {
            HoldReply? reply;
            while ((reply = stock.Hold(sessionId, items, businessDate)) is null) await Load(businessDate, again: false);
            if (reply is not HoldReply.Short(var shortages)) return reply;
            if (remedies == MostRemedies || !await Remedy(shortages, businessDate, remedies > 0)) return reply;
        }
    }

    public async ValueTask ResolveHold(Guid sessionId, HoldOutcome? outcome, DateTimeOffset? deadline)
    {
        stock.Resolve(sessionId, outcome, deadline);
        if (!KitchenStock.AsksForRows(outcome)) return;
        await Load(await Today());
        AnnounceSoon();
    }

    public async Task<Reply<StockLevel>> Adjust(StockAdjustment adjustment, Operation? operation)
    {
        if (adjustment.Broken() is { Count: > 0 } broken) return new Reply<StockLevel>.Refused(broken);
        if (await services.Catalogue.Kitchen(kitchenId) is not { } known || !known.Menu.ContainsKey(adjustment.MenuId))
            return new Reply<StockLevel>.Refused([StockRules.MenuItemNotFound]);

        await committing.WaitAsync();
        try
        {
            // The state does not show which adjustment was committed. The operation does, so there is always one.
            return await AdjustAlone(adjustment, operation ?? new Operation(adjustment.Id, adjustment.Id));
        }
        finally
        {
            committing.Release();
            AnnounceSoon();
        }
    }

    public async ValueTask<Sequence<StockLevel>> Levels()
    {
        if (services.Clock.GetUtcNow() - loadedAt >= Fresh) await Load(await Today());
        return stock.Levels.OrderBy(level => level.MenuId).ToSequence();
    }

    /// <summary>
    /// Tries to free items: expires the sessions whose holds have expired, then reads the rows if they are not fresh.
    /// False when there was nothing to try.
    /// </summary>
    /// <param name="again">
    /// Not the first try: sessions that were expired and still hold items may have ended in another silo, which
    /// only the rows show.
    /// </param>
    private async Task<bool> Remedy(Sequence<StockShortage> shortages, DateOnly businessDate, bool again)
    {
        var now = services.Clock.GetUtcNow();
        var expired = stock.Expired(shortages);
        foreach (var session in expired) await services.Grains.Session(session).Expire();
        if (expired.Count > 0 && !again) return true;

        if (expired.Count == 0 && now - loadedAt < Fresh) return false;
        await Load(businessDate);
        return true;
    }

    /// <param name="again">
    /// False for a hold: it waits for a read that is under way, and reads the rows only if nobody has on that day.
    /// </param>
    private async Task Load(DateOnly businessDate, bool again = true)
    {
        await loading.WaitAsync();
        try
        {
            if (again || !stock.Knows(businessDate)) await LoadAlone(businessDate);
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task LoadAlone(DateOnly businessDate)
    {
        StockRows? rows = null;
        var promised = stock.BeginReading();
        try
        {
            rows = await services.Stock.Load(kitchenId, businessDate, promised);
            loadedAt = services.Clock.GetUtcNow();
        }
        finally
        {
            stock.EndReading(rows, businessDate);
        }
    }

    private async Task<Reply<StockLevel>> AdjustAlone(StockAdjustment adjustment, Operation operation)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            // Checked again in each try: another silo may have committed the operation since.
            if (await services.Reads.Answered(operation.Id) is not null)
                return await LevelOf(adjustment.MenuId, replayed: true);

            var current = await actor.Current();
            var commit = new Decision<StockAnnouncements>.Commit(
                current.State, [new Effect.AdjustStock(kitchenId, adjustment)]);
            switch (await actor.Commit(current, commit, kitchenId, row: null, operation, services.Clock.GetUtcNow()))
            {
                case CommitAnswer.Committed:
                    return await LevelOf(adjustment.MenuId, replayed: false);
                case CommitAnswer.InsufficientStock(var shortages):
                    return new Reply<StockLevel>.Refused([SessionRefusals.InsufficientStock(shortages)]);
            }
        }

        return new Reply<StockLevel>.Refused([SessionRefusals.Overloaded]);
    }

    private async Task<Reply<StockLevel>> LevelOf(Guid menuId, bool replayed)
    {
        await Load(await Today());
        var version = (await actor.Current()).Version;
        return new Reply<StockLevel>.Accepted(
            stock.Levels.Single(level => level.MenuId == menuId), version, replayed);
    }

    private async ValueTask<DateOnly> Today()
    {
        var settings = (await services.Catalogue.Kitchen(kitchenId))?.Kitchen.Settings ?? KitchenSettings.Default;
        return settings.BusinessDateOf(services.Clock.GetUtcNow());
    }

    /// <summary>
    /// Starts the announcement in the background, so that no sale waits for it. After a failure the next change
    /// announces.
    /// </summary>
    private void AnnounceSoon()
    {
        if (isAnnouncing) return;
        isAnnouncing = true;
        _ = Announce();
    }

    private async Task Announce()
    {
        try
        {
            await committing.WaitAsync();
            isAnnouncing = false;
            stock.Announcing();
            try
            {
                var settings = (await services.Catalogue.Kitchen(kitchenId))?.Kitchen.Settings
                    ?? KitchenSettings.Default;
                var current = await actor.Current();
                if (current.State.Announce(kitchenId, stock.Levels, settings.LowStockThreshold)
                    is Decision<StockAnnouncements>.Commit commit)
                {
                    var answer = await actor.Commit(
                        current, commit, kitchenId, row: null, operation: null, services.Clock.GetUtcNow());
                    if (answer is not CommitAnswer.Committed) return;
                }

                stock.Announced((await actor.Current()).State, settings.LowStockThreshold);
            }
            finally
            {
                committing.Release();
            }
        }
        catch (Exception failure)
        {
            Log.AnnouncingFailed(services.Log, failure, kitchenId);
        }
    }
}
