using System.Diagnostics;
using System.Net.Sockets;
using JikoXpress.Jiko;

namespace JikoXpress.Chaos.Processes;

/// <summary>A program of ours under .NET that can be killed, and is started anew when it ends by itself.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly HttpClient http;
    private readonly ProcessStartInfo start;
    private readonly string log;
    private readonly string health;
    private Process? process;
    private Process? excused;
    private int unexpectedEnds;

    public HostProcess(string name, HostProgram program)
    {
        Name = name;
        health = program.Health;
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(3) };
        log = Path.Combine(program.Folder, $"{name}.log");
        start = new ProcessStartInfo("dotnet", ["exec", program.Assembly])
        {
            WorkingDirectory = program.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in program.Environment) start.Environment[variable] = value;
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>How often it ended though nobody had killed it and it had been ready.</summary>
    public int UnexpectedEnds => Volatile.Read(ref unexpectedEnds);

    /// <summary>Whether it ended by itself after a pause, as a silo does that was declared dead meanwhile.</summary>
    public bool EndedAfterPause { get; private set; }

    /// <summary>Starts it, and says how long it took until it was ready.</summary>
    public async Task<TimeSpan> Start()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            var begun = Begin();
            while (!begun.HasExited && clock.Elapsed < Patience)
            {
                if (await IsReady())
                {
                    _ = StartAgainAfter(begun);
                    return clock.Elapsed;
                }

                await Task.Delay(Interval);
            }

            // It found no database, say: whoever runs it starts it again.
            await End(begun);
        }

        throw new NotReadyException(
            $"{Name} was not ready {Patience.TotalSeconds} s after its start; its log is {log}.");
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public async Task Kill()
    {
        if (Interlocked.Exchange(ref process, null) is { } running) await End(running);
    }

    /// <summary>
    /// SIGSTOP, and SIGCONT after the time. It may end by itself then: a silo that was declared dead does.
    /// </summary>
    public async Task Pause(TimeSpan time)
    {
        if (await Stop() is not { } stopped) return;
        await Task.Delay(time);
        await Continue(stopped);
    }

    /// <summary>SIGSTOP.</summary>
    public async Task<Process?> Stop()
    {
        if (process is not { } running) return null;
        excused = running;
        await Command.Run("kill", "-STOP", $"{running.Id}");
        return running;
    }

    /// <summary>SIGCONT.</summary>
    public static Task Continue(Process stopped) => Command.Run("kill", "-CONT", $"{stopped.Id}");

    /// <summary>Waits until it takes requests, and says how long that was.</summary>
    public async Task<TimeSpan> Ready()
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReady())
        {
            if (clock.Elapsed > Patience)
                throw new NotReadyException(
                    $"{Name} was not well again {Patience.TotalSeconds} s after a fault; its log is {log}.");
            await Task.Delay(Interval);
        }

        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        http.Dispose();
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var response = await http.GetAsync(new Uri(health, UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private Process Begin()
    {
        var begun = Process.Start(start) ?? throw new InvalidOperationException($"{Name} did not start.");
        _ = Keep(begun.StandardOutput);
        _ = Keep(begun.StandardError);
        process = begun;
        return begun;
    }

    private async Task StartAgainAfter(Process begun)
    {
        await begun.WaitForExitAsync();
        if (Interlocked.CompareExchange(ref process, null, begun) != begun) return;
        if (begun == excused) EndedAfterPause = true;
        else Interlocked.Increment(ref unexpectedEnds);
        await Start();
    }

    private async Task Keep(StreamReader said)
    {
        while (await said.ReadLineAsync() is { } line)
        {
            lock (start) File.AppendAllText(log, line + '\n');
        }
    }

    private static async Task End(Process running)
    {
        if (!running.HasExited) running.Kill();
        await running.WaitForExitAsync();
    }
}

/// <param name="Assembly">The program's dll.</param>
/// <param name="Folder">Where it runs and its log lies.</param>
/// <param name="Health">A path that answers 200 when it is ready.</param>
internal sealed record HostProgram(
    string Assembly, string Folder, string Health, IReadOnlyDictionary<string, string> Environment);

/// <summary>A program of ours does not come, or come back.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
