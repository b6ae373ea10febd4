using System.CommandLine;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>Planted faults, and whether a test notices each.</summary>
internal static class MutateCommand
{
    public static CliCommand Define(Checkout checkout)
    {
        var folders = new Argument<string[]>("FOLDER")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Only these folders of src/Domain, such as Bills or Sessions/Payments; not the schema.",
        };
        folders.Validators.Add(given =>
        {
            foreach (var folder in given.Tokens.Select(token => token.Value))
            {
                if (folder.StartsWith('-')) given.AddError($"./jiko mutate does not know '{folder}'.");
                else if (!Directory.Exists(checkout.PathOf($"src/Domain/{folder}")))
                    given.AddError($"There is no folder src/Domain/{folder}.");
            }
        });
        var sql = Options.Flag("--sql", "Only the schema.");
        var command = new CliCommand("mutate",
            "Plant faults in the rules and in the schema, and see that a test notices each; before a release.")
        {
            folders, sql,
        };
        command.Validators.Add(given =>
        {
            if (given.GetValue(sql) && given.GetValue(folders) is { Length: > 0 })
                given.AddError("--sql is for the schema alone: it goes without folders.");
        });
        command.Ends("""
            In the rules one change after the other, with dotnet-stryker; in the schema each lock and guard, in a
            database of its own. It takes hours: by hand, and before a release. docs/mutants.md says what is known to
            survive, and why.

            The exit code is 0 when nine of ten changes of the rules were noticed, and every fault in the schema.
            """);
        command.Does((given, interruption) => Run(
            checkout, [.. (given.GetValue(folders) ?? []).Select(folder => folder.TrimEnd('/', '\\'))],
            given.GetValue(sql), interruption));
        return command;
    }

    private static async Task<int> Run(
        Checkout checkout, IReadOnlyList<string> folders, bool sql, Interruption interruption)
    {
        if (!sql) await ChangeRules(checkout, folders, interruption.Token);
        return folders.Count > 0
            ? 0
            : await new TestCommand(checkout, "FullyQualifiedName~PlantedFaultTests", interruption)
            {
                Settings = new Dictionary<string, string> { ["JIKO_MUTANTS"] = "1" },
            }.Run();
    }

    private static async Task ChangeRules(
        Checkout checkout, IReadOnlyList<string> folders, CancellationToken token)
    {
        Screen.Step("Changing the rules");
        var tests = checkout.PathOf("tests/Domain.Tests");
        var report = Path.Combine(checkout.State, "mutants");
        var restored = await DotNet.Run(
            DotNet.Start(tests, "tool", "restore", "--verbosity", "quiet"), TimeSpan.Zero, token);
        if (restored != 0) throw new Failure("dotnet-stryker could not be installed");
        var stryker = DotNet.Start(tests, [
            "stryker", "--concurrency", "1", "--output", report,
            .. folders.SelectMany(folder => (string[])["--mutate", $"**/{folder}/**/*.cs"]),
            // Made once for the process that Stryker keeps, so that it could not see them change; a test holds them.
            "--mutate", "!**/*Refusals.cs",
        ]);
        // What analyzers say was said before, and they take longer than the compiler.
        stryker.Environment["RunAnalyzers"] = "false";
        if (await DotNet.Run(stryker, TimeSpan.Zero, token) != 0)
            throw new Failure($"less than nine of ten changes were noticed; {report} has the report");
    }
}
