using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace JikoXpress.Jiko;

/// <summary>A program that runs to its end.</summary>
internal sealed class Command(string file, params IEnumerable<string> arguments)
{
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(2);

    /// <summary>After which it is killed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What it reads.</summary>
    public string Input { get; init; } = "";

    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message says all.</exception>
    public static async Task Run(string file, params IEnumerable<string> arguments)
    {
        var ended = await new Command(file, arguments).Run();
        if (ended.Code == 0) return;
        throw new InvalidOperationException(
            $"{file} {string.Join(' ', arguments)} ended with {ended.Code}: {ended.Said}");
    }

    /// <summary>How it ended, and what it wrote. A program that is not there ends with 127, as in a shell.</summary>
    public async Task<Ended> Run()
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
            Environment = { ["LC_ALL"] = "C" },
        };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
            return await Watch(process);
        }
        catch (Win32Exception missing)
        {
            return new Ended(127, "", missing.Message);
        }
    }

    private async Task<Ended> Watch(Process process)
    {
        var output = Read(process.StandardOutput);
        var errors = Read(process.StandardError);
        await process.StandardInput.WriteAsync(Input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new Ended(124, "", $"{file} took more than {Patience.TotalSeconds} s and was killed.");
        }

        // A server that it has started may keep the pipes open.
        await Task.WhenAny(Task.WhenAll(output.Done, errors.Done), Task.Delay(Drained));
        return new Ended(process.ExitCode, output.Text(), errors.Text());
    }

    private static Gathered Read(StreamReader from)
    {
        var gathered = new Gathered();
        gathered.Done = gathered.Fill(from);
        return gathered;
    }

    /// <summary>What a program wrote to one of its pipes so far.</summary>
    private sealed class Gathered
    {
        private readonly StringBuilder text = new();

        public Task Done { get; set; } = Task.CompletedTask;

        public string Text()
        {
            lock (text) return text.ToString();
        }

        public async Task Fill(StreamReader from)
        {
            try
            {
                while (await from.ReadLineAsync() is { } line)
                {
                    lock (text) text.Append(line).Append('\n');
                }
            }
            catch (Exception closed) when (closed is IOException or InvalidOperationException)
            {
                // The program has ended, and what it left running is not listened to.
            }
        }
    }
}

internal sealed record Ended(int Code, string Output, string Errors)
{
    public string Said => Output + Errors;
}
