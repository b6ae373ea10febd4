using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions.Orders;
using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>A line is voided with its bill, its round, its items and its ticket, or not at all.</summary>
public sealed class VoidTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task All_of_it_is_one_commit()
    {
        var (till, round) = await Ordered("one commit");

        await Store.Commit(till.Voided(round));

        Assert.Equal((1, 0, 0), await Level(till, till.Pilau));
        Assert.Equal(1, await RowsOf("bill", $"id = '{BillOf(round)}' AND version = 2 AND status = 'VOID'"));
        Assert.Equal(1, await RowsOf("checkout_session", $"id = '{round.Key}' AND version = 2"));
        Assert.Equal(1, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}' AND ticket = 'CANCELLED'"));
        Assert.Equal(
            1, await RowsOf("event", $"kitchen_id = '{till.KitchenId}' AND payload LIKE '%ticket.line_voided%'"));
    }

    [Fact]
    public async Task What_is_begun_stays_sold()
    {
        var (till, round) = await Ordered("begun");
        var begun = Begun(till, round);

        await Store.Commit(begun, till.Voided(round, begun));

        Assert.Equal((0, 0, 1), await Level(till, till.Pilau));
        Assert.Equal(1, await RowsOf("customer_order", $"kitchen_id = '{till.KitchenId}' AND ticket = 'PREPARING'"));
    }

    [Fact]
    public async Task A_round_that_has_changed_since_keeps_its_bill_and_its_items_as_they_were()
    {
        var (till, round) = await Ordered("round changed");
        await Store.Commit(Begun(till, round));

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(till.Voided(round)));

        await NothingIsVoided(till, round, sessionVersion: 2);
    }

    [Fact]
    public async Task A_bill_that_has_changed_since_keeps_its_round_and_its_items_as_they_were()
    {
        var (till, round) = await Ordered("bill changed");
        var bill = (Bill.Opened)Assert.IsType<Decision<Bill>.Commit>(
            round.Effects.OfType<Effect.KeepBill>().Single().Bill.Transfer(new(till.Cashier, "06"), [], till.Now)).Next;
        await Store.Commit(new GrainCommit(
            GrainKind.Bill, bill.Id, till.KitchenId, 1, StateJson.Write<Bill>(bill), null,
            [new Effect.KeepBill(bill, 1)], null, till.Now));

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(till.Voided(round)));

        await NothingIsVoided(till, round, sessionVersion: 1);
    }

    [Fact]
    public async Task Of_a_cook_who_begins_and_a_manager_who_voids_at_once_one_is_first()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var (till, round) = await Ordered($"at once {turn}");
            var stranger = till.Sale((till.Chai, 1));

            var answers = await Store.CommitTogether(Begun(till, round), till.Voided(round), stranger);

            Assert.Single(answers.Take(2).OfType<CommitAnswer.Committed>());
            Assert.Single(answers.OfType<CommitAnswer.VersionConflict>());
            Assert.IsType<CommitAnswer.Committed>(answers[2]);
        }
    }

    private async Task NothingIsVoided(Till till, GrainCommit round, long sessionVersion)
    {
        Assert.Equal((0, 0, 1), await Level(till, till.Pilau));
        Assert.Equal(1, await RowsOf("bill", $"id = '{BillOf(round)}' AND status = 'OPEN' AND balance = 5000"));
        Assert.Equal(1, await RowsOf("checkout_session", $"id = '{round.Key}' AND version = {sessionVersion}"));
        Assert.Equal(
            0, await RowsOf("event", $"kitchen_id = '{till.KitchenId}' AND payload LIKE '%ticket.line_voided%'"));
    }

    /// <summary>A table has ordered the only item of pilau.</summary>
    private async Task<(Till Till, GrainCommit Round)> Ordered(string name)
    {
        var till = new Till($"voids: {name}");
        var round = till.Tab(till.Pilau);
        await Store.Commit(till.Received(till.Pilau, 1), round);
        return (till, round);
    }

    private static GrainCommit Begun(Till till, GrainCommit round) =>
        till.Continue(round, session => session.Move(new MoveTicket(till.Cashier, TicketStatus.Preparing), till.Now));

    private static Guid BillOf(GrainCommit round) => round.Effects.OfType<Effect.KeepBill>().Single().Bill.Id;
}
