using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace JikoXpress.Chaos.Proxy;

/// <summary>The network between hosts and PostgreSQL, as bad as networks are.</summary>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly Weather weather = new();
    private readonly ConcurrentDictionary<Link, Task> links = [];
    private readonly ConcurrentDictionary<Link, Task> orphans = [];
    private readonly TcpListener listener;
    private readonly int upstream;
    private readonly Task listening;

    /// <exception cref="SocketException">Somebody else has the port: nothing would be proven through it.</exception>
    public DatabaseProxy(int port, int upstream)
    {
        this.upstream = upstream;
        Port = port;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        listening = Listen();
    }

    public int Port { get; }

    /// <summary>Connections that PostgreSQL has and the application has not.</summary>
    public int Orphans => orphans.Count;

    /// <summary>Both ends learn of it; answers how many connections that were.</summary>
    public int Cut() => Each(link => link.Cut());

    /// <summary>Only the application learns of it.</summary>
    public int CutAppSide() => Each(link =>
    {
        if (links.TryGetValue(link, out var carrying)) orphans[link] = carrying;
        link.CutAppSide();
        if (carrying?.IsCompleted == true) orphans.TryRemove(link, out _);
    });

    public async Task Stall(TimeSpan during)
    {
        weather.Stall();
        await Task.Delay(during);
        weather.Resume();
    }

    public async Task Delay(TimeSpan each, TimeSpan during)
    {
        weather.Delay(each);
        await Task.Delay(during);
        weather.Delay(TimeSpan.Zero);
    }

    /// <summary>Cuts a connection between a commit that was sent and its answer; false when none was sent.</summary>
    public async Task<bool> CutAtCommit(TimeSpan within)
    {
        var cut = weather.SetTrap();
        var isCut = await Task.WhenAny(cut, Task.Delay(within)) == cut;
        weather.RemoveTrap();
        return isCut;
    }

    public async ValueTask DisposeAsync()
    {
        weather.Resume();
        listener.Dispose();
        await listening;
        foreach (var link in links.Keys.Concat(orphans.Keys)) link.Cut();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The campaign is over.
        }
    }

    private async Task Serve(Socket app)
    {
        app.NoDelay = true;
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, upstream);
        }
        catch (SocketException)
        {
            // The server is away, and whoever wants it learns that.
            app.Dispose();
            server.Dispose();
            return;
        }

        var link = new Link(app, server, weather);
        var carrying = link.Carry();
        links[link] = carrying;
        await carrying;
        links.TryRemove(link, out _);
        orphans.TryRemove(link, out _);
    }

    private int Each(Action<Link> action)
    {
        var present = links.Keys.Where(link => !orphans.ContainsKey(link)).ToList();
        foreach (var link in present) action(link);
        return present.Count;
    }
}
