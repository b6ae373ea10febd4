namespace JikoXpress.Domain.Webhooks;

/// <summary>
/// To which addresses merchants may have something sent. What a name means today is looked up, and checked again, each
/// time when it is sent: this is what can be said of the text.
/// </summary>
public static class OutboundAddress
{
    public const int Longest = 2048;

    /// <summary>Below them are the services that a machine has for itself, such as mail and remote logins.</summary>
    private const int FirstFreePort = 1024;

    /// <summary>Names that stand for something within a network, and not for a host on the internet.</summary>
    private static readonly Sequence<string> Inner =
        [".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa", ".onion"];

    /// <summary>
    /// https, the name of a host on the internet, and no password. An address of numbers is none: no certificate would
    /// be for it, and there are too many ways to write those that lead inside.
    /// </summary>
    /// <param name="isLive">In test mode the developer's own machine will do, with http as well.</param>
    public static bool IsAllowed(string url, bool isLive) =>
        url.Length is > 0 and <= Longest
        && TextRules.IsPrintable(url, lineBreaks: false)
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.UserInfo.Length is 0
        && address.Fragment.Length is 0
        && ((!isLive && IsOwnMachine(address)) || (address.Scheme == Uri.UriSchemeHttps && IsPublicName(address)));

    /// <summary>The machine itself, by one of the names that everybody knows.</summary>
    public static bool IsOwnMachine(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address.IsLoopback;

    private static bool IsPublicName(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.');
        return address.HostNameType is UriHostNameType.Dns
            && host.Contains('.', StringComparison.Ordinal)
            && !Inner.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && (address.IsDefaultPort || address.Port >= FirstFreePort);
    }
}
