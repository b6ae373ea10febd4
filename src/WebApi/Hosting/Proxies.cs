using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_PROXY: the addresses or networks of the proxies that end TLS before this process, separated by commas, as in
/// 10.0.0.7,10.1.0.0/16. Forwarded headers are accepted only from them.
/// </summary>
internal static class Proxies
{
    /// <exception cref="InvalidOperationException">An entry is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions? From(IConfiguration configuration)
    {
        if (configuration["JIKO_PROXY"] is not { Length: > 0 } list) return null;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(name, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(name, out var network)) options.KnownIPNetworks.Add(network);
            else
                throw new InvalidOperationException(
                    $"JIKO_PROXY must hold addresses or networks, as in 10.0.0.7,10.1.0.0/16; {name} is neither.");
        }

        return options;
    }
}
