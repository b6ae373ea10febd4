using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Payments;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests;

/// <summary>What a sale costs, in counts: they do not depend on how fast the machine is. Nothing else runs beside.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;

[Collection(nameof(Undisturbed))]
public sealed class CostTests(TestDatabase database) : StoreTests(database)
{
    private const int Tills = 64;
    private const int SalesOfEach = 20;

    /// <summary>Of a cash sale, in bytes. docs/performance.md says where they go.</summary>
    private const double MostWal = 3_000;

    /// <summary>
    /// Of a payment by phone, in bytes, without its webhook's row: the opening, the note that the push was taken, and
    /// the confirmation with the receipts it claims. 7,150 to 7,250 when this was written, more where tables are new.
    /// </summary>
    private const double MostWalByPhone = 7_700;

    private const double MostFlushes = 0.15;
    private const double MostRoundTrips = 0.15;

    /// <summary>Log and transactions are the server's: what others write meanwhile is no cost of these sales.</summary>
    private const int MostMeasurements = 6;

    private int phones;

    [Fact]
    public Task Sales_of_many_tills_share_flushes_and_round_trips_and_write_little() => Costs(
        "cash", till => Store.Commit(till.Sale((till.Pilau, 1), (till.Chai, 2))), MostWal, MostFlushes, MostRoundTrips);

    [Fact]
    public async Task Payments_by_phone_write_little()
    {
        var attempts = new Attempts(Store.Database);
        // Three steps after another, of which the second is no commit of a grain.
        await Costs("phone", PayByPhone, MostWalByPhone, 3 * MostFlushes, 2 * MostRoundTrips);

        async Task PayByPhone(Till till)
        {
            var phone = $"+25575{Interlocked.Increment(ref phones):D7}";
            var opened = till.Open(
                SessionType.Immediate, [(till.Pilau, 1), (till.Chai, 2)],
                total => [new PaymentRequest(PaymentMethod.MobileMoney, total, PhoneNumber: phone)]);
            await Store.Commit(opened);
            var push = opened.Effects.OfType<Effect.StartAttempt>().Single();
            await attempts.LookAgain(AttemptWork.Of(push), push.Attempt.StartedAt.AddSeconds(20), "AGG-1");
            await Store.Commit(till.PaidByPhone(opened, push.Amount));
        }
    }

    private async Task Costs(string name, Func<Till, Task> sell, double wal, double flushes, double roundTrips)
    {
        Till[] tills = [.. Enumerable.Range(0, Tills).Select(number => new Till($"{name} {number}"))];
        foreach (var till in tills) await Store.Commit(till.Received(till.Pilau, 1_000), till.Received(till.Chai, 1_000, 1));
        await SellAll(tills, sell, 1);
        // Whole pages are written when they are first touched after a checkpoint: that is no cost of a sale.
        await Database.Run("CHECKPOINT");
        await SellAll(tills, sell, 1);

        // Others can only add to what is measured, so the least of several measurements is nearest to the truth.
        var least = await Measured(tills, sell);
        for (var measured = 1; measured < MostMeasurements && !IsLittle(); measured++)
            least = least.Least(await Measured(tills, sell));

        Assert.InRange(least.Wal, 1, wal);
        Assert.InRange(least.Flushes, 0.001, flushes);
        Assert.InRange(least.RoundTrips, 0.001, roundTrips);

        bool IsLittle() => least.Wal <= wal && least.Flushes <= flushes && least.RoundTrips <= roundTrips;
    }

    private async Task<Cost> Measured(Till[] tills, Func<Till, Task> sell)
    {
        const double Sales = Tills * SalesOfEach;
        var (calls, flushes, wal) = (Store.Commits.Calls, await Transactions(), await Wal());
        await SellAll(tills, sell, SalesOfEach);
        await Store.Publisher.PublishCommitted();
        return new Cost(
            (await Wal() - wal) / Sales, (await Transactions() - flushes) / Sales,
            (Store.Commits.Calls - calls) / Sales);
    }

    /// <summary>Each till sends its next sale when it has the answer to the last.</summary>
    private static Task SellAll(Till[] tills, Func<Till, Task> sell, int salesOfEach) =>
        Task.WhenAll(tills.Select(async till =>
        {
            for (var sale = 0; sale < salesOfEach; sale++) await sell(till);
        }));

    /// <summary>Those that wrote, each of which is flushed at most once.</summary>
    private Task<long> Transactions() =>
        Database.Ask<long>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

    private Task<long> Wal() => Database.Ask<long>("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");

    /// <summary>Of one sale.</summary>
    /// <param name="Wal">In bytes.</param>
    private sealed record Cost(double Wal, double Flushes, double RoundTrips)
    {
        public Cost Least(Cost other) => new(
            Math.Min(Wal, other.Wal), Math.Min(Flushes, other.Flushes), Math.Min(RoundTrips, other.RoundTrips));
    }
}
