using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Orders;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Grains.Tests;

/// <summary>
/// The store's promises in memory: versions, stock and wallets guarded in one step with the state. Its faults are those
/// of a network: an answer lost before or after the commit took place.
/// </summary>
internal sealed class MemoryStore(KitchenCatalogue kitchen)
    : ICommits, IStateReads, ISessionVersions, IStockReads, ICatalogue, IWalletReads
{
    private readonly Lock commit = new();
    private readonly Dictionary<Guid, StoredState> states = [];
    private readonly Dictionary<Guid, StoredState> answers = [];
    private readonly Dictionary<Guid, StockLevel> stock = [];
    private readonly Dictionary<Guid, Reservation> reservations = [];
    private readonly HashSet<Guid> movedPlates = [];
    private readonly HashSet<int> numbers = [];

    public List<Order> Orders { get; } = [];
    public List<KitchenEvent> Events { get; } = [];
    public Queue<Fault> Faults { get; } = [];
    public int Commits { get; private set; }
    public int Loads { get; private set; }

    /// <summary>Where it is set, every commit waits for it.</summary>
    public TaskCompletionSource? Held { get; set; }

    public IReadOnlyDictionary<Guid, StockLevel> Stock => stock;

    public void Receive(Guid menuId, int plates) => stock[menuId] = new StockLevel(menuId, plates, 0, 0, 0, plates);

    /// <summary>What somebody else does while the next commit of an inventory is lost on its way.</summary>
    public Func<Task>? Overtaker { get; set; }

    public async Task<CommitAnswer> Commit(GrainCommit wanted)
    {
        if (wanted.Kind == GrainKind.Inventory && Overtaker is { } other)
        {
            Overtaker = null;
            await other();
            throw new CommitUnknownException("The connection broke.", new TimeoutException());
        }

        if (Held is { } held) await held.Task;
        await Task.Yield();
        var fault = wanted.Kind == GrainKind.Session && Faults.TryDequeue(out var next) ? next : Fault.None;
        if (fault == Fault.LostBefore)
            throw new CommitUnknownException("The connection broke.", new TimeoutException());
        CommitAnswer answer;
        lock (commit) answer = CommitAlone(wanted);
        return fault == Fault.LostAfter
            ? throw new CommitUnknownException("The connection broke.", new TimeoutException())
            : answer;
    }

    /// <summary>Where it is set, a load reads the rows at once, and answers when it completes.</summary>
    public TaskCompletionSource? SlowLoads { get; set; }

    public async Task<StoredState?> Load(GrainKind kind, Guid key)
    {
        Loads++;
        StoredState? stored;
        lock (commit) stored = states.GetValueOrDefault(key);
        if (SlowLoads is { } slow) await slow.Task;
        return stored;
    }

    public Task<IReadOnlyList<SessionVersion>> Outdated(IReadOnlyList<SessionVersion> known)
    {
        lock (commit)
        {
            return Task.FromResult<IReadOnlyList<SessionVersion>>(
                [.. known.Where(session => states[session.SessionId].Version != session.Version)]);
        }
    }

    public Task<StoredState?> Answered(Guid operationId)
    {
        lock (commit) return Task.FromResult(answers.GetValueOrDefault(operationId));
    }

    public async Task<StockRows> Load(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions)
    {
        if (SlowLoads is { } slow) await slow.Task;
        lock (commit)
        {
            return new StockRows(
                stock.Values.ToSequence(), reservations.Values.ToSequence(), numbers.DefaultIfEmpty().Max(),
                sessions.Where(movedPlates.Contains).ToHashSet());
        }
    }

    public ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId) =>
        ValueTask.FromResult(kitchenId == kitchen.Kitchen.Id ? kitchen : null);

    public Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(Guid kitchenId, IReadOnlyCollection<Guid> customers) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Money>>(new Dictionary<Guid, Money>());

    public Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
        IReadOnlyCollection<string> codes, bool liveMode) =>
        Task.FromResult<IReadOnlyDictionary<string, WalletAuthorization>>(new Dictionary<string, WalletAuthorization>());

    public Task<Guid?> CustomerOf(Guid kitchenId, string phone) => Task.FromResult<Guid?>(null);

    private CommitAnswer CommitAlone(GrainCommit wanted)
    {
        if ((states.GetValueOrDefault(wanted.Key)?.Version ?? 0) != wanted.ExpectedVersion)
            return new CommitAnswer.VersionConflict();
        if (wanted is { Row: { } row, ExpectedVersion: 0 } && numbers.Contains(row.Number))
            return new CommitAnswer.NumberTaken();
        if (Shortages(wanted.Effects) is { Count: > 0 } shortages) return new CommitAnswer.InsufficientStock(shortages);

        Commits++;
        if (wanted is { Row: { } opened, ExpectedVersion: 0 }) numbers.Add(opened.Number);
        states[wanted.Key] = new StoredState(wanted.State, wanted.ExpectedVersion + 1);
        if (wanted.Operation is { } operation) answers[operation.Id] = states[wanted.Key];
        foreach (var effect in wanted.Effects) Apply(effect);
        return new CommitAnswer.Committed();
    }

    private Sequence<StockShortage> Shortages(Sequence<Effect> effects) => effects
        .SelectMany(effect => effect switch
        {
            Effect.ReserveStock reserve => reserve.Lines,
            Effect.SellStock sell => sell.Lines,
            _ => [],
        })
        .Where(line => stock.TryGetValue(line.MenuId, out var level) && level.Available < line.Quantity)
        .Select(line => new StockShortage(line.MenuId, line.Quantity, stock[line.MenuId].Available))
        .ToSequence();

    private void Apply(Effect effect)
    {
        switch (effect)
        {
            case Effect.AdjustStock { Adjustment: { Kind: StockAdjustmentKind.Receipt } adjustment }:
                var none = new StockLevel(adjustment.MenuId, 0, 0, 0, 0, 0);
                var before = stock.GetValueOrDefault(adjustment.MenuId, none);
                stock[adjustment.MenuId] = before with
                {
                    OnHand = before.OnHand + adjustment.Quantity,
                    Received = before.Received + adjustment.Quantity,
                };
                break;
            case Effect.ReserveStock reserve:
                movedPlates.Add(reserve.SessionId);
                reservations[reserve.SessionId] = new Reservation(reserve.SessionId, reserve.Lines, reserve.LapsesAt);
                Change(reserve.Lines, (level, plates) => level with { Reserved = level.Reserved + plates });
                break;
            case Effect.SellStock sell:
                movedPlates.Add(sell.SessionId);
                Change(sell.Lines, (level, plates) => level with
                {
                    OnHand = level.OnHand - plates,
                    Sold = level.Sold + plates,
                });
                break;
            case Effect.SellReserved sell when reservations.Remove(sell.SessionId, out var kept):
                Change(kept.Plates, (level, plates) => level with
                {
                    OnHand = level.OnHand - plates,
                    Reserved = level.Reserved - plates,
                    Sold = level.Sold + plates,
                });
                break;
            case Effect.ReleaseReserved release when reservations.Remove(release.SessionId, out var kept):
                Change(kept.Plates, (level, plates) => level with { Reserved = level.Reserved - plates });
                break;
            case Effect.PlaceOrder place:
                Orders.Add(place.Order);
                break;
            case Effect.Publish publish:
                Events.Add(publish.Event);
                break;
        }
    }

    private void Change(Sequence<StockLine> lines, Func<StockLevel, int, StockLevel> change)
    {
        foreach (var line in lines)
        {
            if (stock.TryGetValue(line.MenuId, out var level)) stock[line.MenuId] = change(level, line.Quantity);
        }
    }
}

internal enum Fault { None, LostBefore, LostAfter }
