using JikoXpress.Domain.Webhooks;
using JikoXpress.Payments;

namespace JikoXpress.WebApi.Payments;

/// <summary>
/// JIKO_SIMULATOR: the address of the mobile-money simulator, by default none. JIKO_SIMULATOR_SECRET: the secret shared
/// with it, at least 32 characters; best in the form of Standard Webhooks, <c>whsec_</c> and 24 to 64 random bytes in
/// base64.
/// </summary>
internal static class SimulatorOptions
{
    private const int ShortestSecret = 32;

    /// <exception cref="InvalidOperationException">A setting is not valid, or this is Production.</exception>
    public static SimulatorSettings? From(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration["JIKO_SIMULATOR"] is not { Length: > 0 } address) return null;
        if (environment.IsProduction())
            throw new InvalidOperationException(
                "JIKO_SIMULATOR is set, and it takes no real money: it does not run in Production.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new InvalidOperationException(
                $"JIKO_SIMULATOR must be an address, such as http://127.0.0.1:5090; it is {address}.");
        if (configuration["JIKO_SIMULATOR_SECRET"] is not { Length: >= ShortestSecret } secret)
            throw new InvalidOperationException(
                $"JIKO_SIMULATOR_SECRET must have at least {ShortestSecret} characters.");
        if (!StandardWebhook.IsSecret(secret))
            throw new InvalidOperationException("JIKO_SIMULATOR_SECRET must be base64 after whsec_.");
        return new SimulatorSettings(uri, secret);
    }
}
