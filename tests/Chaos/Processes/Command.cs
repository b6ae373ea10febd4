using System.Diagnostics;

namespace JikoXpress.Chaos.Processes;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message says all.</exception>
    public static async Task Run(string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode == 0) return;
        // What it left running may hold the pipes open: only what is there already is read.
        var said = new char[4096];
        var length = await process.StandardError.ReadAsync(said);
        throw new InvalidOperationException(
            $"{file} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: "
            + new string(said, 0, length));
    }
}
