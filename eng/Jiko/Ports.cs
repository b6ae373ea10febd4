using System.Net;
using System.Net.Sockets;

namespace JikoXpress.Jiko;

/// <summary>
/// Ports that stay ours between two starts of a program: below those that the system hands out to outgoing connections.
/// </summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int next = Environment.ProcessId * 16;

    public static int Free()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (Interlocked.Increment(ref next) & int.MaxValue) % Count;
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No port of 127.0.0.1 from {First} on is free.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
