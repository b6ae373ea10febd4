using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>Each receipt belongs to the reference that was first told of with it.</summary>
public sealed class ReceiptTests(TestDatabase database) : StoreTests(database)
{
    private readonly TestDatabase shared = database;

    [Fact]
    public async Task A_receipt_stays_with_its_first_reference_and_a_second_one_is_a_conflict()
    {
        var receipts = new Receipts(Store.Database);

        Assert.Equal("JX01", await Claim(receipts, "R1", "JX01"));
        Assert.Equal("JX01", await Claim(receipts, "R1", "JX01"));
        Assert.Equal(0, await Conflicts("R1"));

        Assert.Equal("JX01", await Claim(receipts, "R1", "JX02"));
        Assert.Equal("JX01", await Claim(receipts, "R1", "JX02"));
        Assert.Equal(1, await Conflicts("R1"));
    }

    [Fact]
    public async Task Of_many_that_claim_a_receipt_at_once_on_two_hosts_one_has_it()
    {
        await using var other = new Store(shared);
        Receipts[] hosts = [new(Store.Database), new(other.Database)];

        var owners = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => Task.Run(() => Claim(hosts[number % 2], "R2", $"JX{number}"))));

        Assert.Single(owners.Distinct());
        Assert.Equal(39, await Conflicts("R2"));
    }

    [Fact]
    public async Task Claims_that_come_together_are_answered_each_for_itself()
    {
        var receipts = new Receipts(Store.Database);

        var owners = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            number => Claim(receipts, $"R3-{number}", $"JX{number}")));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"JX{number}"), owners);
    }

    [Fact]
    public async Task A_commit_claims_what_it_counts_and_fails_where_a_receipt_is_of_another_reference()
    {
        var till = new Till("counted receipts");
        var (first, second, third) = (till.Slip((till.Chai, 1)), till.Slip((till.Chai, 1)), till.Slip((till.Chai, 1)));
        await Store.Commit(first, second, third);
        var receipts = new Receipts(Store.Database);

        await Store.Commit(Counting(first, "JX1", "R4", "id of R4"));
        Assert.Equal("JX1", await Claim(receipts, "R4", "JX2"));
        Assert.Equal("JX1", await Claim(receipts, "id of R4", "JX1"));

        // Together, so that the batch fails, and its halves come again.
        Assert.Equal(
            [new CommitAnswer.ReceiptUsed(), new CommitAnswer.Committed()],
            await Store.CommitTogether(Counting(second, "JX2", "R5", "R4"), Counting(third, "JX3", "R6")));
        Assert.Equal("JX9", await Claim(receipts, "R5", "JX9"));
        Assert.Equal("JX3", await Claim(receipts, "R6", "JX9"));
        Assert.Equal(new CommitAnswer.Committed(), await Store.Commits.Commit(Counting(second, "JX9", "R5")));

        GrainCommit Counting(GrainCommit slip, string reference, params Sequence<string> told)
        {
            var paid = till.Paid(slip);
            return paid with { Effects = paid.Effects.With(new Effect.ClaimReceipts("clickpesa", reference, told)) };
        }
    }

    private static Task<string> Claim(Receipts receipts, string receipt, string reference) =>
        receipts.Claim("clickpesa", receipt, reference, Till.Noon);

    private Task<long> Conflicts(string receipt) => shared.Ask<long>(
        $"SELECT count(*) FROM jiko.payment_conflict WHERE receipt = '{receipt}'");
}
