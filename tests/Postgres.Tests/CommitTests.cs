using System.Diagnostics;
using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Commits;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

public sealed class CommitTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task A_cash_sale_is_kept_with_its_order_its_ticket_its_money_its_stock_and_its_events()
    {
        var till = new Till("a cash sale");
        await Store.Commit(till.Received(till.Pilau, 10));
        var sale = till.Sale((till.Pilau, 2), (till.Chai, 1));

        await Store.Commit(sale);

        Assert.Equal(new StoredState(sale.State, 1), await Store.States.Load(GrainKind.Session, sale.Key));
        Assert.Equal((8, 0, 2), await Level(till, till.Pilau));
        Assert.Equal(1, await RowsOf("customer_order", $"session_id = '{sale.Key}' AND payment_state = 'PAID'"));
        Assert.Equal(1, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}' AND ticket = 'NEW'"));
        Assert.Equal(1, await RowsOf("event", $"kitchen_id = '{till.KitchenId}'"));
        Assert.Equal(11_000, await Database.Ask<decimal>(
            $"SELECT sum(amount) FROM jiko.ledger_entry WHERE session_id = '{sale.Key}' AND account = 'DRAWER'"));
        Assert.Equal(-11_000, await Database.Ask<decimal>(
            $"SELECT sum(amount) FROM jiko.ledger_entry WHERE session_id = '{sale.Key}' AND account = 'SALES'"));
    }

    [Fact]
    public async Task A_commit_on_an_old_version_is_a_conflict_and_changes_nothing()
    {
        var till = new Till("an old version");
        await Store.Commit(till.Received(till.Pilau, 10));
        var slip = till.Slip((till.Pilau, 1));
        await Store.Commit(slip);
        var paid = till.Paid(slip);
        var cancelled = till.Cancelled(slip);
        await Store.Commit(paid);

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(cancelled));
        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(paid));

        Assert.Equal(new StoredState(paid.State, 2), await Store.States.Load(GrainKind.Session, slip.Key));
        Assert.Equal((9, 0, 1), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task A_session_that_is_there_already_cannot_be_opened_again()
    {
        var till = new Till("opened twice");
        var sale = till.Sale((till.Chai, 1));
        await Store.Commit(sale);

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(sale));
        Assert.Equal(1, await RowsOf("customer_order", $"session_id = '{sale.Key}'"));
    }

    [Fact]
    public async Task Of_sessions_that_are_read_again_together_those_that_have_changed_bring_their_state()
    {
        var till = new Till("read again");
        var (waits, slip) = (till.Slip((till.Chai, 1)), till.Slip((till.Chai, 1)));
        var paid = till.Paid(slip);
        await Store.Commit(waits, slip, paid);

        var read = await Task.WhenAll(
            Store.States.LoadSince(GrainKind.Session, waits.Key, known: 1),
            Store.States.LoadSince(GrainKind.Session, slip.Key, known: 1),
            Store.States.LoadSince(GrainKind.Session, till.NextId(), known: 1),
            Store.States.LoadSince(GrainKind.Session, slip.Key, known: 0),
            Store.States.LoadSince(GrainKind.Session, slip.Key, known: 2));

        Assert.Equal(
            [
                new StateSince(null, 1), new StateSince(paid.State, 2), null, new StateSince(paid.State, 2),
                new StateSince(null, 2),
            ],
            read);
    }

    [Fact]
    public async Task Items_are_taken_where_their_session_is_opened_and_change_where_it_continues()
    {
        var till = new Till("not its own");
        var (slip, other) = (till.Slip((till.Pilau, 1)), till.Slip((till.Pilau, 1)));
        await Store.Commit(till.Received(till.Pilau, 9), slip, other);
        StockLine[] one = [new(till.Pilau, 1)];
        Effect[] strange =
        [
            new Effect.ReserveStock(till.KitchenId, slip.Key, one.ToSequence(), till.Now),
            new Effect.SellStock(till.KitchenId, till.NextId(), one.ToSequence()),
            new Effect.SellReserved(other.Key),
            new Effect.ReleaseReserved(other.Key),
            new Effect.ExtendReserved(other.Key, till.Now),
            new Effect.ReturnStock(till.KitchenId, other.Key, one.ToSequence()),
        ];
        await using var call = await CommitCall.Prepare(Store.Database.Source);

        foreach (var effect in strange)
        {
            await Assert.ThrowsAsync<UnreachableException>(
                () => call.Execute([till.Paid(slip) with { Effects = [effect] }]));
        }

        Assert.Equal((9, 2, 0), await Level(till, till.Pilau));
    }

    [Fact]
    public async Task A_session_that_is_not_there_cannot_be_continued()
    {
        var till = new Till("continued from nothing");

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(till.Paid(till.Slip((till.Chai, 1)))));
        Assert.Equal(0, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task Another_sessions_number_or_slip_code_is_taken()
    {
        var till = new Till("numbers");
        var first = till.Slip((till.Chai, 1));
        var second = till.Slip((till.Chai, 1));
        await Store.Commit(first);
        var sameNumber = second with { Row = second.Row! with { Number = first.Row!.Number } };
        var sameCode = second with { Row = second.Row! with { SlipCode = first.Row.SlipCode } };

        Assert.IsType<CommitAnswer.NumberTaken>(await Store.Commits.Commit(sameNumber));
        Assert.IsType<CommitAnswer.NumberTaken>(await Store.Commits.Commit(sameCode));
        Assert.Null(await Store.States.Load(GrainKind.Session, second.Key));
        await Store.Commit(second);
    }

    [Fact]
    public async Task An_operation_keeps_its_answer_and_happens_once()
    {
        var till = new Till("an operation");
        var operation = till.NextOperation();
        var first = till.Open(SessionType.Slip, [(till.Chai, 1)], _ => null, operation);
        var second = till.Open(SessionType.Slip, [(till.Chai, 1)], _ => null, operation);
        await Store.Commit(first);

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(second));
        Assert.Null(await Store.States.Load(GrainKind.Session, second.Key));
        await Store.Commit(till.Paid(first));
        Assert.Equal(new StoredAnswer(first.State, 1, operation.Fingerprint), await Store.States.Answered(operation.Id));
    }

    [Fact]
    public async Task A_wallet_pays_what_it_has_and_no_more()
    {
        var till = new Till("a wallet");
        var customer = till.NextId();
        await Store.Commit(till.TopUp(customer, 6_000));
        await Store.Commit(till.WalletSale(customer, (till.Pilau, 1)));

        var answer = await Store.Commits.Commit(till.WalletSale(customer, (till.Pilau, 1)));

        Assert.Equal(new CommitAnswer.InsufficientFunds(customer, new Money(1_000)), answer);
        var balances = await Store.Wallets.KitchenWallets(till.KitchenId, [customer, till.NextId()]);
        Assert.Equal([KeyValuePair.Create(customer, new Money(1_000))], balances);
        Assert.Equal(1, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}'"));
    }

    [Fact]
    public async Task Nobody_spends_from_a_wallet_that_does_not_exist()
    {
        var till = new Till("no wallet");
        var customer = till.NextId();

        var answer = await Store.Commits.Commit(till.WalletSale(customer, (till.Chai, 1)));

        Assert.Equal(new CommitAnswer.InsufficientFunds(customer, Money.Zero), answer);
        Assert.Empty(await Store.Wallets.KitchenWallets(till.KitchenId, [customer]));
    }

    [Fact]
    public async Task A_posting_that_is_there_already_is_never_made_again()
    {
        var till = new Till("a posting");
        var topUp = till.TopUp(till.NextId(), 1_000);
        await Store.Commit(topUp);

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(topUp));
        Assert.IsType<CommitAnswer.VersionConflict>(
            await Store.Commits.Commit(topUp with { Operation = till.NextOperation() }));
        Assert.Equal(1, await RowsOf("ledger_transfer", $"kitchen_id = '{till.KitchenId}'"));
    }
}
