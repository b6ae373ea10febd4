using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using JikoXpress.Chaos.Processes;
using JikoXpress.Silo.Tests.Hosting;

namespace JikoXpress.Silo.Tests.Cluster;

/// <summary>A process that hangs, and goes on as if nothing had been.</summary>
public sealed class Hangs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(7);

    [Fact]
    public async Task What_was_asked_of_it_meanwhile_is_not_done_when_it_goes_on()
    {
        await using var powered = await Powered.On();
        var host = await powered.Start("host", "all");
        using var till = await DemoTill.At(host.Address);
        await Sell(till, "before");
        using var kept = await Connected(host.Address);
        // An answer shows that the host has it.
        await kept.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        Assert.True(await kept.GetStream().ReadAsync(new byte[10_000]) > 0);

        var hung = await host.Stop() ?? throw new InvalidOperationException("The host does not run.");
        using var waiting = await Connected(host.Address);
        await kept.GetStream().WriteAsync(Encoding.UTF8.GetBytes(till.SaleOnTheWire("had")));
        await waiting.GetStream().WriteAsync(Encoding.UTF8.GetBytes(till.SaleOnTheWire("waited")));
        await Task.Delay(Long);
        await HostProcess.Continue(hung);

        Assert.Equal(["", ""], [await Answer(kept), await Answer(waiting)]);
        await host.Ready();
        await Sell(till, "after");
        Assert.Equal(2, await powered.Database.Ask<long>("SELECT count(*) FROM jiko.customer_order"));
    }

    private static async Task<TcpClient> Connected(Uri host)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(host.Host, host.Port);
        return socket;
    }

    /// <summary>Asks with the same key until it is known what became of it.</summary>
    private static async Task Sell(DemoTill till, string key)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(200)))
        {
            try
            {
                using var answer = await till.Post("/checkout-sessions", till.Sale(), key);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception lost) when (
                lost is HttpRequestException or SocketException && clock.Elapsed < TimeSpan.FromMinutes(1))
            {
                // A connection that the host has closed.
            }

            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "It does not sell.");
        }
    }

    /// <summary>All that comes until the server closes the connection.</summary>
    private static async Task<string> Answer(TcpClient socket)
    {
        try
        {
            using var reader = new StreamReader(socket.GetStream());
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
