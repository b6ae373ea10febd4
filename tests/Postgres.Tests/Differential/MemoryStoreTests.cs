using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Merchants;
using JikoXpress.Simulation.Schedule;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests.Differential;

/// <summary>
/// The simulation runs over rows in memory. Whatever jiko.commit answers, refuses or writes, those rows answer, refuse
/// and write as well: over batches by chance, of which a good part wants what is not there.
/// </summary>
public sealed class MemoryStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    /// <summary>What a run without it would say nothing about.</summary>
    private static readonly string[] MustHappen =
    [
        "Committed alone", "Committed in company", "VersionConflict alone", "VersionConflict in company",
        "InsufficientStock alone", "InsufficientStock in company", "InsufficientFunds alone",
        "23505 checkout_session checkout_session_pkey", "23505 checkout_session checkout_session_number",
        "23505 checkout_session checkout_session_slip_code", "23505 stock_journal stock_journal_pkey",
        "23505 customer_order customer_order_pkey", "23505 customer_order customer_order_session",
        "23505 ledger_transfer ledger_transfer_once", "23514 ledger_transfer ledger_transfer_amount_check",
        "23514 stock_item stock_item_available",
        "23514 checkout_session checkout_session_plates_returned", "23514 wallet ", "23505 bill bill_version",
        "23514 bill bill_balance_check", "23514 bill bill_paid", "23505 cart cart_version",
        "23505 wallet_authorization_spent wallet_authorization_spent_once",
        "23505 payment_refund payment_refund_pkey", "23505 payment_attempt payment_attempt_pkey",
        "23514 payment_attempt payment_attempt_amount_check", "23505 payment_attempt payment_attempt_one_prompt",
        "23505 subscription subscription_pkey", "23505 payment_link payment_link_closed",
        "23505 payment_link_use payment_link_full",
    ];

    [Fact]
    public async Task What_jiko_commit_answers_and_writes_the_memory_store_does_for_every_batch()
    {
        var seen = await Compare(seeds: 120, steps: 32, author => author.Next());

        Assert.Empty(MustHappen.Except(seen));
    }

    [Fact]
    public Task Writers_come_to_the_same_answers_on_both_by_the_same_calls() =>
        Compare(seeds: 32, steps: 2, author => author.Rush());

    private async Task<IReadOnlySet<string>> Compare(int seeds, int steps, Func<Author, Step> next)
    {
        await using var office = new Office(database);
        var store = (await office.Kitchen()).Id;
        var shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store]))).Id;
        IReadOnlyList<PaymentLink> links = [.. new int?[] { 1, 3, null }.Select(most => LinkOf(shop, store, most))];
        await using var sql = new SqlSide(database, links);
        await using var memory = new MemorySide(links);
        var comparison = new Comparison(sql, memory);
        for (var seed = 1; seed <= seeds; seed++)
        {
            await comparison.Clear();
            var names = new Names(seed);
            var author = new Author(new Dice((ulong)seed), names, () => memory.Database, shop, store);
            var story = new List<Step>();
            while (story.Count < steps)
            {
                story.Add(next(author));
                if (await comparison.Difference(story[^1]) is null) continue;
                var (shorter, difference) = await comparison.Shorten(story);
                Assert.Fail(names.Tell(
                    $"Seed {seed}:\n{string.Join('\n', shorter.Select(names.Tell))}\n{difference}"));
            }
        }

        return comparison.Seen;
    }

    private static PaymentLink LinkOf(Guid shop, Guid store, int? most) => new(
        new Guid(most ?? 99, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]), shop, store, LiveMode: false, "TZS",
        "QUJDREVGR0hJSktMTU5PUA", new LinkTerms(new Money(5_000), MostPayments: most), Active: true,
        new LinkUse(Open: 0, Paid: 0), Till.Noon);
}
