using System.Net;
using JikoXpress.Postgres;

namespace JikoXpress.WebApi.Hosting;

/// <summary>
/// JIKO_MODE: live if guests pay with real money, else test. In live mode a process does not start on settings that
/// are only good enough for tests, and gives the reason for each.
/// </summary>
internal static class LiveMode
{
    private const int FewestDifferentCharacters = 10;

    /// <summary>Secrets that appear in documentation, in examples and in lists of common passwords.</summary>
    private static readonly string[] Known =
        ["change", "example", "secret", "sample", "password", "0123456789", "abcdefgh", "test"];

    /// <param name="risks">The role's own risks, for which live mode must not start.</param>
    /// <exception cref="InvalidOperationException">JIKO_MODE is neither of the two.</exception>
    /// <exception cref="LiveModeException">Live mode would be unsafe with these settings.</exception>
    public static bool IsAskedFor(
        IConfiguration configuration, IHostEnvironment environment, Func<IConfiguration, IEnumerable<string>>? risks)
    {
        switch (configuration["JIKO_MODE"])
        {
            case null or "" or "test":
                return false;
            case "live":
                List<string> reasons = [.. Reasons(configuration, environment), .. risks?.Invoke(configuration) ?? []];
                return reasons.Count is 0 ? true : throw new LiveModeException(reasons);
            case var other:
                throw new InvalidOperationException($"JIKO_MODE must be live or test; it is {other}.");
        }
    }

    private static IEnumerable<string> Reasons(IConfiguration configuration, IHostEnvironment environment) =>
    [
        .. environment.IsProduction()
            ? Nothing
            : [$"ASPNETCORE_ENVIRONMENT is {environment.EnvironmentName}, and not Production."],
        .. JikoXpressOptions.HasDemo(configuration) ? ["JIKO_DEMO shows tokens to everybody."] : Nothing,
        .. configuration["JIKO_SIMULATOR"] is { Length: > 0 } ? ["JIKO_SIMULATOR moves no money."] : Nothing,
        .. WebhookOptions.From(configuration).OwnMachine
            ? [$"{WebhookOptions.OwnMachine} lets merchants reach this machine."]
            : Nothing,
        .. configuration["JIKO_PIN_PEPPER"] is { Length: > 0 }
            ? Nothing
            : ["JIKO_PIN_PEPPER is missing: whoever has the database would have the PINs."],
        .. Secrets.Names.Where(name => IsKnown(configuration[name]))
            .Select(name => $"{name} is no secret: it is as in an example, or too simple."),
        .. Secrets.InFiles.Where(name => Secrets.IsOpenToOthers(configuration, name))
            .Select(name => $"{name}{Secrets.InFile} can be read or written by others than its owner."),
        .. Proxies.From(configuration)?.KnownIPNetworks.Any(network => network.PrefixLength is 0) ?? false
            ? ["JIKO_PROXY trusts every address: whoever calls could say for whom."]
            : Nothing,
        .. PublicAddress.From(configuration) is { } origin && IsOpen(origin)
            ? [$"{PublicAddress.Setting} is without TLS."]
            : Nothing,
        .. configuration["JIKO_PROXY"] is { Length: > 0 }
            ? Nothing
            : Addresses(configuration).Where(IsOpen)
                .Select(address => $"{address} is without TLS, and JIKO_PROXY names nothing that has it."),
    ];

    private static string[] Nothing => [];

    private static bool IsKnown(string? secret) => secret is { Length: > 0 }
        && (secret.Distinct().Count() < FewestDifferentCharacters
            || Known.Any(known => secret.Contains(known, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The addresses on which Kestrel listens, from every setting that can name them.</summary>
    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
    [
        .. Split(configuration["urls"]),
        .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"])
            .OfType<string>(),
    ];

    private static string[] Split(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOpen(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.Scheme is not "https"
            && !binding.IsUnixPipe
            && binding.Host is not "localhost"
            && !(IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
