using JikoXpress.Grains.Ports;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>Two hosts on one database, with no grain between them: the rows alone hold the promises.</summary>
public sealed class RaceTests(TestDatabase database) : StoreTests(database)
{
    private readonly TestDatabase shared = database;

    [Fact]
    public async Task A_hundred_buyers_of_the_last_ten_get_exactly_ten_every_time()
    {
        await using var other = new Store(shared);
        for (var round = 1; round <= 100; round++)
        {
            var till = new Till($"the last ten, round {round}");
            await Store.Commit(till.Received(till.Pilau, 10));
            GrainCommit[] buyers =
            [
                .. Enumerable.Range(0, 100)
                    .Select(buyer => buyer % 3 == 0 ? till.Slip((till.Pilau, 1)) : till.Sale((till.Pilau, 1))),
            ];

            var answers = await Task.WhenAll(
                buyers.Select((buyer, place) => (place % 2 == 0 ? Store : other).Commits.Commit(buyer)).ToArray());

            Assert.Equal(10, answers.Count(answer => answer is CommitAnswer.Committed));
            Assert.Equal(90, answers.Count(answer => answer is CommitAnswer.InsufficientStock));
            var (onHand, reserved, sold) = await Level(till, till.Pilau);
            Assert.Equal((10, 0), (reserved + sold, onHand - reserved));
        }
    }

    [Fact]
    public async Task Two_hosts_that_decide_on_the_same_session_leave_one_decision()
    {
        await using var other = new Store(shared);
        var till = new Till("two hosts, one session");
        await Store.Commit(till.Received(till.Pilau, 100));
        GrainCommit[] slips = [.. Enumerable.Range(0, 50).Select(_ => till.Slip((till.Pilau, 1)))];
        await Store.CommitTogether(slips);

        var paid = Store.CommitTogether(slips.Select(slip => till.Paid(slip)));
        var cancelled = other.CommitTogether(slips.Select(till.Cancelled));
        var answers = (await paid).Zip(await cancelled);

        Assert.All(
            answers,
            both => Assert.True(both.First is CommitAnswer.Committed ^ both.Second is CommitAnswer.Committed));
    }

    [Fact]
    public async Task Two_hosts_spend_a_wallet_to_its_last_shilling_and_not_beyond()
    {
        await using var other = new Store(shared);
        var till = new Till("two hosts, one wallet");
        var customer = till.NextId();
        await Store.Commit(till.TopUp(customer, 10_500));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(place => (place % 2 == 0 ? Store : other).Commits.Commit(till.WalletSale(customer, (till.Chai, 1))))
            .ToArray());

        Assert.Equal(10, answers.Count(answer => answer is CommitAnswer.Committed));
        Assert.Equal(500, (await Store.Wallets.KitchenWallets(till.KitchenId, [customer]))[customer].Shillings);
    }
}
