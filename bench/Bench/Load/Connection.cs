using System.Net;
using System.Net.Sockets;
using System.Text;

namespace JikoXpress.Bench.Load;

/// <summary>
/// One kept-open HTTP/1.1 connection that sends prepared bytes and looks at little of the answer: the load generator
/// shares its cores with what it measures, so it must cost little. HttpClient allocates and
/// parses for each request what is not needed here.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const int MostInAnswer = 64 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private byte[] buffer = new byte[4096];

    private Connection() { }

    /// <param name="from">The address to send from; null for the usual one.</param>
    public static async Task<Connection> Open(IPEndPoint server, IPAddress? from = null)
    {
        var connection = new Connection();
        if (from is not null) connection.socket.Bind(new IPEndPoint(from, 0));
        await connection.socket.ConnectAsync(server);
        return connection;
    }

    /// <summary>
    /// Sends a request, and answers when the whole answer is there. It is valid until the next request.
    /// </summary>
    /// <exception cref="UnexpectedAnswerException">The status is another, or the connection ended.</exception>
    public async ValueTask<Answer> Send(ReadOnlyMemory<byte> request, int expected)
    {
        await socket.SendAsync(request);
        var answer = await Receive();
        return answer.Status == expected
            ? answer
            : throw new UnexpectedAnswerException(
                $"{answer.Status} instead of {expected}: {Encoding.UTF8.GetString(answer.Body.Span)}");
    }

    /// <summary>As <see cref="Send"/>, whatever the status is.</summary>
    /// <exception cref="UnexpectedAnswerException">The connection ended.</exception>
    public async ValueTask<Answer> Ask(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        return await Receive();
    }

    /// <summary>Sends bytes, and waits for nothing.</summary>
    public async ValueTask Say(ReadOnlyMemory<byte> bytes) => await socket.SendAsync(bytes);

    public void Dispose() => socket.Dispose();

    private async ValueTask<Answer> Receive()
    {
        var length = 0;
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(MostInAnswer, 2 * length));
            var more = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (more == 0) throw new UnexpectedAnswerException("The server closed the connection.");
            length += more;
            if (Answer.Parse(buffer.AsMemory(0, length)) is { } answer) return answer;
        }
    }
}

internal sealed class UnexpectedAnswerException(string message) : Exception(message);
