using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>The sessions of a cart are opened, and confirmed, all or none: they are one commit.</summary>
public sealed class GroupTests(TestDatabase database) : StoreTests(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task All_are_opened_and_all_are_confirmed_with_their_items_orders_and_shares()
    {
        var (here, there, shopper) = await Market("all", 1, 1);

        await Store.Commit(shopper.CheckOut());
        Assert.Equal((1, 1, 0), await Level(here, here.Pilau));
        Assert.Equal((1, 1, 0), await Level(there, there.Pilau));
        Assert.Equal(1, await RowsOf("payment_attempt", $"amount = 10000 AND session_id = '{shopper.Sessions[0].Id}'"));
        Assert.Equal(1, await RowsOf("cart", $"id = '{shopper.Account}' AND group_id = '{shopper.Sessions[0].Id}'"));

        await Store.Commit(shopper.Paid());
        foreach (var (till, session) in new[] { (here, shopper.Sessions[0]), (there, shopper.Sessions[1]) })
        {
            var kitchen = session.Opening.KitchenId;
            Assert.Equal((0, 0, 1), await Level(till, till.Pilau));
            Assert.Equal(1, await RowsOf("customer_order", $"session_id = '{session.Id}' AND kitchen_id = '{kitchen}'"));
            Assert.Equal(-5_000, await Database.Ask<decimal>(
                $"SELECT sum(amount) FROM jiko.ledger_entry WHERE session_id = '{session.Id}' AND account = 'SALES'"));
        }

        Assert.Equal(1, await RowsOf("cart", $"id = '{shopper.Account}' AND version = 2 AND group_id IS NULL"));
        // The share of what was paid is kept, and nobody is asked about it.
        Assert.Equal(1, await RowsOf(
            "payment_attempt",
            $"session_id = '{shopper.Sessions[1].Id}' AND state = 'SUCCEEDED' AND pushed AND next_look_at IS NULL"));
    }

    [Fact]
    public async Task A_push_is_for_the_host_that_committed_it_and_anybody_s_when_its_claim_is_over()
    {
        var (_, _, shopper) = await Market("claimed", 1, 1);
        await Store.Commit(shopper.CheckOut());

        var push = Assert.Single(Store.WorkSignals.Pushes.Take(10, Till.Noon));
        Assert.Equal((shopper.Sessions[0].Id, false), (push.SessionId, push.Pushed));
        var until = Assert.NotNull(push.LookAt);
        Assert.Equal(Till.Noon.AddSeconds(8), until);

        async Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now) =>
            [.. (await new Attempts(Store.Database).Claim(now, Lease, 200)).Where(due => due.Reference == push.Reference)];
        Assert.Empty(await Claim(until.AddMilliseconds(-1)));
        Assert.Equal(push with { LookAt = until + Lease }, Assert.Single(await Claim(until)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Where_one_kitchen_has_none_left_nothing_is_kept(int items, int itemsThere)
    {
        var (here, there, shopper) = await Market($"none left {items}", items, itemsThere);
        var checkOut = shopper.CheckOut();
        var stranger = here.Sale((here.Chai, 1));

        var answers = await Store.CommitTogether(checkOut, stranger);

        Assert.IsType<CommitAnswer.InsufficientStock>(answers[0]);
        Assert.IsType<CommitAnswer.Committed>(answers[1]);
        Assert.Equal((items, 0, 0), await Level(here, here.Pilau));
        Assert.Equal((itemsThere, 0, 0), await Level(there, there.Pilau));
        Assert.Equal(0, await RowsOf("checkout_session", $"opened_by = '{shopper.Account}'"));
        Assert.Equal(0, await RowsOf("cart", $"id = '{shopper.Account}'"));
        Assert.Equal(0, await RowsOf("operation", $"grain_key = '{shopper.Account}'"));
    }

    [Fact]
    public async Task Of_two_checkouts_of_one_cart_one_is_kept()
    {
        var (_, _, shopper) = await Market("twice", 5, 5);
        var cart = shopper.Cart;
        var first = shopper.CheckOut();
        Assert.NotEqual(cart, shopper.Cart);

        var answers = await Store.CommitTogether(first, shopper.CheckOut(of: cart));

        Assert.Single(answers.OfType<CommitAnswer.Committed>());
        Assert.Single(answers.OfType<CommitAnswer.VersionConflict>());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    public async Task A_cart_or_a_session_that_has_changed_since_keeps_all_from_being_confirmed(long cart, long follower)
    {
        var (_, _, shopper) = await Market($"changed {cart} {follower}", 1, 1);
        await Store.Commit(shopper.CheckOut());

        Assert.IsType<CommitAnswer.VersionConflict>(await Store.Commits.Commit(shopper.Paid(cart, follower)));
        Assert.Equal(2, await RowsOf(
            "checkout_session", $"opened_by = '{shopper.Account}' AND status = 'PENDING_PAYMENT' AND version = 1"));
        Assert.Equal(1, await RowsOf("cart", $"id = '{shopper.Account}' AND version = 1 AND group_id IS NOT NULL"));
        await Store.Commit(shopper.Paid());
    }

    private async Task<(Till Here, Till There, Shopper Shopper)> Market(string name, int items, int itemsThere)
    {
        var tills = new[] { new Till($"{name}, here"), new Till($"{name}, there") };
        foreach (var (till, count) in tills.Zip([items, itemsThere]))
        {
            await Store.Commit(till.Received(till.Pilau, 1));
            if (count == 0) await Store.Commit(till.Adjust(StockAdjustmentKind.Waste, till.Pilau, 1, version: 1));
            else if (count > 1) await Store.Commit(till.Received(till.Pilau, count - 1, version: 1));
        }

        return (tills[0], tills[1], new Shopper(tills[0], tills[1]));
    }
}
