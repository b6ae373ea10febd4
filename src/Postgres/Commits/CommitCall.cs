using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using Npgsql;
using NpgsqlTypes;

namespace JikoXpress.Postgres.Commits;

/// <summary>
/// One prepared call of <c>jiko.commit</c> on a connection of its own: one round trip and one flush for a whole batch.
/// </summary>
internal sealed class CommitCall : ICommitCall
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlCommand whole, withAttempts, alone;
    private readonly List<NpgsqlParameter<int>> counts = [];
    private readonly Columns columns;
    private readonly Columns attempts;
    private readonly Columns beside;
    private readonly OpenedSessions opened;
    private readonly ContinuedSessions continued;
    private readonly Inventories inventories;
    private readonly Operations operations;
    private readonly StockLines items;
    private readonly EndedReservations settled;
    private readonly ExtendedReservations extended;
    private readonly Adjustments adjustments;
    private readonly PlacedOrders orders;
    private readonly LedgerTransfers transfers;
    private readonly WalletChanges wallets;
    private readonly PublishedEvents events;
    private readonly StartedAttempts startedAttempts;
    private readonly ClosedAttempts closedAttempts;
    private readonly ClaimedReceipts claimedReceipts;
    private readonly StartedRefunds startedRefunds;
    private readonly ClosedRefunds closedRefunds;
    private readonly SpentAuthorizations spentAuthorizations;
    private readonly AttestedReceipts attestedReceipts;
    private readonly KeptBills bills;
    private readonly PayingSessions payingSessions;
    private readonly KeptCarts carts;
    private readonly MovedOrders movedOrders;
    private readonly SaleChanges saleChanges;
    private readonly Corrections corrections;
    private readonly SettledRefunds settledRefunds;
    private readonly LinkSessions linkSessions;
    private readonly BegunSubscriptions begunSubscriptions;
    private readonly WokenSubscriptions wokenSubscriptions;

    private CommitCall(NpgsqlConnection connection)
    {
        this.connection = connection;
        whole = Counting(connection.CreateCommand());
        withAttempts = Counting(connection.CreateCommand());
        alone = Counting(connection.CreateCommand());
        columns = new Columns(whole, withAttempts, alone);
        opened = new OpenedSessions(columns);
        continued = new ContinuedSessions(columns);
        inventories = new Inventories(columns);
        operations = new Operations(columns);
        items = new StockLines(columns);
        settled = new EndedReservations(columns);
        extended = new ExtendedReservations(columns);
        adjustments = new Adjustments(columns);
        orders = new PlacedOrders(columns);
        transfers = new LedgerTransfers(columns);
        wallets = new WalletChanges(columns);
        events = new PublishedEvents(columns);
        attempts = new Columns(whole, withAttempts);
        startedAttempts = new StartedAttempts(attempts);
        closedAttempts = new ClosedAttempts(attempts);
        claimedReceipts = new ClaimedReceipts(attempts);
        beside = new Columns(whole);
        startedRefunds = new StartedRefunds(beside);
        closedRefunds = new ClosedRefunds(beside);
        spentAuthorizations = new SpentAuthorizations(beside);
        attestedReceipts = new AttestedReceipts(beside);
        bills = new KeptBills(beside);
        payingSessions = new PayingSessions(beside);
        carts = new KeptCarts(beside);
        movedOrders = new MovedOrders(beside);
        saleChanges = new SaleChanges(beside);
        corrections = new Corrections(beside);
        settledRefunds = new SettledRefunds(beside);
        linkSessions = new LinkSessions(beside);
        begunSubscriptions = new BegunSubscriptions(beside);
        wokenSubscriptions = new WokenSubscriptions(beside);
        var forCommit = alone.Parameters.Count;
        whole.CommandText = CommitStatement.Whole(forCommit);
        withAttempts.CommandText = CommitStatement.WithAttempts(forCommit);
        alone.CommandText = CommitStatement.Alone(forCommit);
    }

    public bool IsUsable => connection.FullState == System.Data.ConnectionState.Open;

    /// <summary>A call without a connection: only its statement and columns are used.</summary>
    public static CommitCall Unconnected() => new(new NpgsqlConnection());

    public string Statement => whole.CommandText;

    public NpgsqlParameterCollection Columns => whole.Parameters;

    public static async Task<CommitCall> Prepare(NpgsqlDataSource source)
    {
        var call = new CommitCall(await source.OpenConnectionAsync());
        try
        {
            await call.whole.PrepareAsync();
            await call.withAttempts.PrepareAsync();
            await call.alone.PrepareAsync();
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    public async Task<CommitAnswer[]> Execute(IReadOnlyList<GrainCommit> batch)
    {
        Fill(batch);
        var answers = new CommitAnswer?[batch.Count];
        await using (var rows = await Smallest().ExecuteReaderAsync())
        {
            while (await rows.ReadAsync()) answers[rows.GetInt32(0) - 1] = CommitAnswers.Read(rows);
        }

        return
        [
            .. answers.Select(answer => answer
                ?? throw new UnreachableException("jiko.commit did not answer every item.")),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await whole.DisposeAsync();
        await withAttempts.DisposeAsync();
        await alone.DisposeAsync();
        await connection.DisposeAsync();
    }

    public void Fill(IReadOnlyList<GrainCommit> batch)
    {
        columns.Clear();
        attempts.Clear();
        beside.Clear();
        foreach (var count in counts) count.TypedValue = batch.Count;
        for (var index = 0; index < batch.Count; index++) Fill(index + 1, batch[index]);
    }

    /// <summary>The smallest statement that writes all that the batch contains.</summary>
    private NpgsqlCommand Smallest() => !beside.IsEmpty ? whole : attempts.IsEmpty ? alone : withAttempts;

    /// <summary>Every statement takes the number of commits as its first parameter.</summary>
    private NpgsqlCommand Counting(NpgsqlCommand command)
    {
        counts.Add(new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(counts[^1]);
        return command;
    }

    private void Fill(int item, GrainCommit commit)
    {
        switch (commit)
        {
            case { Kind: GrainKind.Session, Row: { } row, ExpectedVersion: 0 }:
                opened.Add(item, commit.Key, commit.State, commit.KitchenId, row);
                break;
            case { Kind: GrainKind.Session, Row: { } row }:
                continued.Add(item, commit.Key, commit.ExpectedVersion, commit.State, row);
                break;
            case { Kind: GrainKind.Inventory }: inventories.Add(item, commit); break;
        }

        if (commit.Operation is { } operation) operations.Add(item, commit, operation);
        foreach (var effect in commit.Effects) Fill(item, commit, effect);
    }

    private void Fill(int item, GrainCommit commit, Effect effect)
    {
        switch (effect)
        {
            case Effect.ReserveStock reserve: items.Add(item, commit, reserve); break;
            case Effect.SellStock sell: items.Add(item, commit, sell); break;
            case Effect.SellReserved sell: settled.Add(item, commit, sell); break;
            case Effect.ReleaseReserved release: settled.Add(item, commit, release); break;
            case Effect.ExtendReserved extend: extended.Add(item, commit, extend); break;
            case Effect.ReturnStock back: items.Add(item, commit, back); break;
            case Effect.AdjustStock adjust: adjustments.Add(item, adjust); break;
            case Effect.PlaceOrder(var order): orders.Add(item, order); break;
            case Effect.MoveOrder move: movedOrders.Add(item, move); break;
            case Effect.Transfer(var transfer):
                transfers.Add(item, commit, transfer);
                wallets.Add(item, transfer);
                break;
            case Effect.StartAttempt start: startedAttempts.Add(item, start); break;
            case Effect.CloseAttempt close: closedAttempts.Add(item, close); break;
            case Effect.ClaimReceipts claim: claimedReceipts.Add(item, commit, claim); break;
            case Effect.StartRefund start: startedRefunds.Add(item, commit, start); break;
            case Effect.CloseRefund close: closedRefunds.Add(item, close); break;
            case Effect.SettleRefund settle: settledRefunds.Add(item, commit, settle); break;
            case Effect.SpendAuthorization spend: spentAuthorizations.Add(item, spend); break;
            case Effect.AttestReceipt attest: attestedReceipts.Add(item, commit, attest); break;
            case Effect.KeepBill keep: bills.Add(item, keep); break;
            case Effect.KeepSession { ExpectedVersion: > 0 } keep: continued.Add(item, keep); break;
            case Effect.KeepSession keep:
                opened.Add(item, keep.Session);
                if (keep.Session.Opening.BillId is { } bill) payingSessions.Add(item, keep.Session.Id, bill);
                break;
            case Effect.KeepCart keep: carts.Add(item, keep); break;
            case Effect.RecordSaleChange(var change): saleChanges.Add(item, commit, change); break;
            case Effect.RecordCorrection record: corrections.Add(item, commit, record); break;
            case Effect.CountLinkSession count: linkSessions.Add(item, count); break;
            case Effect.BeginSubscription(var begun): begunSubscriptions.Add(item, begun); break;
            case Effect.WakeSubscription(var woken): wokenSubscriptions.Add(item, commit, woken); break;
            case Effect.Publish publish: events.Add(item, commit, publish); break;
            default: throw new UnreachableException($"The store cannot write the effect {effect}.");
        }
    }
}
