using System.Diagnostics;
using System.Net;

namespace JikoXpress.Bench.Servers;

/// <summary>A program of ours in a process of its own, listening on a free port of 127.0.0.1.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Server(Process process, IPEndPoint address, TimeSpan startedIn)
    {
        this.process = process;
        Address = address;
        StartedIn = startedIn;
    }

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process to its first good answer.</summary>
    public TimeSpan StartedIn { get; }

    public int ProcessId => process.Id;

    /// <summary>What it cannot work without: their costs are its own, and they end with it.</summary>
    public IReadOnlyList<Server> Behind { get; init; } = [];

    public IEnumerable<int> ProcessIds => Behind.SelectMany(server => server.ProcessIds).Prepend(process.Id);

    public string Url => $"http://{Address}";

    /// <param name="program">The path of its assembly.</param>
    /// <param name="ready">The path that answers 200 when it can take requests.</param>
    public static async Task<Server> Start(
        string program, string ready, IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<Server>? behind = null)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://{address}";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        try
        {
            await UntilReady(process, new Uri($"http://{address}{ready}"), began);
        }
        catch
        {
            process.Kill();
            throw;
        }

        return new Server(process, address, Stopwatch.GetElapsedTime(began)) { Behind = behind ?? [] };
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        foreach (var server in Behind) await server.DisposeAsync();
    }

    /// <summary>Information is not for the report; warnings and errors are for whoever runs it.</summary>
    private static void Say(string? line)
    {
        if (line is not null && (line.Contains("warn:") || line.Contains("fail:"))) Console.Error.WriteLine(line);
    }

    private static async Task UntilReady(Process process, Uri ready, long began)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(ready);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // It does not listen yet.
            }

            if (process.HasExited) throw new InvalidOperationException($"It ended with {process.ExitCode}.");
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"{ready} is not ready.");
            await Task.Delay(5);
        }
    }

    public static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
