using System.Net;
using System.Net.Sockets;

namespace JikoXpress.Webhooks;

/// <summary>
/// Which addresses are those of hosts on the internet. Everything else is refused: what a merchant names must not lead
/// into the network that this process is in. The ranges are those of the registries for special purposes
/// (iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry).
/// </summary>
internal static class PublicAddresses
{
    /// <summary>IPv4 addresses are public but for these.</summary>
    private static readonly IPNetwork[] NotPublic =
    [
        .. Ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT, and the metadata of some clouds
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // the metadata of a cloud, at a public address
            "169.254.0.0/16", // link-local, and the metadata of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocols, and the metadata of a cloud
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // name servers' sinkhole
            "192.52.193.0/24", // relays of multicast
            "192.88.99.0/24", // relays of 6to4
            "192.168.0.0/16", // private
            "192.175.48.0/24", // name servers' sinkhole
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"), // reserved, and broadcast
    ];

    /// <summary>The one range that IPv6 addresses of hosts are given from.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>IPv6 addresses of that range are public but for these.</summary>
    private static readonly IPNetwork[] NotGlobal =
    [
        .. Ranges(
            "2001::/23", // protocols: Teredo, benchmarks, and others that hide an address in another
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: an IPv4 address in disguise
            "3fff::/20"), // documentation
    ];

    /// <summary>
    /// False also for an IPv4 address in any of the forms of IPv6, such as ::ffff:10.0.0.1 and 64:ff9b::a00:1: nobody
    /// needs those, and they are the way round.
    /// </summary>
    public static bool Holds(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(NotPublic, range => range.Contains(address)),
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
            && address.ScopeId is 0
            && Global.Contains(address)
            && !Array.Exists(NotGlobal, range => range.Contains(address)),
        _ => false,
    };

    private static IEnumerable<IPNetwork> Ranges(params string[] ranges) =>
        ranges.Select(range => IPNetwork.Parse(range));
}
