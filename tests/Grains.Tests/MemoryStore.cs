using JikoXpress.Domain;
using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Merchants;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Grains.Tests;

/// <summary>
/// A store over rows in memory. Its faults are those of a network: an answer lost before or after the commit took
/// place, or a commit that takes place when everybody has given it up.
/// </summary>
internal sealed class MemoryStore(KitchenCatalogue kitchen, params IReadOnlyList<KitchenCatalogue> neighbours)
    : ICommits, IStateReads, IStockReads, IDeadlines, ICatalogue, IWalletReads, IPaymentShifts,
        IRefundReads, ISubscriptionWork
{
    private GrainCommit? belated;
    private int commits;
    private int loads;
    private int waiting;

    public MemoryDatabase Rows { get; } = new();
    public Queue<Fault> Faults { get; } = [];
    public int Commits => commits;
    public int Loads => loads;

    /// <summary>Where it is set, every commit waits for it.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>How many commits wait for it.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Where it is set, a load reads the rows at once, and answers when it completes.</summary>
    public TaskCompletionSource? SlowLoads { get; set; }

    public IReadOnlyList<Order> Orders => [.. Rows.Orders.Select(row => row.Order)];

    public IReadOnlyDictionary<Guid, StockLevel> Stock =>
        Rows.Stock.ToDictionary(row => row.Key.MenuId, row => row.Value);

    public Task<PaymentShift> ShiftOf(Guid kitchenId, Guid tillId, Guid paymentId) =>
        Task.FromResult(Rows.ShiftOf(tillId));

    public Task<bool> IsRefused(string refundReference) => Task.FromResult(Rows.IsRefused(refundReference));

    public Task<OpenDrawer?> Drawer(Guid kitchenId, Guid shiftId) => Task.FromResult<OpenDrawer?>(null);

    public void Receive(Guid menuId, int items)
    {
        var inventory = Rows.State(GrainKind.Inventory, kitchen.Kitchen.Id);
        var receipt = new StockAdjustment(
            Guid.CreateVersion7(), menuId, StockAdjustmentKind.Receipt, items, "test", Guid.Empty, default);
        Rows.Commit(new GrainCommit(
            GrainKind.Inventory, kitchen.Kitchen.Id, kitchen.Kitchen.Id, inventory?.Version ?? 0,
            inventory?.State ?? StateJson.Write(StockAnnouncements.Initial), Row: null,
            [new Effect.AdjustStock(kitchen.Kitchen.Id, receipt)], Operation: null, At: default));
    }

    public void TopUp(Account wallet, Money amount)
    {
        var transfer = new LedgerTransfer(
            wallet.Owner, LedgerStep.TopUp, 0, kitchen.Kitchen.Id, PaymentMethod.Cash,
            new Account(AccountKind.Drawer, kitchen.Kitchen.Id), wallet, amount);
        Rows.Commit(new GrainCommit(
            GrainKind.None, wallet.Owner, kitchen.Kitchen.Id, ExpectedVersion: 0, State: "{}", Row: null,
            [new Effect.Transfer(transfer)], Operation: null, At: default));
    }

    /// <summary>What somebody else does while the next commit of an inventory is lost on its way.</summary>
    public Func<Task>? Overtaker { get; set; }

    /// <summary>What somebody else does after a commit whose answer is lost, before anybody asks for it.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Where it is set, somebody else is always faster than the commit of a bill.</summary>
    public bool Overtakes { get; set; }

    public async Task<CommitAnswer> Commit(GrainCommit wanted)
    {
        if (wanted.Kind == GrainKind.Inventory && Overtaker is { } other)
        {
            Overtaker = null;
            await other();
            throw new CommitUnknownException("The connection broke.", new TimeoutException());
        }

        if (Held is { } held)
        {
            Interlocked.Increment(ref waiting);
            await held.Task;
            Interlocked.Decrement(ref waiting);
        }

        await Task.Yield();
        if (Overtakes && wanted.Kind is GrainKind.Bill) return new CommitAnswer.VersionConflict();
        var fault = wanted.Kind is not GrainKind.Inventory && Faults.TryDequeue(out var next) ? next : Fault.None;
        if (Interlocked.Exchange(ref belated, fault == Fault.Late ? wanted : null) is { } late) Rows.Commit(late);
        if (fault is Fault.LostBefore or Fault.Late) throw Broken();

        var answer = Rows.Commit(wanted)[0];
        if (answer is CommitAnswer.Committed) Interlocked.Increment(ref commits);
        if (fault != Fault.LostAfter) return answer;
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        throw Broken();
    }

    public async Task<StoredState?> Load(GrainKind kind, Guid key)
    {
        Interlocked.Increment(ref loads);
        var stored = Rows.State(kind, key);
        if (SlowLoads is { } slow) await slow.Task;
        return stored;
    }

    public Task<IReadOnlyList<Guid>> Due(DateTimeOffset now, int limit) => Task.FromResult(Rows.Due(now, limit));

    public Task<IReadOnlyList<Guid>> Due(Guid kitchenId, DateTimeOffset now, int limit) =>
        Task.FromResult(Rows.Due(kitchenId, now, limit));

    public Task<IReadOnlyList<DateTimeOffset>> Upcoming(Guid kitchenId) =>
        Task.FromResult(Rows.Upcoming(kitchenId));

    public Task<StoredAnswer?> Answered(Guid operationId) => Task.FromResult(Rows.Answered(operationId));

    public async Task<StockRows> Load(Guid kitchenId, DateOnly businessDate, IReadOnlyCollection<Guid> sessions)
    {
        if (SlowLoads is { } slow) await slow.Task;
        return Rows.Items(kitchenId, businessDate, sessions);
    }

    public Task<IReadOnlyList<ClaimedSubscription>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        Task.FromResult(Rows.ClaimSubscriptions(now, lease, limit));

    public Task<ClaimedSubscription?> Store(
        ClaimedSubscription claimed, Subscription next, DateTimeOffset? dueAt, DateTimeOffset now) =>
        Task.FromResult(Rows.StoreSubscription(claimed, next, dueAt, now));

    public ValueTask<Guid?> KitchenOf(Guid menuId) =>
        ValueTask.FromResult(Kitchens.SingleOrDefault(known => known.Menu.ContainsKey(menuId))?.Kitchen.Id);

    public ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId) =>
        ValueTask.FromResult(Kitchens.SingleOrDefault(known => known.Kitchen.Id == kitchenId));

    public Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(Guid kitchenId, IReadOnlyCollection<Guid> customers) =>
        Task.FromResult(Rows.KitchenWallets(kitchenId, customers));

    public Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
        IReadOnlyCollection<string> codes, bool liveMode) =>
        Task.FromResult<IReadOnlyDictionary<string, WalletAuthorization>>(new Dictionary<string, WalletAuthorization>());

    public Task<Guid?> CustomerOf(Guid kitchenId, string phone) => Task.FromResult<Guid?>(null);

    private IEnumerable<KitchenCatalogue> Kitchens => [kitchen, .. neighbours];

    private static CommitUnknownException Broken() => new("The connection broke.", new TimeoutException());
}

/// <summary>Late: the answer is lost, and the commit takes place with the next one.</summary>
internal enum Fault { None, LostBefore, LostAfter, Late }
