using System.Net;
using JikoXpress.WebApi.Hosting;
using Microsoft.AspNetCore.Connections;

namespace JikoXpress.WebApi.Load;

/// <summary>
/// Limits the open connections of one address, so that it cannot take those of all others. Proxies that JIKO_PROXY
/// names have as many as they need, since everybody's requests come through them.
/// </summary>
internal sealed class ConnectionLimit(LoadOptions options, IConfiguration configuration)
{
    private readonly Counts counts = new();
    private readonly ForwardedHeadersOptions? proxies = Proxies.From(configuration);

    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is null || IsProxy(address))
        {
            await next(connection);
            return;
        }

        // Without a place the connection is closed: an answer would cost more than the request.
        using var place = counts.Enter(Sender.OfAddress(address), options.Connections.OfOne);
        if (place is not null) await next(connection);
        else connection.Abort();
    }

    private bool IsProxy(IPAddress given)
    {
        if (proxies is null) return false;
        var address = given.IsIPv4MappedToIPv6 ? given.MapToIPv4() : given;
        return proxies.KnownProxies.Contains(address)
            || proxies.KnownIPNetworks.Any(network => network.Contains(address));
    }
}
