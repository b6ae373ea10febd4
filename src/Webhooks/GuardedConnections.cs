using System.Net;
using System.Net.Sockets;

namespace JikoXpress.Webhooks;

/// <summary>What a name stands for. A port, so that a test can be the name server.</summary>
internal interface INames
{
    Task<IReadOnlyList<IPAddress>> Look(string name, CancellationToken cancellation);
}

internal sealed class SystemNames : INames
{
    public async Task<IReadOnlyList<IPAddress>> Look(string name, CancellationToken cancellation) =>
        await Dns.GetHostAddressesAsync(name, cancellation);
}

/// <summary>
/// Opens connections to public addresses only. The address that is checked is the one that is connected to: a name
/// that stands for another address a moment later leads nowhere else. One address that is not public among several
/// refuses the name.
/// </summary>
/// <param name="ownMachine">Connections to this machine are allowed, too: for developers, in test mode.</param>
internal sealed class GuardedConnections(INames names, bool ownMachine)
{
    /// <summary>A handler whose connections are all guarded. It follows no redirect and uses no proxy.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = Connect,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = null,
        // No trace of this system goes to others.
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.Look(host, cancellation);
        if (addresses.Count is 0) throw new NameUnknownException();
        if (addresses.Any(address => !IsAllowed(address))) throw new AddressRefusedException();

        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                failure = refused;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure!;
    }

    private bool IsAllowed(IPAddress address) =>
        PublicAddresses.Holds(address)
        || (ownMachine && !address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address));
}

/// <summary>A name stands for an address that nothing is sent to.</summary>
internal sealed class AddressRefusedException() : IOException("The address is not one of a host on the internet.");

/// <summary>A name stands for nothing.</summary>
internal sealed class NameUnknownException() : IOException("The name stands for no address.");
