using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;
using Npgsql;

namespace JikoXpress.Postgres.Tests;

/// <summary>How commits queue, form groups, and fail apart.</summary>
public sealed class WriterTests(TestDatabase database) : StoreTests(database)
{
    private static readonly CommitAnswer Won = new CommitAnswer.Committed();

    [Fact]
    public async Task Commits_that_arrive_together_share_transactions()
    {
        var till = new Till("groups");

        var answers = await Store.CommitTogether(Enumerable.Range(0, 1_000).Select(_ => till.Sale((till.Chai, 1))));

        Assert.All(answers, answer => Assert.Equal(Won, answer));
        Assert.InRange(Store.Commits.Calls, 8, 100);
    }

    [Fact]
    public async Task What_queues_while_a_commit_is_in_flight_goes_into_the_next_one()
    {
        var till = new Till("queued");
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        await using var gate = await Gate.Close(host, Database, till);

        var sales = host.CommitTogether(Enumerable.Range(0, 50).Select(_ => till.Sale((till.Chai, 1))));
        await gate.Open();

        Assert.All(await sales, answer => Assert.Equal(Won, answer));
        Assert.Equal(gate.CallsBefore + 1, host.Commits.Calls);
    }

    [Fact]
    public async Task Two_commits_of_one_grain_follow_each_other()
    {
        var till = new Till("one grain twice");
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        await using var gate = await Gate.Close(host, Database, till);
        var slip = till.Slip((till.Chai, 1));

        var both = host.CommitTogether(slip, till.Sale((till.Chai, 1)), till.Paid(slip));
        await gate.Open();

        Assert.Equal([Won, Won, Won], await both);
        Assert.Equal(gate.CallsBefore + 2, host.Commits.Calls);
    }

    [Fact]
    public async Task A_commit_that_keeps_a_state_twice_does_not_wait_for_itself()
    {
        var till = new Till("twice in one commit");
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        var round = till.Tab(till.Chai);
        var twice = round with { Effects = round.Effects.With(round.Effects.OfType<Effect.KeepBill>().Single()) };

        var ended = host.Commits.Commit(twice);

        await Wait.Until(() => ended.IsCompleted);
        await host.Commit(till.Sale((till.Chai, 1)));
    }

    [Fact]
    public async Task A_commit_that_breaks_a_constraint_fails_alone()
    {
        var till = new Till("fails alone");
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        var first = till.Sale((till.Chai, 1));
        var topUp = till.TopUp(till.NextId(), 1_000);
        await host.Commit(first, topUp);
        await using var gate = await Gate.Close(host, Database, till);
        var samePosting = topUp with { Key = till.NextId(), Operation = till.NextOperation() };
        var sameOrder = OrderingAgain(till.Sale((till.Chai, 1)), first.Key);
        var impossible = till.Sale((till.Chai, 1));
        impossible = impossible with
        {
            Effects = impossible.Effects.With(new Effect.Transfer(
                new LedgerTransfer(
                    till.NextId(), LedgerStep.Pay, 0, till.KitchenId, PaymentMethod.Cash,
                    new Account(AccountKind.Drawer, till.KitchenId), new Account(AccountKind.Sales, till.KitchenId),
                    Money.Zero))),
        };

        var before = host.Commits.Commit(till.Sale((till.Chai, 1)));
        var posting = host.Commits.Commit(samePosting);
        var order = host.Commits.Commit(sameOrder);
        var bug = host.Commits.Commit(impossible);
        var after = host.Commits.Commit(till.Sale((till.Chai, 1)));
        await gate.Open();

        Assert.Equal(Won, await before);
        Assert.IsType<CommitAnswer.VersionConflict>(await posting);
        Assert.IsType<CommitAnswer.VersionConflict>(await order);
        var failure = await Assert.ThrowsAsync<PostgresException>(() => bug);
        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
        Assert.Equal(Won, await after);
    }

    [Fact]
    public async Task A_full_queue_says_that_the_store_is_busy()
    {
        var till = new Till("full");
        await using var host = new Store(Database, new CommitSettings { Writers = 1, MostWaiting = 1 });
        await using var gate = await Gate.Close(host, Database, till);
        var waits = host.Commits.Commit(till.Sale((till.Chai, 1)));
        var refused = till.Sale((till.Chai, 1));

        await Assert.ThrowsAsync<StoreBusyException>(() => host.Commits.Commit(refused));

        await gate.Open();
        Assert.Equal(Won, await waits);
        await host.Commit(refused);
    }

    [Fact]
    public async Task What_was_taken_before_the_end_is_committed()
    {
        var till = new Till("the end");
        var host = new Store(Database, new CommitSettings { Writers = 1 });
        await using var gate = await Gate.Close(host, Database, till);
        var taken = host.CommitTogether(till.Sale((till.Chai, 1)), till.Sale((till.Chai, 1)));

        var end = host.DisposeAsync();
        await Assert.ThrowsAsync<StoreBusyException>(() => host.Commits.Commit(till.Sale((till.Chai, 1))));
        await gate.Open();
        await end;

        Assert.Equal([Won, Won], await taken);
    }

    [Fact]
    public async Task A_row_that_stays_locked_keeps_only_its_own_commit_waiting()
    {
        var till = new Till("locked");
        var impatient = new NpgsqlConnectionStringBuilder(Database.ConnectionString)
        {
            Options = "-c lock_timeout=50ms",
        };
        await using var host = new Store(impatient.ConnectionString, new CommitSettings { Writers = 1 });
        var slip = till.Slip((till.Chai, 1));
        await host.Commit(slip);
        await using var held = await Database.Lock(slip.Key);

        var answers = new[] { till.Paid(slip), till.Sale((till.Chai, 1)) }.Select(host.Commits.Commit).ToArray();

        await Assert.ThrowsAsync<StoreBusyException>(() => answers[0]);
        Assert.Equal(Won, await answers[1]);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_away_and_nothing_is_unknown()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Port = 1 };
        await using var host = new Store(nowhere.ConnectionString);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => host.Commits.Commit(new Till("nowhere").Sale()));
    }

    /// <summary>Full disk, no memory, no connection, an error of the disk.</summary>
    [Theory]
    [InlineData("53100", "disk-full")]
    [InlineData("53200", "resources")]
    [InlineData("53300", "resources")]
    [InlineData("58030", "io-error")]
    public async Task A_database_that_takes_no_writes_refuses_the_whole_batch_at_once(string state, string reason)
    {
        var till = new Till($"no writes {state}");
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        await using var gate = await Gate.Close(host, Database, till);
        await Database.Run($$"""
            CREATE FUNCTION full_{{state}}() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '{{state}}'; END $$;
            CREATE TRIGGER full_{{state}} BEFORE INSERT ON jiko.customer_order
                FOR EACH ROW WHEN (new.kitchen_id = '{{till.KitchenId}}') EXECUTE FUNCTION full_{{state}}();
            """);
        GrainCommit[] sales = [till.Sale((till.Chai, 1)), till.Sale((till.Chai, 1)), till.Sale((till.Chai, 1))];

        var refused = sales.Select(host.Commits.Commit).ToArray();
        await gate.Open();

        foreach (var commit in refused)
        {
            var away = await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
            Assert.Equal(reason, StoreFaults.ReasonOf(away));
        }

        Assert.Equal(gate.CallsBefore + 1, host.Commits.Calls);
        await Database.Run($"DROP TRIGGER full_{state} ON jiko.customer_order");
        await host.Commit(sales);
    }

    [Fact]
    public async Task A_read_only_database_takes_no_writes()
    {
        var readOnly = new NpgsqlConnectionStringBuilder(Database.ConnectionString)
        {
            Options = "-c default_transaction_read_only=on",
        };
        await using var host = new Store(readOnly.ConnectionString);

        var away = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => host.Commits.Commit(new Till("read only").Sale()));

        Assert.Equal("read-only", StoreFaults.ReasonOf(away));
    }

    [Fact]
    public async Task A_connection_that_breaks_in_mid_commit_leaves_it_unknown_and_whole()
    {
        var till = new Till("unknown");
        var slip = till.Slip((till.Chai, 1));
        await using var host = new Store(Database, new CommitSettings { Writers = 1 });
        await host.Commit(slip);
        var paid = till.Paid(slip);

        await using (await Database.Lock(slip.Key))
        {
            var commit = host.Commits.Commit(paid);
            await Database.TerminateWhoeverWaits();
            await Assert.ThrowsAsync<CommitUnknownException>(() => commit);
        }

        Assert.Equal(new StoredState(slip.State, 1), await host.States.Load(GrainKind.Session, slip.Key));
        Assert.Equal(0, await RowsOf("customer_order", $"session_id = '{slip.Key}'"));
        await host.Commit(paid);
    }

    [Fact]
    public async Task Stock_is_adjusted_only_by_an_inventorys_own_commit()
    {
        var till = new Till("adjusting elsewhere");
        var receipt = till.Received(till.Pilau, 1);
        var sale = till.Sale((till.Chai, 1));

        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.Commits.Commit(sale with { Effects = [.. sale.Effects, .. receipt.Effects] }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.Commits.Commit(receipt with { Effects = [.. receipt.Effects, .. receipt.Effects] }));
    }

    private static GrainCommit OrderingAgain(GrainCommit sale, Guid session) => sale with
    {
        Effects = sale.Effects
            .Select(effect => effect is Effect.PlaceOrder(var order)
                ? new Effect.PlaceOrder(order with { SessionId = session })
                : effect)
            .ToSequence(),
    };
}
