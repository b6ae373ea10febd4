using System.Diagnostics;
using JikoXpress.Chaos.Processes;
using JikoXpress.Silo.Tests.Campaign;
using JikoXpress.Testing;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>
/// Processes end without a word, all at once or one of several. The bounds are those of docs/cluster.md; a machine that
/// is busy with other things gets as much more as it shows, in the same test, to be slower.
/// </summary>
[Collection(nameof(NothingBeside))]
public sealed class PowerCuts(ITestOutputHelper output)
{
    [Fact]
    public async Task All_silos_are_killed_and_start_at_other_addresses_within_10_s()
    {
        await using var cluster = await Powered.On();
        var before = await StartAll(cluster, "before");
        foreach (var host in before.Hosts) await host.Kill();

        var after = await StartAll(cluster, "after");

        Report("at other addresses", before.Took, after.Took);
        MustBeReadyWithin(10, before, after);
        await MustSell(after.Hosts[2]);
        Assert.Equal(2, await cluster.Members("active"));
        Assert.Equal(2, await cluster.Members("dead"));
    }

    [Fact]
    public async Task All_silos_are_killed_and_start_at_the_same_addresses_within_5_s()
    {
        await using var cluster = await Powered.On();
        var before = await StartAll(cluster, "host");
        foreach (var host in before.Hosts) await host.Kill();

        var after = await StartAgain(before.Hosts);

        Report("at the same addresses", before.Took, after.Took);
        MustBeReadyWithin(5, before, after);
        await MustSell(after.Hosts[2]);
        Assert.Equal(2, await cluster.Members("active"));
    }

    [Fact]
    public async Task All_silos_are_killed_and_start_at_the_same_moment_within_5_s()
    {
        await using var cluster = await Powered.On();
        var before = await StartAll(cluster, "host");
        foreach (var host in before.Hosts) await host.Kill();

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(before.Hosts.Select(host => host.Start()));
        var took = clock.Elapsed;

        Report("at the same moment", before.Took, [took]);
        Assert.InRange(took, TimeSpan.Zero, Bound(5, before.Took.Aggregate((one, next) => one + next)));
        await MustSell(before.Hosts[2]);
    }

    [Fact]
    public async Task One_of_two_silos_is_killed_and_no_till_waits_longer_than_5_s()
    {
        await using var cluster = await Powered.On();
        var hosts = (await StartAll(cluster, "host")).Hosts;
        await using var tills = await BusyTills.At(hosts[2].Address);
        await tills.SellOn();
        var warm = DateTimeOffset.UtcNow;
        await tills.SellOn();

        var usual = tills.LongestGap(warm);
        var killed = DateTimeOffset.UtcNow;
        await hosts[0].Kill();
        await tills.SellOn();
        var gap = tills.LongestGap(killed);

        output.WriteLine($"Longest gap: {usual.TotalSeconds:0.00} s before, {gap.TotalSeconds:0.00} s after.");
        Assert.True(await tills.CloseAndBalance());
        Assert.Equal(tills.Sold, await cluster.Database.Ask<long>("SELECT count(*) FROM jiko.customer_order"));
        Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(5) + usual);
    }

    [Fact]
    public async Task A_silo_that_hung_until_it_was_declared_dead_ends_itself_and_nothing_is_sold_twice()
    {
        await using var cluster = await Powered.On();
        var hosts = (await StartAll(cluster, "host")).Hosts;
        await using var tills = await BusyTills.At(hosts[2].Address);
        await tills.SellOn();

        var clock = Stopwatch.StartNew();
        using var hung = await hosts[0].Stop() ?? throw new InvalidOperationException("The silo does not run.");
        await Wait.Until(async () => await cluster.Members("dead") is 1, "the silo that hangs is declared dead");
        output.WriteLine($"Declared dead after {clock.Elapsed.TotalSeconds:0.0} s.");
        await tills.SellOn();
        clock.Restart();
        await HostProcess.Continue(hung);
        await Wait.Until(() => hosts[0].EndedAfterPause, "it ends itself");
        output.WriteLine($"Ended itself after {clock.Elapsed.TotalSeconds:0.0} s.");

        await Wait.Until(async () => await cluster.Members("active") is 2, "it is started again, and joins");
        await tills.SellOn();
        Assert.True(await tills.CloseAndBalance());
        Assert.Equal(tills.Sold, await cluster.Database.Ask<long>("SELECT count(*) FROM jiko.customer_order"));
    }

    [Fact]
    public async Task A_silo_that_lost_its_connections_to_the_database_is_not_taken_for_dead_by_one_that_starts()
    {
        await using var cluster = await Powered.On();
        var first = await cluster.Start("first", "silo");
        var second = cluster.Make("second", "silo");

        using var cutting = new CancellationTokenSource();
        var cut = CutLeases(cluster, cutting.Token);
        await second.Start();
        await cutting.CancelAsync();
        await cut;

        Assert.Equal(2, await cluster.Members("active"));
        Assert.Equal(0, await cluster.Members("dead"));
        Assert.Equal(0, first.UnexpectedEnds);
    }

    [Fact]
    public async Task The_log_of_a_day_has_a_few_lines_and_none_of_a_library()
    {
        await using var cluster = await Powered.On();
        var hosts = (await StartAll(cluster, "host")).Hosts;
        await using (var tills = await BusyTills.At(hosts[2].Address))
        {
            await tills.SellOn(50);
            Assert.True(await tills.CloseAndBalance());
        }

        foreach (var name in (string[])["host-1", "host-2", "host-3"])
        {
            var log = cluster.Log(name);
            output.WriteLine($"{name}: {log.Count} lines.");
            Assert.All(log, line => Assert.Matches("^[^ ]+ (info|warn): (JikoXpress|Microsoft\\.Hosting)\\.", line));
            Assert.InRange(log.Count, 1, 12);
        }
    }

    private static async Task<(HostProcess[] Hosts, TimeSpan[] Took)> StartAll(Powered cluster, string name) =>
        await StartAgain(
            cluster.Make($"{name}-1", "silo"), cluster.Make($"{name}-2", "silo"), cluster.Make($"{name}-3", "web"));

    /// <summary>One after the other: the first silo finds nobody of those that were there.</summary>
    private static async Task<(HostProcess[] Hosts, TimeSpan[] Took)> StartAgain(params HostProcess[] hosts)
    {
        var took = new List<TimeSpan>();
        foreach (var host in hosts) took.Add(await host.Start());
        return (hosts, [.. took]);
    }

    private static void MustBeReadyWithin(
        double seconds, (HostProcess[] Hosts, TimeSpan[] Took) before, (HostProcess[] Hosts, TimeSpan[] Took) after) =>
        Assert.All(before.Took.Zip(after.Took), took => Assert.InRange(
            took.Second, TimeSpan.Zero, Bound(seconds, took.First * 3)));

    /// <summary>What is promised; where the machine is slow, what a start took before anything happened.</summary>
    private static TimeSpan Bound(double seconds, TimeSpan usual) =>
        TimeSpan.FromSeconds(Math.Max(seconds, usual.TotalSeconds));

    private static async Task MustSell(HostProcess front)
    {
        await using var tills = await BusyTills.At(front.Address);
        await tills.SellOn(3);
        Assert.True(await tills.CloseAndBalance());
    }

    /// <summary>Takes every silo's lease away, again and again.</summary>
    private static async Task CutLeases(Powered cluster, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await cluster.Database.Run("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE '%-lease' AND query LIKE '%advisory_lock%'
                AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)
                """);
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    private void Report(string what, TimeSpan[] before, TimeSpan[] after) => output.WriteLine(
        $"Started {what}: {Text(after)}; the first time {Text(before)}.");

    private static string Text(TimeSpan[] took) => string.Join(", ", took.Select(time => $"{time.TotalSeconds:0.0} s"));
}
