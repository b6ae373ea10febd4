using System.Diagnostics;
using System.Globalization;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.PlantedBugs;

namespace JikoXpress.Simulation.Campaigns;

/// <summary>What <c>./jiko simulate</c> runs.</summary>
internal static class CommandLine
{
    private const int SeedsForABug = 1_000;

    private static readonly TimeSpan BetweenWords = TimeSpan.FromSeconds(5);

    public static int Run(string[] args) => args switch
    {
        ["--seed", var seed] when ulong.TryParse(seed, out var number) => Replay(number, bug: null),
        ["--seed", var seed, "--bug", var name] when ulong.TryParse(seed, out var number) => Replay(number, Bug(name)),
        ["--bugs"] => CatchAll(PlantedBug.All),
        ["--bugs", var word] => CatchAll(
            [.. PlantedBug.All.Where(bug => bug.Name.Contains(word, StringComparison.Ordinal))]),
        ["--seeds", var seeds] when int.TryParse(seeds, out var count) => Many(1, count),
        ["--seeds", var seeds, "--first", var first]
            when int.TryParse(seeds, out var count) && ulong.TryParse(first, out var number) => Many(number, count),
        [] => Many(1, 1000),
        _ => Misunderstood(),
    };

    /// <summary>One run with its whole trace.</summary>
    private static int Replay(ulong seed, PlantedBug? bug)
    {
        var verdict = Campaigns.Run.Of(seed, bug, Console.WriteLine);
        Console.WriteLine($"seed {seed}: {verdict.Events} events, trace {verdict.Fingerprint:x16}");
        if (verdict.Finding is not { } finding) return 0;
        Console.WriteLine($"BROKEN {finding.Law}: {finding.Detail}");
        return 1;
    }

    private static int Many(ulong first, int seeds)
    {
        var watch = Stopwatch.StartNew();
        var said = watch.Elapsed;
        Console.WriteLine($"{seeds} seeds from {first}, on {Environment.ProcessorCount} processors");
        var campaign = Campaign.Of(first, seeds, (so, verdict) =>
        {
            if (verdict.Finding is { } finding) Tell(verdict, finding);
            if (watch.Elapsed - said < BetweenWords) return;
            said = watch.Elapsed;
            Console.WriteLine(Line($"{so.Runs,8} runs, {so.Events} events, {so.Broken.Count} broken"));
        });
        foreach (var (what, times) in campaign.Census.Counts) Console.WriteLine(Line($"{times,10} {what}"));
        foreach (var point in CrashPoint.All)
            Console.WriteLine(Line($"{campaign.Census.Deaths.GetValueOrDefault(point),10} hosts died {point}"));
        Console.WriteLine(Line(
            $"{campaign.Runs} seeds, {campaign.Events} events, {campaign.VirtualTime.TotalDays:F0} virtual days"));
        Console.WriteLine(Line(
            $"{CrashPoint.All.Count} crash points, {campaign.Broken.Count} broken, {watch.Elapsed.TotalSeconds:F0} s"));
        foreach (var missing in campaign.Missing) Console.WriteLine($"NEVER HAPPENED {missing}");
        return campaign.Broken.Count == 0 && !campaign.Missing.Any() ? 0 : 1;
    }

    private static int CatchAll(IReadOnlyList<PlantedBug> bugs)
    {
        var survivors = 0;
        foreach (var bug in bugs)
        {
            var caught = Campaign.Catch(bug, first: 1, SeedsForABug);
            if (caught is null) survivors++;
            Console.WriteLine(caught is { Finding: { } finding }
                ? $"{bug.Name}: seed {caught.Seed}, {finding.Law}"
                : $"SURVIVED {bug.Name}: {bug.Story}");
        }

        Console.WriteLine($"{bugs.Count} planted bugs, {survivors} survived");
        return survivors == 0 ? 0 : 1;
    }

    private static void Tell(Verdict verdict, Finding finding)
    {
        Console.WriteLine($"BROKEN seed {verdict.Seed}, {finding.Law}: {finding.Detail}");
        foreach (var line in verdict.Last) Console.WriteLine($"    {line}");
        Console.WriteLine($"    again, with the whole trace: ./jiko simulate --seed {verdict.Seed}");
    }

    private static PlantedBug Bug(string name) =>
        PlantedBug.All.FirstOrDefault(bug => bug.Name == name)
        ?? throw new ArgumentException($"There is no planted bug '{name}'.");

    private static int Misunderstood()
    {
        Console.Error.WriteLine("--seeds N [--first S], --seed S [--bug NAME], or --bugs [WORD]");
        return 2;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
