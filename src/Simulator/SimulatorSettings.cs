using System.Security.Cryptography;
using System.Text;

namespace JikoXpress.Simulator;

/// <param name="Product">JIKO_SIMULATOR_PRODUCT: the product's base address.</param>
/// <param name="Secret">JIKO_SIMULATOR_SECRET: the secret that both sides share; required.</param>
/// <param name="Aggregator">JIKO_AGGREGATOR: as whom it tells of what a guest pays from the phone's menu.</param>
public sealed record SimulatorSettings(Uri? Product, string Secret, string Aggregator = "simulator")
{
    /// <summary>The product's bearer token here, and the last part of its webhooks' path.</summary>
    public string Token => Derive("webhook path");

    /// <summary>A secret for one purpose: the product makes the same one.</summary>
    public string Derive(string purpose) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(purpose)))[..32];

    public static SimulatorSettings From(IConfiguration configuration) => new(
        configuration["JIKO_SIMULATOR_PRODUCT"] is { Length: > 0 } product ? new Uri(product) : null,
        configuration["JIKO_SIMULATOR_SECRET"] is { Length: > 0 } secret
            ? secret
            : throw new InvalidOperationException("JIKO_SIMULATOR_SECRET is not set; the product must have the same."),
        configuration["JIKO_AGGREGATOR"] is { Length: > 0 } aggregator ? aggregator : "simulator");
}

/// <summary>The guests' clock: real time plus what a tester has advanced it by.</summary>
public sealed class SimulatorClock(TimeProvider clock)
{
    private TimeSpan ahead;

    public DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
