using JikoXpress.Payments.Vendors.AzamPay;
using JikoXpress.Payments.Vendors.ClickPesa;
using JikoXpress.Payments.Vendors.PawaPay;
using JikoXpress.Payments.Vendors.Snippe;

namespace JikoXpress.Payments;

/// <summary>
/// Accounts at the simulator, which speaks the wire formats of real aggregators too. Their secrets are made from the
/// one that both sides know.
/// </summary>
public static class SimulatedAccounts
{
    public static IReadOnlyList<string> Aggregators { get; } =
        ["simulator", "clickpesa", "azampay", "snippe", "pawapay"];

    /// <param name="aggregator">One of <see cref="Aggregators"/>; null is the simulator itself.</param>
    /// <returns>Null for the simulator itself.</returns>
    /// <exception cref="InvalidOperationException">The simulator has no such aggregator.</exception>
    public static AggregatorAccount? Of(string? aggregator, SimulatorSettings simulator) => aggregator switch
    {
        null or "" or "simulator" => null,
        "clickpesa" => new ClickPesaSettings(
            "clickpesa", LiveMode: false, At(simulator, "clickpesa/third-parties"), "simulated",
            simulator.Derive("clickpesa api key"), simulator.Derive("clickpesa checksum"),
            simulator.Derive("clickpesa webhook path")),
        "azampay" => new AzamPaySettings(
            "azampay", LiveMode: false, At(simulator, "azampay/authenticator"), At(simulator, "azampay/checkout"),
            "jikoxpress", "simulated", simulator.Derive("azampay secret"), simulator.Derive("azampay api key"),
            simulator.Derive("azampay webhook path"), StatusPath: "api/v1/partner/gettransactionstatus"),
        "snippe" => new SnippeSettings(
            "snippe", LiveMode: false, At(simulator, "snippe"), simulator.Derive("snippe api key"),
            simulator.Derive("snippe webhook"), simulator.Derive("snippe webhook path"),
            At(simulator, $"webhooks/payments/snippe/{simulator.Derive("snippe webhook path")}"),
            "restaurant@example.test"),
        "pawapay" => new PawaPaySettings(
            "pawapay", LiveMode: false, At(simulator, "pawapay"), simulator.Derive("pawapay api token"),
            simulator.Derive("pawapay webhook path")),
        _ => throw new InvalidOperationException(
            $"JIKO_AGGREGATOR is one of {string.Join(", ", Aggregators)}."),
    };

    private static Uri At(SimulatorSettings simulator, string path) => new(simulator.Address, $"/{path}");
}
