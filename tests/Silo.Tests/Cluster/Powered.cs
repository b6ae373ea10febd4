using System.Net.Sockets;
using JikoXpress.Chaos.Processes;
using JikoXpress.Chaos.Tests;
using JikoXpress.Jiko;
using JikoXpress.Silo.Tests.Hosting;
using JikoXpress.Testing;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>A cluster of processes on a database of its own, which a test kills as it likes.</summary>
internal sealed class Powered : IAsyncDisposable
{
    private readonly TestDatabase database = new();
    private readonly Scratch scratch = new();
    private readonly List<HostProcess> started = [];

    public TestDatabase Database => database;

    public static async Task<Powered> On()
    {
        var powered = new Powered();
        await powered.database.InitializeAsync();
        return powered;
    }

    /// <summary>A silo at ports that nobody has, or a front end.</summary>
    public HostProcess Make(string name, string role)
    {
        var host = new HostProcess(name, new HostProgram(
            Programs.Silo, scratch.Folder, "/health/ready", new Dictionary<string, string>
            {
                ["JIKO_POSTGRES"] = database.ConnectionString,
                ["JIKO_DEMO"] = "true",
                ["JIKO_ROLE"] = role,
                ["JIKO_SILO_PORT"] = $"{Ports.Free()}",
                ["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}",
            }));
        started.Add(host);
        return host;
    }

    public async Task<HostProcess> Start(string name, string role)
    {
        var host = Make(name, role);
        await host.Start();
        return host;
    }

    /// <summary>All that a process has said.</summary>
    public IReadOnlyList<string> Log(string name) => File.ReadAllLines(Path.Combine(scratch.Folder, $"{name}.log"));

    public Task<long> Members(string status) =>
        database.Ask<long>($"SELECT count(*) FROM jiko_cluster.silo WHERE status = {(status is "active" ? 3 : 6)}");

    public async ValueTask DisposeAsync()
    {
        foreach (var host in started) await host.DisposeAsync();
        await database.DisposeAsync();
        scratch.Dispose();
    }
}

/// <summary>Tills that sell one pilau after the other, and ask again with the same key where no answer comes.</summary>
internal sealed class BusyTills : IAsyncDisposable
{
    private const int Count = 4;

    private readonly CancellationTokenSource closing = new();
    private readonly DemoTill till;
    private readonly List<DateTimeOffset>[] sales =
        [.. Enumerable.Range(0, Count).Select(_ => new List<DateTimeOffset>())];
    private readonly Task[] selling;

    private BusyTills(DemoTill till)
    {
        this.till = till;
        selling = [.. Enumerable.Range(0, Count).Select(Sell)];
    }

    public static async Task<BusyTills> At(Uri address)
    {
        var till = await DemoTill.At(address);
        await till.Cook();
        return new BusyTills(till);
    }

    /// <summary>Sales that were answered; each has a key of its own.</summary>
    public int Sold
    {
        get
        {
            lock (sales) return sales.Sum(till => till.Count);
        }
    }

    /// <summary>How long the unluckiest till went without a sale.</summary>
    public TimeSpan LongestGap(DateTimeOffset from)
    {
        lock (sales)
        {
            return sales.Max(till => till
                .Zip(till.Skip(1), (one, next) => next > from ? next - one : TimeSpan.Zero)
                .DefaultIfEmpty(TimeSpan.MaxValue).Max());
        }
    }

    /// <summary>Lets each till sell a few more.</summary>
    public async Task SellOn(int each = 20)
    {
        int[] wanted;
        lock (sales) wanted = [.. sales.Select(till => till.Count + each)];
        await Wait.Until(
            () =>
            {
                lock (sales)
                    return Task.FromResult(sales.Zip(wanted, (till, count) => till.Count >= count).All(sold => sold));
            },
            "every till sold some more");
    }

    /// <summary>Closes them, when what they have begun is sold.</summary>
    public async Task<bool> CloseAndBalance()
    {
        await closing.CancelAsync();
        await Task.WhenAll(selling);
        return await till.BooksBalance();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(selling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        till.Dispose();
        closing.Dispose();
    }

    private async Task Sell(int number)
    {
        for (var guest = 1; !closing.IsCancellationRequested; guest++)
        {
            for (var asked = 0; !await IsSold($"till-{number}-{guest}"); asked++)
            {
                Assert.True(asked < 300, "A till gave up.");
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            lock (sales) sales[number].Add(DateTimeOffset.UtcNow);
        }
    }

    private async Task<bool> IsSold(string key)
    {
        try
        {
            using var answer = await till.Post("/checkout-sessions", till.Sale(), key);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
