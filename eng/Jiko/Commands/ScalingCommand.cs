using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>A country's restaurants on a Friday evening, simulated against the measured costs.</summary>
internal static class ScalingCommand
{
    public static CliCommand Define(Checkout checkout)
    {
        var restaurants = Options.Number("--restaurants", 1, 1_000_000, "How many. Default: 20000.");
        var silos = Options.Number("--silos", 1, 1000, "Default: 3.");
        var cores = Options.Number("--cores", 1, 1000, "Of each silo. Default: 4.");
        var database = Options.Number("--database-cores", 1, 1000, "Of PostgreSQL. Default: 8.");
        var seed = Options.Number("--seed", 0, int.MaxValue, "The same seed is the same evening. Default: 1.");
        var picture = Options.Text("--picture", "FILE", "Draw the evening, as SVG.");
        var command = new CliCommand("scaling",
            "Play the busiest Friday evening of many restaurants, and say what that takes and what breaks first.")
        {
            restaurants, silos, cores, database, seed, picture,
        };
        command.Ends("""
            Discrete events: nothing of the product runs. What a sale costs is what ./jiko bench measured, and stands in
            bench/Scaling/Costs.cs; what restaurants do is assumed, in bench/Scaling/Evening.cs. docs/scaling.md says
            how to read the tables. 20,000 restaurants take a minute.
            """);
        command.Does((given, interruption) =>
        {
            List<string> words = [];
            foreach (var option in (System.CommandLine.Option<int?>[])[restaurants, silos, cores, database, seed])
                if (given.GetValue(option) is { } number) words.AddRange(option.Name, $"{number}");
            if (given.GetValue(picture) is { } file) words.AddRange("--picture", Path.GetFullPath(file));
            return Run(checkout, words, interruption.Token);
        });
        return command;
    }

    private static async Task<int> Run(Checkout checkout, IReadOnlyList<string> words, CancellationToken token)
    {
        Screen.Step("Building");
        var scaling = await DotNet.Build(checkout, "bench/Scaling", token);
        return await DotNet.Run(DotNet.Program(checkout.Root, scaling, words), TimeSpan.Zero, token);
    }
}
