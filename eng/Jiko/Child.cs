using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace JikoXpress.Jiko;

/// <summary>A program that the command has started and stops.</summary>
internal sealed class Child
{
    /// <summary>How long what it wrote may still be on its way after its end.</summary>
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(2);

    private static readonly Lazy<Starter> Lasting = new(() => new Starter());

    private readonly Process process;
    private readonly bool leads;
    private readonly Task recorded;

    private Child(Process process, bool leads, string? log)
    {
        this.process = process;
        this.leads = leads;
        if (process.StartInfo.RedirectStandardInput) process.StandardInput.Close();
        recorded = log is null ? Task.CompletedTask : Record(process, log);
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <param name="log">The file for all that it writes; null leaves it the screen and the keyboard.</param>
    public static Child Start(ProcessStartInfo start, string? log = null)
    {
        if (log is not null) Redirect(start);
        return new Child(Begin(start), leads: false, log);
    }

    /// <summary>
    /// In a process group of its own, where the system has that: a Ctrl-C of the terminal does not reach it, so that
    /// programs can be stopped in order. On Linux it is asked to end when this process is killed.
    /// </summary>
    public static async Task<Child> StartApart(ProcessStartInfo start, string? log = null)
    {
        start.RedirectStandardInput = true;
        if (log is not null) Redirect(start);
        var leads = OperatingSystem.IsWindows();
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }
        else
        {
            if (await Works("setpriv", "--pdeathsig", "TERM", "true")) Prefix(start, "setpriv", "--pdeathsig", "TERM");
            leads = await Works("setsid", "true");
            if (leads) Prefix(start, "setsid");
        }

        return new Child(await Lasting.Value.Run(() => Begin(start)), leads, log);
    }

    /// <summary>Its exit code, when it has ended by itself.</summary>
    public async Task<int> Ended(CancellationToken token)
    {
        await process.WaitForExitAsync(token);
        await Task.WhenAny(recorded, Task.Delay(Drained, CancellationToken.None));
        return process.ExitCode;
    }

    /// <summary>Asks it to end, and kills it with all that it has started when it takes longer than it may.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> Stop(TimeSpan patience)
    {
        if (process.HasExited) return true;
        Signals.AskToEnd(process, leads);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            await Kill();
            return false;
        }
    }

    /// <summary>At once, with all that it has started.</summary>
    public async Task Kill()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new Failure($"{start.FileName} did not start");
        }
        catch (Win32Exception missing)
        {
            throw new Failure($"{start.FileName} cannot be started: {missing.Message}");
        }
    }

    private static void Redirect(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
    }

    private static void Prefix(ProcessStartInfo start, params IReadOnlyList<string> words)
    {
        start.ArgumentList.Insert(0, start.FileName);
        for (var at = words.Count - 1; at > 0; at--) start.ArgumentList.Insert(0, words[at]);
        start.FileName = words[0];
    }

    private static async Task<bool> Works(string file, params IEnumerable<string> arguments) =>
        (await new Command(file, arguments).Run()).Code == 0;

    private static async Task Record(Process process, string log)
    {
        // Another may read it meanwhile.
        var file = new FileStream(log, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        await using var writer = new StreamWriter(file) { AutoFlush = true };
        await Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));

        async Task Copy(StreamReader from)
        {
            while (await from.ReadLineAsync() is { } line)
            {
                lock (file) writer.WriteLine(line);
            }
        }
    }

    /// <summary>
    /// Linux tells a child that its parent has died when the thread that started it has: this one lasts, as those of
    /// the pool do not.
    /// </summary>
    private sealed class Starter
    {
        private readonly BlockingCollection<Action> waiting = [];

        public Starter() => new Thread(Work) { IsBackground = true, Name = nameof(Starter) }.Start();

        public Task<Process> Run(Func<Process> start)
        {
            var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(() =>
            {
                try
                {
                    started.SetResult(start());
                }
                catch (Exception failure)
                {
                    started.SetException(failure);
                }
            });
            return started.Task;
        }

        private void Work()
        {
            foreach (var next in waiting.GetConsumingEnumerable()) next();
        }
    }
}
