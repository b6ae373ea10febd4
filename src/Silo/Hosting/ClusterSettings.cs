using System.Net;
using JikoXpress.WebApi.Hosting;
using Microsoft.Extensions.Configuration;

namespace JikoXpress.Silo.Hosting;

internal enum Role { All = 1, Silo, Web }

/// <summary>How this process takes part in the cluster; docs/cluster.md says more.</summary>
/// <param name="ClusterId">JIKO_CLUSTER: silos of one name on one database find each other. Default jiko.</param>
/// <param name="Address">
/// JIKO_SILO_ADDRESS: where other processes reach this silo: an IP address, a host name, or the word hostname for the
/// name of this machine. Default 127.0.0.1.
/// </param>
/// <param name="SiloPort">JIKO_SILO_PORT: port for calls between silos. Default 11111.</param>
/// <param name="GatewayPort">JIKO_GATEWAY_PORT: port for calls from front ends. Default 30000.</param>
/// <param name="Dashboard">JIKO_DASHBOARD: true counts every grain call, and shows the counts. Default false.</param>
internal sealed record ClusterSettings(
    string ClusterId, IPAddress Address, int SiloPort, int GatewayPort, bool Dashboard)
{
    /// <exception cref="InvalidOperationException">A setting is not valid; the message names it.</exception>
    public static ClusterSettings From(IConfiguration configuration) => new(
        configuration["JIKO_CLUSTER"] is { Length: > 0 } name ? name : "jiko",
        AddressOf(configuration["JIKO_SILO_ADDRESS"] is { Length: > 0 } address ? address : "127.0.0.1"),
        PortOf(configuration, "JIKO_SILO_PORT", 11111),
        PortOf(configuration, "JIKO_GATEWAY_PORT", 30000),
        JikoXpressOptions.IsTrue(configuration, "JIKO_DASHBOARD"));

    /// <summary>--role or JIKO_ROLE. The default is all: a silo with the web API.</summary>
    /// <exception cref="InvalidOperationException">There is no such role.</exception>
    public static Role RoleOf(IConfiguration configuration) =>
        (configuration["role"] ?? configuration["JIKO_ROLE"]) switch
        {
            null or "" or "all" => Role.All,
            "silo" => Role.Silo,
            "web" => Role.Web,
            var word => throw new InvalidOperationException(
                $"The role (--role or JIKO_ROLE) must be all, silo or web; it is {word}."),
        };

    private static IPAddress AddressOf(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return address;
        if (text == "hostname") text = Dns.GetHostName();
        try
        {
            return Dns.GetHostAddresses(text, System.Net.Sockets.AddressFamily.InterNetwork)[0];
        }
        catch (Exception unknown) when (unknown is System.Net.Sockets.SocketException or IndexOutOfRangeException)
        {
            throw new InvalidOperationException(
                $"JIKO_SILO_ADDRESS must be an IP address, or a host name that can be found; it is {text}.", unknown);
        }
    }

    private static int PortOf(IConfiguration configuration, string name, int usual) =>
        configuration[name] is not { Length: > 0 } text ? usual
        : int.TryParse(text, out var port) && port is > 0 and <= ushort.MaxValue ? port
        : throw new InvalidOperationException($"{name} must be a port, 1 to 65535; it is {text}.");
}
