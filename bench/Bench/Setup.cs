using System.Globalization;

namespace JikoXpress.Bench;

/// <summary>What ./jiko bench was asked for, and what it has prepared.</summary>
/// <param name="Cluster">A PostgreSQL server of its own, durable, as its superuser.</param>
/// <param name="ProductProgram">The assembly of the product.</param>
/// <param name="PgBench">The program that comes with PostgreSQL.</param>
/// <param name="SimulatorProgram">The assembly of the simulator of aggregators.</param>
/// <param name="Only">The scenarios to run, in their order.</param>
/// <param name="Time">How long each side runs in a round.</param>
/// <param name="Output">The file for the report; null writes it to the screen only.</param>
internal sealed record Setup(
    string Cluster, string ProductProgram, string BaselinesProgram, string PgBench, string SimulatorProgram,
    IReadOnlyList<string> Only, TimeSpan Time, int Rounds, string? Output)
{
    /// <summary>From the environment that ./jiko bench sets, and the arguments that it passes on.</summary>
    public static Setup Of(string[] arguments, IReadOnlyList<string> known)
    {
        var full = arguments.Contains("--full");
        var named = Given(arguments, "--only")?.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (named?.Except(known).FirstOrDefault() is { } stranger)
            throw new UsageException($"There is no '{stranger}' to measure; there are {string.Join(",", known)}.");
        return new Setup(
            Environment("JIKO_BENCH_POSTGRES"), Environment("JIKO_BENCH_PRODUCT"),
            Environment("JIKO_BENCH_BASELINES"), Environment("JIKO_BENCH_PGBENCH"),
            Environment("JIKO_BENCH_SIMULATOR"),
            [.. known.Where(name => named?.Contains(name) ?? IsUsual(name, full, arguments.Contains("--cluster")))],
            TimeSpan.FromSeconds(Number(arguments, "--seconds", full ? 5 : 2)),
            (int)Number(arguments, "--rounds", full ? 5 : 3),
            Given(arguments, "--output"));
    }

    /// <summary>Whether it is measured where nobody says what is.</summary>
    private static bool IsUsual(string name, bool full, bool cluster) => name switch
    {
        Scenarios.Million.Named => full,
        Scenarios.Cluster.Named => cluster,
        Scenarios.Overload.Named or Scenarios.Abuse.Named or Scenarios.Forged.Named => full,
        _ => true,
    };

    private static string? Given(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    private static double Number(string[] arguments, string name, double otherwise) =>
        Given(arguments, name) is not { } given ? otherwise
        : double.TryParse(given, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 600 ? number
        : throw new UsageException($"{name} takes a number above 0 and up to 600.");

    private static string Environment(string name) => System.Environment.GetEnvironmentVariable(name)
        ?? throw new UsageException($"{name} is not set: run ./jiko bench.");
}

internal sealed class UsageException(string message) : Exception(message);
