using System.CommandLine;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The simulation under virtual time.</summary>
internal static class SimulateCommand
{
    public static CliCommand Define(Checkout checkout)
    {
        var seeds = Options.Number("--seeds", 1, int.MaxValue,
            "That many runs, from seed 1 on or from --first. A run that breaks a law is named with its last events and "
            + "the command that repeats it. Default: 1000.");
        var first = Options.Number("--first", 0ul, ulong.MaxValue, "The first of --seeds.");
        var seed = Options.Number("--seed", 0ul, ulong.MaxValue,
            "One run, with its whole trace; its last line has the trace's fingerprint.");
        var bug = Options.Text("--bug", "NAME", "With --seed: the same with one of the planted bugs.");
        var bugs = new Option<string?>("--bugs")
        {
            HelpName = "WORD",
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Plants every bug in turn, and says which seed and which law caught it; with a word, those "
                + "whose name has it.",
        };
        var command = new CliCommand("simulate",
            "Run everything under virtual time with all that can go wrong, seed after seed.")
        {
            seeds, first, seed, bug, bugs,
        };
        command.Validators.Add(given =>
        {
            if (((Option[])[seeds, seed, bugs]).Count(given.Has) > 1)
                given.AddError("--seeds, --seed and --bugs exclude each other.");
            if (given.Has(first) && !given.Has(seeds)) given.AddError("--first needs --seeds.");
            if (given.Has(bug) && !given.Has(seed)) given.AddError("--bug needs --seed.");
        });
        command.Ends("""
            The grains, the hosts and the commit logic run over rows in memory, with everything going wrong that
            docs/simulation.md lists. Each seed decides one run; the same seed is the same run, everywhere.

            The exit code is 0 when no law was broken, everything that has to happen happened, and hosts died at every
            point.
            """);
        command.Does((given, interruption) =>
        {
            List<string> words = [];
            if (given.GetValue(seeds) is { } many) words.AddRange("--seeds", $"{many}");
            if (given.GetValue(first) is { } from) words.AddRange("--first", $"{from}");
            if (given.GetValue(seed) is { } one) words.AddRange("--seed", $"{one}");
            if (given.GetValue(bug) is { } name) words.AddRange("--bug", name);
            if (given.CommandResult.Has(bugs)) words.Add("--bugs");
            if (given.GetValue(bugs) is { } word) words.Add(word);
            return Run(checkout, words, interruption.Token);
        });
        return command;
    }

    private static async Task<int> Run(Checkout checkout, IReadOnlyList<string> words, CancellationToken token)
    {
        Screen.Step("Building");
        var simulation = await DotNet.Build(checkout, "tests/Simulation", token);
        return await DotNet.Run(DotNet.Program(checkout.Root, simulation, words), TimeSpan.Zero, token);
    }
}
