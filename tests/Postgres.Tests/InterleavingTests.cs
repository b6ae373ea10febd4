using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>
/// Two hosts at once, in the order that hurts: the first has done its work and not yet committed it when the second
/// comes.
/// </summary>
public sealed class InterleavingTests(TestDatabase database) : StoreTests(database)
{
    private readonly TestDatabase shared = database;

    [Fact]
    public async Task Of_two_decisions_on_a_session_without_tracked_items_the_second_sees_the_first()
    {
        var till = new Till("untracked, two decisions");
        var slip = till.Slip((till.Chai, 1));
        await Store.Commit(slip);

        var (first, second) = await OneAfterTheOther("checkout_session", slip.Key, till.Paid(slip), till.Cancelled(slip));

        Assert.IsType<CommitAnswer.Committed>(first);
        Assert.IsType<CommitAnswer.VersionConflict>(second);
        Assert.Equal(2, (await Store.States.Load(GrainKind.Session, slip.Key))?.Version);
    }

    [Fact]
    public async Task Of_two_decisions_on_an_inventory_the_second_sees_the_first()
    {
        var till = new Till("one inventory");
        await Store.Commit(till.Received(till.Pilau, 1));

        var (first, second) = await OneAfterTheOther(
            "kitchen_inventory", till.KitchenId, till.Received(till.Pilau, 2, version: 1),
            till.Received(till.Chai, 3, version: 1));

        Assert.IsType<CommitAnswer.Committed>(first);
        Assert.IsType<CommitAnswer.VersionConflict>(second);
        Assert.Equal((3, 0, 0), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task What_is_counted_is_there_whatever_is_sold_meanwhile()
    {
        var till = new Till("counted and sold");
        await Store.Commit(till.Received(till.Pilau, 10));
        var sale = till.Sale((till.Pilau, 1));

        var (first, second) = await OneAfterTheOther(
            "checkout_session", sale.Key, sale, till.Adjust(StockAdjustmentKind.Count, till.Pilau, 10, version: 1));

        Assert.IsType<CommitAnswer.Committed>(first);
        Assert.IsType<CommitAnswer.Committed>(second);
        Assert.Equal((10, 0, 1), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task Of_an_item_whose_first_goods_come_while_it_is_sold_nothing_is_taken()
    {
        var till = new Till("tracked meanwhile");
        var sale = till.Sale((till.Pilau, 1));
        await using var other = new Store(shared);
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var taken = new NpgsqlCommand(
            $"""
            INSERT INTO jiko.checkout_session (
                id, version, state, kitchen_id, status, channel, session_type, opened_at, business_date, number, total,
                live_mode, opened_by)
            VALUES ('{till.NextId()}', 1, '', '{till.KitchenId}', 'CONFIRMED', 'POS', 'IMMEDIATE', now(),
                '{sale.Row!.BusinessDate:O}', {sale.Row.Number}, 0, false, '{till.Cashier.Id}')
            """,
            connection);
        await taken.ExecuteNonQueryAsync();
        var sold = Store.Commits.Commit(sale);
        await Database.UntilWaiting(1, sold);

        await other.Commit(till.Received(till.Pilau, 5));
        await transaction.RollbackAsync();

        Assert.IsType<CommitAnswer.Committed>(await sold);
        Assert.Equal((5, 0, 0), await Level(till, till.Pilau));
        Assert.Equal(0, await RowsOf("session_plates", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task An_order_whose_two_bills_are_paid_at_the_same_moment_is_paid()
    {
        var till = new Till("two halves");
        var round = till.Tab(till.Pilau);
        var bill = round.Effects.OfType<Effect.KeepBill>().Single().Bill;
        var split = Assert.IsType<Decision<Bill>.Commit>(bill.Split(
            new SplitBill(till.Cashier, Shares: 2), [till.NextId(), till.NextId()],
            till.Now));
        var rest = (Bill.Opened)split.Next;
        var half = split.Effects.OfType<Effect.KeepBill>().Single().Bill;
        await Store.Commit(
            round,
            new GrainCommit(
                GrainKind.Bill, bill.Id, till.KitchenId, 1, StateJson.Write<Bill>(rest), null,
                [new Effect.KeepBill(rest, 1), .. split.Effects], null, till.Now));

        var (first, second) = await OneAfterTheOther("bill", half.Id, Paid(till, half, 1), Paid(till, rest, 2));

        Assert.IsType<CommitAnswer.Committed>(first);
        Assert.IsType<CommitAnswer.Committed>(second);
        Assert.Equal(1, await RowsOf("customer_order", $"session_id = '{round.Key}' AND payment_state = 'PAID'"));
    }

    // Whoever locks several rows locks them in the order of their keys: two hosts wait for each other and never cross.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wallets_are_locked_in_their_order(bool inOneCommit)
    {
        var till = new Till($"wallets in order, {inOneCommit}");
        Guid[] owners = [.. Enumerable.Range(0, 5).Select(_ => till.NextId()).Order()];
        await Store.Commit(owners.Select(owner => till.TopUp(owner, 1_000)));
        GrainCommit[] each = [.. owners.Reverse().Select(owner => till.TopUp(owner, 100))];
        GrainCommit[] batch = inOneCommit
            ? [each[0] with { Effects = each.SelectMany(commit => commit.Effects).ToSequence() }]
            : each;

        Assert.Equal(
            owners[3..], await FreeWhileTheThirdIsHeld("wallet", "owner", owners, batch));
    }

    [Fact]
    public async Task Sessions_are_locked_in_their_order()
    {
        var till = new Till("sessions in order");
        GrainCommit[] slips = [.. Enumerable.Range(0, 5).Select(_ => till.Slip((till.Chai, 1)))];
        await Store.Commit(slips);
        Guid[] ids = [.. slips.Select(slip => slip.Key).Order()];
        GrainCommit[] batch = [.. slips.OrderByDescending(slip => slip.Key).Select(till.Cancelled)];

        Assert.Equal(ids[3..], await FreeWhileTheThirdIsHeld("checkout_session", "id", ids, batch));
    }

    private async Task<Guid[]> FreeWhileTheThirdIsHeld(string table, string key, Guid[] ids, GrainCommit[] batch)
    {
        await using var held = await Database.Lock($"jiko.{table} WHERE {key} = '{ids[2]}'");
        await using var call = await Commits.CommitCall.Prepare(Store.Database.Source);
        var answers = call.Execute(batch);
        await Database.UntilWaiting(1, answers);
        var free = await Database.Ask<Guid[]>($"""
            SELECT array_agg(f.{key} ORDER BY f.{key}) FROM (
                SELECT {key} FROM jiko.{table} WHERE {key} = ANY ('{"{" + string.Join(',', ids) + "}"}')
                FOR UPDATE SKIP LOCKED) f
            """);
        await held.DisposeAsync();
        Assert.All(await answers, answer => Assert.IsType<CommitAnswer.Committed>(answer));
        return free;
    }

    /// <summary>The second comes from another host when the first has only its end before it.</summary>
    /// <param name="table">Where the first writes a row.</param>
    /// <param name="id">The row.</param>
    private async Task<(CommitAnswer First, CommitAnswer Second)> OneAfterTheOther(
        string table, Guid id, GrainCommit first, GrainCommit second)
    {
        await using var other = new Store(shared);
        await using var held = await Database.HoldAtTheEnd(table, id);
        var one = Store.Commits.Commit(first);
        await Database.UntilWaiting(1, one);
        var two = other.Commits.Commit(second);
        await Database.UntilWaiting(2, two);
        Assert.False(one.IsCompleted);
        await held.DisposeAsync();
        return (await one, await two);
    }

    private static GrainCommit Paid(Till till, Bill.Opened bill, long version)
    {
        var facts = new SessionFacts(
            till.Kitchen, new Dictionary<Guid, Domain.Kitchens.MenuItem>(), new Dictionary<Guid, Money>(),
            new Dictionary<Guid, Domain.Kitchens.KitchenPaymentMethod>());
        var command = new PayBill(
            till.Cashier, [new PaymentRequest(PaymentMethod.Cash, bill.Balance)], till.NextOperation());
        var (next, effects) = Assert.IsType<Decision<Bill>.Commit>(
            bill.Pay(command, facts, till.NextOpening(1), till.Now));
        return new GrainCommit(
            GrainKind.Bill, bill.Id, till.KitchenId, version, StateJson.Write(next), null,
            [new Effect.KeepBill((Bill.Opened)next, version), .. effects], command.Operation, till.Now);
    }
}
