using System.Diagnostics;
using JikoXpress.Jiko;
using JikoXpress.Silo.Hosting;
using JikoXpress.Testing;

namespace JikoXpress.Scenarios.Crashes;

/// <summary>The product as a process of its own, which a test can kill as a power cut would.</summary>
internal sealed class KilledHost : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private KilledHost(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    public static async Task<KilledHost> Start(TestDatabase database)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } dotnet && IsDotnet(dotnet) ? dotnet : "dotnet")
        {
            ArgumentList = { "exec", typeof(JikoXpressSilo).Assembly.Location },
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["JIKO_POSTGRES"] = database.ConnectionString,
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["JIKO_SILO_PORT"] = $"{Ports.Free()}",
                ["JIKO_GATEWAY_PORT"] = $"{Ports.Free()}",
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        using var patience = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at < 0) continue;
            // What it says from now on must not fill the pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new KilledHost(process, new Uri(line[(at + Listening.Length)..]));
        }

        throw new InvalidOperationException($"The host ended with {process.ExitCode} before it listened.");
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited) await Kill();
        process.Dispose();
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) is "dotnet";
}
