using System.Net.Sockets;

namespace JikoXpress.Chaos.Proxy;

/// <summary>One connection of the application, and the one that stands for it at PostgreSQL.</summary>
internal sealed class Link(Socket app, Socket server, Weather weather)
{
    private const int Chunk = 64 * 1024;

    private readonly FrontendMessages said = new();

    /// <summary>Carries both ways until both ends are gone.</summary>
    public async Task Carry()
    {
        await Task.WhenAll(CarryQuestions(), CarryAnswers());
        app.Dispose();
        server.Dispose();
    }

    public void Cut()
    {
        CutAppSide();
        Reset(server);
    }

    /// <summary>The application is told, and PostgreSQL is not: it keeps what it has for this connection.</summary>
    public void CutAppSide()
    {
        IsHalfOpen = true;
        Reset(app);
    }

    private bool IsHalfOpen { get; set; }

    private async Task CarryQuestions()
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await app.ReceiveAsync(buffer) is var length && length > 0)
            {
                var asked = said.AskForCommit(buffer.AsSpan(0, length));
                await weather.Pass();
                await server.SendAsync(buffer.AsMemory(0, length));
                if (asked && weather.TakeTrap()) CutAppSide();
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either end is gone; what that means for the other is below.
        }

        // An application that leaves, or is killed, leaves its server too: the kernel says goodbye for it.
        if (!IsHalfOpen) Reset(server);
    }

    /// <summary>What comes for an application that was cut off is thrown away, until PostgreSQL gives up.</summary>
    private async Task CarryAnswers()
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await server.ReceiveAsync(buffer) is var length && length > 0)
            {
                await weather.Pass();
                if (!IsHalfOpen) await app.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (SocketException) when (IsHalfOpen)
        {
            // The answer fell into the gap.
            await Drain();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Either end is gone.
        }

        Reset(app);
    }

    private async Task Drain()
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await server.ReceiveAsync(buffer) > 0)
            {
                // Nobody is there to hear it.
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // At last.
        }
    }

    /// <summary>Closes at once, with a reset instead of a farewell.</summary>
    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }
}
