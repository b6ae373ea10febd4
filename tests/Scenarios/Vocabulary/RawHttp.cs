using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace JikoXpress.Scenarios.Vocabulary;

/// <summary>
/// A connection on which a test says whatever it likes: what no HTTP client would send, a hostile one does. Latin 1, so
/// that every character is one byte.
/// </summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient client = new() { NoDelay = true };

    public static async Task<RawHttp> Connect(Uri host)
    {
        var raw = new RawHttp();
        await raw.client.ConnectAsync(host.Host, host.Port);
        return raw;
    }

    /// <summary>Says it all, and listens until the server hangs up.</summary>
    public static async Task<RawAnswer> Ask(Uri host, byte[] request)
    {
        await using var raw = await Connect(host);
        await raw.Say(request);
        return await raw.Listen();
    }

    public async Task Say(byte[] bytes)
    {
        try
        {
            await client.GetStream().WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The server has heard enough and has hung up; what it said before is there to be read.
        }
    }

    public async Task<RawAnswer> Listen()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var heard = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(heard, patience.Token);
        }
        catch (IOException)
        {
            // The server reset the connection after its answer.
        }

        return RawAnswer.Parse(Encoding.Latin1.GetString(heard.ToArray()));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The first answer on a connection; status 0 where the server hung up without one.</summary>
internal sealed record RawAnswer(int Status, string Headers, string Body)
{
    public static RawAnswer Parse(string heard)
    {
        var end = heard.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0
            ? new RawAnswer(0, "", heard)
            : new RawAnswer(int.Parse(heard[9..12], CultureInfo.InvariantCulture), heard[..end], heard[(end + 4)..]);
    }
}
