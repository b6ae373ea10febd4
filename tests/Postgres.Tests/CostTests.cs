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

    /// <summary>In bytes. docs/performance.md says where they go.</summary>
    private const double MostWal = 3_600;

    private const double MostFlushes = 0.15;
    private const double MostRoundTrips = 0.15;

    /// <summary>Log and transactions are the server's: what others write meanwhile is no cost of these sales.</summary>
    private const int MostMeasurements = 6;

    [Fact]
    public async Task Sales_of_many_tills_share_flushes_and_round_trips_and_write_little()
    {
        Till[] tills = [.. Enumerable.Range(0, Tills).Select(number => new Till($"busy {number}"))];
        foreach (var till in tills) await Store.Commit(till.Received(till.Pilau, 1_000), till.Received(till.Chai, 1_000, 1));
        await SellAll(tills, 1);
        // Whole pages are written when they are first touched after a checkpoint: that is no cost of a sale.
        await Database.Run("CHECKPOINT");
        await SellAll(tills, 1);

        // Others can only add to what is measured, so the least of several measurements is nearest to the truth.
        var least = await Measured(tills);
        for (var measured = 1; measured < MostMeasurements && !least.IsLittle; measured++)
            least = least.Least(await Measured(tills));

        Assert.InRange(least.Wal, 1, MostWal);
        Assert.InRange(least.Flushes, 0.001, MostFlushes);
        Assert.InRange(least.RoundTrips, 0.001, MostRoundTrips);
    }

    private async Task<Cost> Measured(Till[] tills)
    {
        const double Sales = Tills * SalesOfEach;
        var (calls, flushes, wal) = (Store.Commits.Calls, await Transactions(), await Wal());
        await SellAll(tills, SalesOfEach);
        await Store.Publisher.PublishCommitted();
        return new Cost(
            (await Wal() - wal) / Sales, (await Transactions() - flushes) / Sales,
            (Store.Commits.Calls - calls) / Sales);
    }

    /// <summary>Each till sends its next sale when it has the answer to the last.</summary>
    private Task SellAll(Till[] tills, int salesOfEach) => Task.WhenAll(tills.Select(async till =>
    {
        for (var sale = 0; sale < salesOfEach; sale++) await Store.Commit(till.Sale((till.Pilau, 1), (till.Chai, 2)));
    }));

    /// <summary>Those that wrote, each of which is flushed at most once.</summary>
    private Task<long> Transactions() =>
        Database.Ask<long>("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint");

    private Task<long> Wal() => Database.Ask<long>("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");

    /// <summary>Of one sale.</summary>
    /// <param name="Wal">In bytes.</param>
    private sealed record Cost(double Wal, double Flushes, double RoundTrips)
    {
        public bool IsLittle => Wal <= MostWal && Flushes <= MostFlushes && RoundTrips <= MostRoundTrips;

        public Cost Least(Cost other) => new(
            Math.Min(Wal, other.Wal), Math.Min(Flushes, other.Flushes), Math.Min(RoundTrips, other.RoundTrips));
    }
}
