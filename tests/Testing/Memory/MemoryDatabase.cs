using JikoXpress.Domain.Inventory;
using JikoXpress.Domain.Merchants;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using Npgsql;

namespace JikoXpress.Testing.Memory;

/// <summary>A promise of the database that a test can take away, to see who notices.</summary>
public enum Guard
{
    Version = 1, Number, Operation, Stock, Wallet, OneOrder, OnePosting, OneUse, Bill, Cart, OnePrompt,
    Subscription, LinkPlaces, LinkClosed, Receipt,
}

/// <summary>
/// The engine's tables in memory, with all that <c>jiko.commit</c> promises of them: versions, numbers, stock and
/// wallets are guarded in one step with the state.
/// </summary>
public sealed class MemoryDatabase
{
    private readonly Lock transaction = new();
    private readonly HashSet<Guard> dropped = [];

    internal Dictionary<Guid, SessionInRows> SessionRows { get; } = [];
    internal Dictionary<Guid, StoredState> InventoryRows { get; } = [];
    internal Dictionary<Guid, BillInRows> BillRows { get; } = [];
    internal Dictionary<Guid, CartInRows> CartRows { get; } = [];
    internal Dictionary<Guid, OperationInRows> OperationRows { get; } = [];
    internal Dictionary<Shelf, StockLevel> StockRows { get; } = [];
    internal Dictionary<(Guid SessionId, Guid MenuId), ItemsInRows> ItemsRows { get; } = [];
    internal Dictionary<Guid, JournalInRows> JournalRows { get; } = [];
    internal Dictionary<Guid, OrderInRows> OrderRows { get; } = [];
    internal HashSet<Guid> OrderedSessions { get; } = [];
    internal HashSet<(Guid KitchenId, DateOnly Day, int Number)> Numbers { get; } = [];
    internal HashSet<string> SlipCodes { get; } = [];
    internal HashSet<PostingKey> Posted { get; } = [];
    internal List<PostingInRows> PostingRows { get; } = [];
    internal Dictionary<Guid, WalletInRows> WalletRows { get; } = [];
    internal List<EventInRows> EventRows { get; } = [];
    internal Dictionary<string, AttemptInRows> AttemptRows { get; } = [];
    internal HashSet<ExceptionInRows> ExceptionRows { get; } = [];
    internal Dictionary<string, RefundInRows> RefundRows { get; } = [];
    internal List<EventOfAggregator> InboxRows { get; } = [];
    internal Dictionary<(string Adapter, string Receipt), string> ReceiptRows { get; } = [];

    internal Dictionary<Guid, SubscriptionInRows> SubscriptionRows { get; } = [];
    internal Dictionary<Guid, PaymentLink> LinkRows { get; } = [];
    internal Dictionary<Guid, LinkSessionInRows> LinkSessionRows { get; } = [];
    internal Dictionary<Guid, int> SpentCodes { get; } = [];
    internal HashSet<(string Receipts, string Receipt)> Attested { get; } = [];

    public IReadOnlyCollection<SessionInRows> Sessions => SessionRows.Values;
    public IReadOnlyDictionary<Guid, StoredState> Inventories => InventoryRows;
    public IReadOnlyCollection<BillInRows> Bills => BillRows.Values;
    public IReadOnlyCollection<CartInRows> Carts => CartRows.Values;
    public IReadOnlyCollection<OperationInRows> Operations => OperationRows.Values;
    public IReadOnlyDictionary<Shelf, StockLevel> Stock => StockRows;
    public IReadOnlyCollection<ItemsInRows> Items => ItemsRows.Values;
    public IReadOnlyCollection<JournalInRows> Journal => JournalRows.Values;
    public IReadOnlyCollection<OrderInRows> Orders => OrderRows.Values;
    public IReadOnlyList<PostingInRows> Postings => PostingRows;
    public IReadOnlyCollection<WalletInRows> Wallets => WalletRows.Values;
    public IReadOnlyList<EventInRows> Events => EventRows;
    public IReadOnlyCollection<AttemptInRows> Attempts => AttemptRows.Values;
    public IReadOnlyCollection<RefundInRows> Refunds => RefundRows.Values;
    public IReadOnlyList<EventOfAggregator> Inbox => InboxRows;
    public IReadOnlyCollection<SubscriptionInRows> Subscriptions => SubscriptionRows.Values;

    /// <summary>Payment links with the counts of their sessions, by their ids.</summary>
    public IReadOnlyDictionary<Guid, PaymentLink> Links => LinkRows;

    public IReadOnlyDictionary<Guid, LinkSessionInRows> LinkSessions => LinkSessionRows;

    /// <summary>What waits for people.</summary>
    public IReadOnlyCollection<ExceptionInRows> Exceptions => ExceptionRows;

    /// <summary>The codes of app users that have paid, and how many payments each.</summary>
    public IReadOnlyDictionary<Guid, int> Uses => SpentCodes;

    /// <summary>Whose reference each receipt is.</summary>
    public IReadOnlyDictionary<(string Adapter, string Receipt), string> Receipts => ReceiptRows;

    /// <summary>Counts the changes: who has seen this number has seen these rows.</summary>
    public long Changes { get; private set; }

    /// <summary>Counts the batches among them; between two of them only work was claimed, and what came was kept.</summary>
    public long Commits { get; private set; }

    public SessionInRows? Session(Guid id) => SessionRows.GetValueOrDefault(id);

    public BillInRows? Bill(Guid id) => BillRows.GetValueOrDefault(id);

    public CartInRows? Cart(Guid accountId) => CartRows.GetValueOrDefault(accountId);

    public SubscriptionInRows? Subscription(Guid id) => SubscriptionRows.GetValueOrDefault(id);

    public OperationInRows? Operation(Guid id) => OperationRows.GetValueOrDefault(id);

    public AttemptInRows? Attempt(string reference) => AttemptRows.GetValueOrDefault(reference);

    /// <summary>From now on the database does not keep this promise.</summary>
    public void Drop(Guard guard) => dropped.Add(guard);

    internal bool Keeps(Guard guard) => !dropped.Contains(guard);

    /// <summary>
    /// One call of <c>jiko.commit</c>: commits the winners of a batch and answers every one of it, in its order.
    /// </summary>
    /// <exception cref="PostgresException">A constraint: nothing of the batch was committed.</exception>
    public CommitAnswer[] Call(IReadOnlyList<GrainCommit> batch) => Write(() =>
    {
        Commits++;
        return new MemoryCommit(this, batch).Run();
    });

    /// <summary>Commits that are sent one by one, each with the answer that its writer makes of the call's.</summary>
    public CommitAnswer[] Commit(params IReadOnlyList<GrainCommit> commits) => [.. commits.Select(Alone)];

    public T Read<T>(Func<T> read)
    {
        lock (transaction) return read();
    }

    /// <summary>Takes rows in hand; where there are none, nothing has changed.</summary>
    internal IReadOnlyList<T> Take<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> take)
    {
        lock (transaction)
        {
            var taken = rows.ToList();
            if (taken.Count > 0) Changes++;
            return taken.ConvertAll(row => take(row));
        }
    }

    public T Write<T>(Func<T> write)
    {
        lock (transaction)
        {
            Changes++;
            return write();
        }
    }

    private CommitAnswer Alone(GrainCommit commit)
    {
        try
        {
            return Call([commit])[0];
        }
        catch (PostgresException failure) when (CommitAnswers.Of(failure) is { } answer)
        {
            return answer;
        }
    }
}
