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
