using System.Globalization;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The product's figures, and in the same run what they are divided by.</summary>
internal static class BenchCommand
{
    public static CliCommand Define(Checkout checkout)
    {
        var only = Options.Text("--only", "LIST",
            "Only these: cash, hot, slip, poll, webhook, parked, memory, start, million, cluster, overload, abuse, "
            + "forged.");
        var seconds = Options.Number("--seconds", 0.1, 600,
            "How long each side runs in a round. Default: 2, with --full 5.");
        var rounds = Options.Number("--rounds", 1, 600,
            "Interleaved rounds, of which the median counts. Default: 3, with --full 5.");
        var output = Options.Text("--output", "FILE", "Write the report to a file, too.");
        var cluster = Options.Flag("--cluster", "Two silos behind a front end, too, beside the one silo that run is.");
        var full = Options.Flag("--full",
            "Longer rounds, and overload, abuse, forged and million, too, which takes some minutes and 10 GB.");
        var command = new CliCommand("bench", "Measure the product, and in the same run what to divide its figures by.")
        {
            only, seconds, rounds, output, cluster, full,
        };
        command.Ends("""
            That is bare ASP.NET, the row-lock forms F and R and the group-commit ceiling of bench/Baselines, and
            pgbench. Starts a PostgreSQL to throw away, durable, and each side as a process of its own; prints a
            report in Markdown. docs/performance.md says what is measured and what has to be reached.

            The exit code is 1 when the laws of conservation do not hold after a run, whose figures are then withheld.
            """);
        command.Does((given, interruption) =>
        {
            List<string> words = [];
            if (given.GetValue(only) is { } list) words.AddRange("--only", list);
            if (given.GetValue(seconds) is { } time) words.AddRange("--seconds", Text(time));
            if (given.GetValue(rounds) is { } times) words.AddRange("--rounds", Text(times));
            if (given.GetValue(output) is { } file) words.AddRange("--output", Path.GetFullPath(file));
            if (given.GetValue(cluster)) words.Add("--cluster");
            if (given.GetValue(full)) words.Add("--full");
            return Run(checkout, words, interruption.Token);
        });
        return command;
    }

    private static async Task<int> Run(Checkout checkout, IReadOnlyList<string> words, CancellationToken token)
    {
        await using var scratch = await TemporaryFolder.Make("jiko-bench");
        Screen.Step("PostgreSQL");
        var server = await scratch.Postgres();
        var pgbench = Path.Combine(server.Programs, OperatingSystem.IsWindows() ? "pgbench.exe" : "pgbench");
        if (server.Programs.Length == 0 || !File.Exists(pgbench))
        {
            throw new Failure(
                "./jiko bench needs the programs of PostgreSQL on this machine, pgbench among them");
        }

        Screen.Step("Building");
        var product = await DotNet.Publish(checkout, "src/Silo", token);
        var baselines = await DotNet.Publish(checkout, "bench/Baselines", token);
        var simulator = await DotNet.Build(checkout, "src/Simulator", token);
        var bench = await DotNet.Build(checkout, "bench/Bench", token);
        Screen.Step("Measuring");
        // Ten thousand kiosks are as many open files: .NET has raised its limit, which its children inherit.
        var start = DotNet.Program(checkout.Root, bench, words);
        start.Environment["JIKO_BENCH_POSTGRES"] = server.ConnectionAs("postgres", "postgres");
        start.Environment["JIKO_BENCH_PGBENCH"] = pgbench;
        start.Environment["JIKO_BENCH_PRODUCT"] = product;
        start.Environment["JIKO_BENCH_BASELINES"] = baselines;
        start.Environment["JIKO_BENCH_SIMULATOR"] = simulator;
        return await DotNet.Run(start, TimeSpan.Zero, token);
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
