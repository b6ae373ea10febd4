using System.Globalization;
using System.Security.Cryptography;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The crash campaign.</summary>
internal static class ChaosCommand
{
    /// <summary>In which an interrupted campaign ends all that it has started.</summary>
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromMinutes(1);

    public static CliCommand Define(Checkout checkout)
    {
        var minutes = Options.Number("--minutes", 0, 100_000.0, 10,
            "How long rounds of faults are begun; 0 is the short form, one quick round.");
        var seed = Options.Number("--seed", 0, 999_999_999_999_999_999,
            "The dice: the same seed makes the same faults in the same order. Default: another one each time.");
        var hosts = Options.Number("--hosts", 1, 9, 2, "How many silos the cluster has.");
        var together = Options.Flag("--together",
            "Each silo serves the web API as well, instead of a front end before all of them.");
        var command = new CliCommand("chaos",
            "Break everything by turns under load, and count what is left: the crash campaign.")
        {
            minutes, seed, hosts, together,
        };
        command.Ends("""
            Clients trade over HTTP with real hosts on a real PostgreSQL while hosts are killed, PostgreSQL is stopped
            as by a power cut, connections are cut and left half-open, and webhooks come twice, late, in another order
            or never. Then an outside checker counts money, plates, orders and the phones' own ledger. docs/chaos.md
            says more.

            The exit code is 0 for ok, 1 for a violation, 2 for unknown, 3 when too little happened to prove anything.
            Ctrl-C stops it and all that it has started.
            """);
        command.Does((given, interruption) => Run(
            checkout, given.GetValue(minutes), given.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            given.GetValue(hosts), !given.GetValue(together), interruption));
        return command;
    }

    private static async Task<int> Run(
        Checkout checkout, double minutes, long seed, int hosts, bool cluster, Interruption interruption)
    {
        Screen.Step("Building");
        var product = await DotNet.Publish(checkout, "src/Silo", interruption.Token);
        var simulator = await DotNet.Build(checkout, "src/Simulator", interruption.Token);
        var campaign = await DotNet.Build(checkout, "tests/Chaos", interruption.Token);
        Screen.Step($"The crash campaign, seed {seed}");
        var start = DotNet.Program(
            checkout.Root, campaign, product, simulator, minutes.ToString(CultureInfo.InvariantCulture), $"{seed}",
            $"{hosts}", cluster ? "true" : "false");
        return await DotNet.Run(start, StoppedWithin, interruption.Token);
    }
}
