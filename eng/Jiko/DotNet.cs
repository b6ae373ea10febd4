using System.Diagnostics;

namespace JikoXpress.Jiko;

/// <summary>The .NET SDK, at work on the projects of a checkout.</summary>
internal static class DotNet
{
    private const int Shown = 40;

    /// <summary>
    /// No build lends its processes to another, which would fail when this one is interrupted; and what a tool says is
    /// the same for everybody.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
    };

    /// <param name="folder">Where it works.</param>
    public static ProcessStartInfo Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        return start;
    }

    /// <summary>A program of ours: without what only builds need.</summary>
    public static ProcessStartInfo Program(string folder, string assembly, params IEnumerable<string> arguments) =>
        new("dotnet", ["exec", assembly, .. arguments]) { WorkingDirectory = folder };

    /// <summary>Builds a project while no other ./jiko builds here.</summary>
    /// <param name="project">Its folder from the root, with slashes.</param>
    /// <returns>The program: a dll.</returns>
    /// <exception cref="Failure">It does not build.</exception>
    public static Task<string> Build(Checkout checkout, string project, CancellationToken token) =>
        Make(checkout, project, folder: null, token);

    /// <summary>
    /// The same program as it stands in the image: compiled ahead of its start where its project says so, which takes
    /// longer to make.
    /// </summary>
    /// <inheritdoc cref="Build"/>
    public static Task<string> Publish(Checkout checkout, string project, CancellationToken token) =>
        Make(checkout, project, Path.Combine(checkout.State, "published", Path.GetFileName(project)), token);

    /// <param name="folder">Where it is published; null where it is only built.</param>
    private static async Task<string> Make(
        Checkout checkout, string project, string? folder, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        var verb = folder is null ? "build" : "publish";
        var log = checkout.Log($"{verb}-{Path.GetFileName(project)}.log");
        using var turn = await BuildTurn(checkout, token);
        var make = Start(
            checkout.Root,
            [
                verb, project, "--configuration", "Release", "--verbosity", "quiet",
                .. folder is null ? [] : (string[])["--output", folder],
            ]);
        if (await Record(make, log, token) != 0)
        {
            throw new Failure(
                $"{project} does not build; the whole log is {log}", await File.ReadAllTextAsync(log, token), Shown);
        }

        var answer = $"{log}.path";
        var ask = Start(
            checkout.Root, "msbuild", project, "-getProperty:TargetPath", "-property:Configuration=Release");
        var code = await Record(ask, answer, token);
        var program = (await File.ReadAllTextAsync(answer, token)).Trim();
        File.Delete(answer);
        if (folder is not null) program = Path.Combine(folder, Path.GetFileName(program));
        if (code != 0 || !File.Exists(program)) throw new Failure($"the program of {project} is not found", program);
        Screen.Say($"{project} in {clock.Elapsed.TotalSeconds:F0} s");
        return program;
    }

    public static Task<IDisposable> BuildTurn(Checkout checkout, CancellationToken token)
    {
        Directory.CreateDirectory(checkout.State);
        return FileLock.Take(Path.Combine(checkout.State, "build.lock"), token);
    }

    /// <summary>Runs a program to its end, silently; an interruption kills it with all that it has started.</summary>
    public static Task<int> Record(ProcessStartInfo start, string log, CancellationToken token) =>
        Await(Child.Start(start, log), TimeSpan.Zero, token);

    /// <summary>Runs a program on this terminal to its end.</summary>
    /// <param name="patience">How long it may take to end by itself after an interruption.</param>
    public static Task<int> Run(ProcessStartInfo start, TimeSpan patience, CancellationToken token) =>
        Await(Child.Start(start), patience, token);

    private static async Task<int> Await(Child child, TimeSpan patience, CancellationToken token)
    {
        try
        {
            var code = await child.Ended(token);
            // Ctrl-C at a terminal reaches the program, too, which may be quicker to end.
            if (patience == TimeSpan.Zero) token.ThrowIfCancellationRequested();
            return code;
        }
        catch (OperationCanceledException) when (patience > TimeSpan.Zero)
        {
            await child.Stop(patience);
            return await child.Ended(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            await child.Kill();
            throw;
        }
    }
}
