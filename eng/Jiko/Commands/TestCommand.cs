using System.Diagnostics;
using JikoXpress.Jiko.Testing;
using CliCommand = System.CommandLine.Command;

namespace JikoXpress.Jiko.Commands;

/// <summary>The whole check of a commit. Its last line is the tally, however it ends.</summary>
/// <param name="filter">Only these tests; null for all.</param>
internal sealed class TestCommand(Checkout checkout, string? filter, Interruption interruption)
{
    private const string PostgresVariable = "JIKO_TEST_POSTGRES";

    /// <summary>How many lines of what a failed step wrote are shown, the last ones.</summary>
    private const int Shown = 200;

    /// <summary>How long a whole project may take, as a multiple of what one test may.</summary>
    private const int ProjectOfHangLimits = 6;

    private readonly Dictionary<string, string> settings = [];
    private Tally tally;

    /// <summary>A test without an end is ended after this long, and named.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What the tests find in their environment beside what is there.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public static CliCommand Define(Checkout checkout)
    {
        var filter = Options.Text("--filter", "EXPRESSION",
            "Only these tests, as dotnet test understands it: --filter FullyQualifiedName~Slips");
        var hang = Options.Number("--hang-limit", 0.1, 600, 10.0,
            "After how many minutes a test without an end is ended, and named.");
        var command = new CliCommand("test", "Build everything, check the formatting and run every test.")
        {
            filter, hang,
        };
        command.Ends("""
            Starts a PostgreSQL to throw away, unless JIKO_TEST_POSTGRES names one. The last line is "N passed, N
            failed, N skipped"; the exit code is 0 when nothing failed. A project whose tests crash, hang or are not
            found counts as a failure.
            """);
        command.Does((given, interruption) => new TestCommand(checkout, given.GetValue(filter), interruption)
        {
            HangLimit = TimeSpan.FromMinutes(given.GetValue(hang)),
        }.Run());
        return command;
    }

    /// <returns>0 when nothing failed.</returns>
    public async Task<int> Run()
    {
        var code = 1;
        try
        {
            await using var scratch = await TemporaryFolder.Make("jiko-test");
            await Prepare(scratch);
            foreach (var project in TestProjects.Of(checkout)) await Test(project, scratch);
            if (tally.Total == 0) throw new Failure("no test ran");
            code = tally.Failed == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            code = interruption.Code;
        }
        catch (Failure failure)
        {
            failure.Tell();
        }
        catch (Exception bug)
        {
            Screen.Warn($"{bug}");
        }
        finally
        {
            if (code != 0 && tally.Failed == 0) tally += Tally.OneFailure;
            Console.WriteLine(tally);
        }

        return code;
    }

    private async Task Prepare(TemporaryFolder scratch)
    {
        foreach (var (name, value) in Settings) settings[name] = value;
        Screen.Step("PostgreSQL");
        if (Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 })
            Screen.Say("as given");
        else
            settings[PostgresVariable] = (await scratch.Postgres()).ConnectionAs("postgres", "postgres");
        interruption.Token.ThrowIfCancellationRequested();

        Screen.Step("Chromium");
        if (await Chromium.FindOrInstall() is { } chromium)
        {
            settings[Chromium.Variable] = chromium;
            Screen.Say(chromium);
        }

        interruption.Token.ThrowIfCancellationRequested();

        using var turn = await DotNet.BuildTurn(checkout, interruption.Token);
        var solution = checkout.Solution;
        await Step("Restoring", needed: true, "restore", solution, "--verbosity", "quiet");
        await Step("Building", needed: true,
            "build", solution, "--configuration", "Release", "--no-restore", "--verbosity", "quiet");
        await Step("Checking the formatting of", needed: false,
            "format", solution, "--verify-no-changes", "--no-restore");
    }

    /// <summary>One step of preparation: silent while it goes well. A failed one counts as one failure.</summary>
    /// <param name="needed">Whether nothing can go on without it.</param>
    private async Task Step(string title, bool needed, params IReadOnlyList<string> arguments)
    {
        Screen.Step($"{title} {Path.GetFileName(checkout.Solution)}");
        var clock = Stopwatch.StartNew();
        var log = checkout.Log(Path.Combine("test", $"{arguments[0]}.log"));
        var code = await DotNet.Record(DotNet.Start(checkout.Root, arguments), log, interruption.Token);
        if (code == 0)
        {
            Screen.Say($"done in {clock.Elapsed.TotalSeconds:F0} s");
            return;
        }

        tally += Tally.OneFailure;
        ShowEnd(log);
        Screen.Say($"FAILED after {clock.Elapsed.TotalSeconds:F0} s: dotnet {arguments[0]}");
        if (needed) throw new Failure($"dotnet {arguments[0]} ended with exit code {code}");
    }

    private async Task Test(string project, TemporaryFolder scratch)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Screen.Step(name);
        var clock = Stopwatch.StartNew();
        var log = checkout.Log(Path.Combine("test", $"{name}.log"));
        var results = Path.Combine(scratch.Folder, name);
        var start = DotNet.Start(checkout.Root, [
            "test", project, "--configuration", "Release", "--no-build", "--no-ansi", "--no-progress",
            "--results-directory", results, "--report-xunit-trx", "--report-xunit-trx-filename", $"{name}.trx",
            "--hangdump", "--hangdump-timeout", $"{HangLimit.TotalSeconds:F0}s", "--hangdump-type", "None",
            .. filter is null ? [] : (string[])["--filter", filter],
        ]);
        foreach (var (variable, value) in settings) start.Environment[variable] = value;
        var code = await RunTests(start, log);
        var verdict = Verdict.Of(code, Tally.Read(Path.Combine(results, $"{name}.trx")), filter is not null);
        tally += verdict.Tally;
        if (verdict.Tally.Failed > 0) ShowEnd(log);
        // They are there when a test hung, and name it.
        if (Directory.Exists(results))
        {
            foreach (var hung in Directory.GetFiles(results, "*_hang.log"))
                Screen.Quote(await File.ReadAllLinesAsync(hung, interruption.Token));
        }

        if (verdict.Complaint is not null) Screen.Say($"FAILED: {verdict.Complaint}");
        Screen.Say($"{verdict.Tally} in {clock.Elapsed.TotalSeconds:F0} s");
    }

    /// <summary>
    /// The runner ends a test that hangs. A program that hangs before or after its tests is ended here.
    /// </summary>
    private async Task<int> RunTests(ProcessStartInfo start, string log)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);
        limit.CancelAfter(HangLimit * ProjectOfHangLimits);
        try
        {
            return await DotNet.Record(start, log, limit.Token);
        }
        catch (OperationCanceledException) when (!interruption.Token.IsCancellationRequested)
        {
            return Verdict.Endless;
        }
    }

    private static void ShowEnd(string log)
    {
        var lines = File.ReadAllLines(log);
        if (lines.Length > Shown) Screen.Say($"the end of {log}:");
        Screen.Quote(lines.TakeLast(Shown));
    }
}
