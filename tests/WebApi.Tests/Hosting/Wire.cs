using System.Net.Sockets;
using System.Text;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Requests as bytes, for what no HTTP client would send.</summary>
internal static class Wire
{
    /// <summary>Sends the request on a connection of its own, and reads until the server closes it.</summary>
    public static async Task<string> Send(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    /// <summary>A request in lines; what ends the head and asks the server to close is added.</summary>
    public static string Request(string line, params string[] headers) =>
        string.Join("\r\n", [$"{line} HTTP/1.1", "Host: localhost", "Connection: close", .. headers, "", ""]);
}

/// <summary>A connection that is kept, on which a test sends a request part by part.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private readonly TcpClient socket = new() { NoDelay = true };

    public static async Task<Conversation> With(Uri address, string beginning = "")
    {
        var conversation = new Conversation();
        await conversation.socket.ConnectAsync(address.Host, address.Port);
        await conversation.Say(beginning);
        return conversation;
    }

    public async Task Say(string text) => await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The status line and the headers of the next answer; empty where the server has hung up.</summary>
    public async Task<string> Heard()
    {
        var heard = new StringBuilder();
        var buffer = new byte[1];
        try
        {
            while (!heard.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
                && await socket.GetStream().ReadAsync(buffer) > 0)
                heard.Append((char)buffer[0]);
        }
        catch (IOException)
        {
            // The server has closed the connection at once.
        }

        return heard.ToString();
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
