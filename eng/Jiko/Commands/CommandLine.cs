using System.CommandLine;
using System.CommandLine.Help;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>What can be asked of ./jiko.</summary>
internal static class CommandLine
{
    private const string Name = "./jiko";

    /// <summary>Of a page, in columns.</summary>
    private const int Width = 118;

    /// <summary>As they are given: what the system asks of a command, it does itself.</summary>
    private static readonly InvocationConfiguration AsGiven =
        new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <returns>The exit code: 1 for what is not understood, else that of the command.</returns>
    /// <exception cref="Failure">The command cannot go on.</exception>
    public static async Task<int> Run(Checkout checkout, IReadOnlyList<string> words)
    {
        var parsed = Parse(checkout, words);
        if (Misunderstanding(parsed) is not { } misunderstanding) return await parsed.InvokeAsync(AsGiven);
        Screen.Warn(misunderstanding);
        return 1;
    }

    public static ParseResult Parse(Checkout checkout, IReadOnlyList<string> words) =>
        // A word that begins with @ is a word, and not a file with more of them.
        All(checkout).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>In one line; null where everything is understood.</summary>
    public static string? Misunderstanding(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is HelpAction or HelpWithEnding) return null;
        if (parsed.CommandResult.Parent is null)
        {
            return parsed.UnmatchedTokens is [var stranger, ..]
                ? $"there is no command '{stranger}'. {Name} help lists what there is."
                : $"which command? {Name} help lists what there is.";
        }

        var command = $"{Name} {parsed.CommandResult.Command.Name}";
        var said = parsed.UnmatchedTokens is [var unknown, ..]
            ? $"{command} does not know '{unknown}'."
            : string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{said} {command} --help lists what it knows.";
    }

    /// <summary>
    /// Runs a command's work with its interruption: an interrupted one ends with the code that shells have for it.
    /// </summary>
    public static void Does(this CliCommand command, Func<ParseResult, Interruption, Task<int>> work) =>
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            try
            {
                return await work(parsed, interruption);
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                return interruption.Code;
            }
        });

    /// <summary>With what is said below the list of options.</summary>
    public static void Ends(this CliCommand command, string ending)
    {
        var help = new HelpOption { Description = "Show this page.", Recursive = false };
        help.Action = new HelpWithEnding(new HelpAction { MaxWidth = Width }, ending);
        command.Options.Add(help);
    }

    private static CliCommand All(Checkout checkout)
    {
        var all = new CliCommand(Name, "JikoXpress: the checkout backend of a restaurant.")
        {
            RunCommand.Define(checkout), TestCommand.Define(checkout), SimulatorCommand.Define(checkout),
            OpenApiCommand.Define(checkout), BenchCommand.Define(checkout), ChaosCommand.Define(checkout),
            SimulateCommand.Define(checkout), MutateCommand.Define(checkout), ScalingCommand.Define(checkout),
        };
        all.Ends(Surroundings);
        var about = new Argument<string?>("command")
        {
            Description = "Of this command.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        about.Validators.Add(given =>
        {
            if (given.Tokens is [var name] && all.Subcommands.All(command => command.Name != name.Value))
                given.AddError($"There is no command '{name.Value}'.");
        });
        var help = new CliCommand("help", "Show this page, or that of a command.") { about };
        help.Ends("");
        help.SetAction((parsed, _) =>
            Run(checkout, parsed.GetValue(about) is { } name ? [name, "--help"] : ["--help"]));
        all.Subcommands.Add(help);
        all.SetAction((_, _) => Run(checkout, ["--help"]));
        return all;
    }

    private const string Surroundings = """
        What is needed:
          The .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0), and PostgreSQL 14 or later: an installed
          one is found, else it is installed with apt-get (as root, on Debian or Ubuntu), else Docker runs it. A server
          that is already there for other purposes is left alone: the commands start their own, on a free port of
          127.0.0.1.

        Environment:
          JIKO_POSTGRES       Connection string (Npgsql: Host=...;Username=...;Password=...;Database=...) of a database
                              to use instead of a PostgreSQL of its own. For run.
          JIKO_TEST_POSTGRES  The same for test: a superuser, or one who may create databases. Each test class makes
                              its own database and drops it.
          JIKO_DATA           Folder for the data of run. Default: .jiko/postgres in this checkout; for root, whose
                              PostgreSQL runs as another user, /var/lib/jikoxpress/... where that user cannot reach it.
          JIKO_POSTGRES_PROGRAMS
                              Folder of the programs of the PostgreSQL to start (initdb, pg_ctl), instead of the newest
                              found.
          JIKO_SIMULATOR      Address of a mobile-money simulator for run to use instead of its own, with the secret
                              that it was started with in JIKO_SIMULATOR_SECRET.

        To start again with an empty database, stop run and remove its data, whose place it names as it starts.
        What the programs write is in .jiko/logs.
        """;

    /// <summary>The usual page, and what the command has to say beside its options.</summary>
    private sealed class HelpWithEnding(HelpAction usual, string ending)
        : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            if (ending.Length > 0) parseResult.InvocationConfiguration.Output.WriteLine(ending);
            return code;
        }
    }
}
