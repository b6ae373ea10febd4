using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace JikoXpress.Jiko.Tests;

/// <summary>Ports, locks, folders to throw away, and programs that have to end.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jiko-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_free_port_is_below_those_of_outgoing_connections_and_given_once()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => Ports.Free()).ToList();

        Assert.All(ports, port => Assert.InRange(port, 20_000, 31_999));
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void A_port_on_which_somebody_listens_is_not_free()
    {
        var port = Ports.Free();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();

        Assert.False(Ports.IsFree(port));
        listener.Stop();
        Assert.True(Ports.IsFree(port));
    }

    [Fact]
    public async Task A_taken_port_is_named_with_another_to_choose()
    {
        var port = Ports.Free();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();

        var failure = await Assert.ThrowsAsync<Failure>(() => Commands.RunCommand.RefuseTakenPort(port));

        Assert.StartsWith($"port {port} of 127.0.0.1 is in use", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"choose another with --port {port % 65_535 + 1}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_has_one_holder_and_the_next_waits_for_it()
    {
        var file = Path.Combine(folder, "lock");
        var first = await FileLock.Take(file);

        Assert.Null(FileLock.TryTake(file));
        var second = FileLock.Take(file);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
        FileLock.TryTake(file)!.Dispose();
    }

    [Fact]
    public async Task Whoever_waits_for_a_lock_can_be_interrupted()
    {
        var file = Path.Combine(folder, "lock");
        using var held = await FileLock.Take(file);
        using var interruption = new CancellationTokenSource();
        var waiting = FileLock.Take(file, interruption.Token);

        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_a_killed_command_left_is_removed_and_what_a_living_one_uses_is_not()
    {
        var living = await TemporaryFolder.Make("jiko-x", folder);
        var left = Directory.CreateDirectory(Path.Combine(folder, "jiko-x.1.left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(left, "holder"), "");
        var foreign = Directory.CreateDirectory(Path.Combine(folder, "jiko-x.1.foreign")).FullName;

        await using (await TemporaryFolder.Make("jiko-x", folder))
        {
            Assert.True(Directory.Exists(living.Folder));
            Assert.False(Directory.Exists(left));
            Assert.True(Directory.Exists(foreign));
        }

        await living.DisposeAsync();
        Assert.Equal([foreign], Directory.GetDirectories(folder));
    }

    [Fact]
    public async Task A_program_s_exit_code_and_all_that_it_writes_are_kept()
    {
        var log = Path.Combine(folder, "log");

        var code = await DotNet.Record(
            DotNet.Program(folder, Path.Combine(folder, "no-such.dll")), log, CancellationToken.None);

        Assert.NotEqual(0, code);
        Assert.Contains("no-such.dll", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_a_program_with_all_that_it_has_started()
    {
        if (OperatingSystem.IsWindows()) return;
        using var interruption = new CancellationTokenSource();
        var log = Path.Combine(folder, "log");
        var running = DotNet.Record(
            new ProcessStartInfo("sh", ["-c", "sleep 600 & echo $!; wait"]), log, interruption.Token);
        var inner = await Number(log);
        Assert.True(IsAlive(inner));

        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Until(() => !IsAlive(inner));
    }

    [Fact]
    public async Task A_program_that_is_stopped_may_end_by_itself_and_one_that_does_not_is_killed()
    {
        if (OperatingSystem.IsWindows()) return;
        var log = Path.Combine(folder, "log");
        var willing = await Child.StartApart(
            new ProcessStartInfo("sh", ["-c", "trap 'exit 3' TERM; echo 1; while :; do sleep 0.1; done"]), log);
        await Number(log);

        Assert.True(await willing.Stop(TimeSpan.FromMinutes(1)));
        Assert.Equal(3, await willing.Ended(CancellationToken.None));

        var deaf = await Child.StartApart(
            new ProcessStartInfo("sh", ["-c", "trap '' TERM; echo 1; while :; do sleep 0.1; done"]), $"{log}.deaf");
        await Number($"{log}.deaf");

        Assert.False(await deaf.Stop(TimeSpan.FromMilliseconds(200)));
        Assert.True(deaf.HasEnded);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var failure = await Assert.ThrowsAsync<Failure>(
            () => Task.FromResult(Child.Start(new ProcessStartInfo(Path.Combine(folder, "nowhere")))));

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The first line of a log, once it is there.</summary>
    private static async Task<int> Number(string log)
    {
        var text = "";
        await Until(() =>
        {
            if (!File.Exists(log)) return false;
            using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            text = reader.ReadToEnd();
            return text.EndsWith('\n');
        });
        return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Until(Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "It did not come about within a minute.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>The dead whom nobody has buried yet, as in a container without an init, are not alive.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited && (!OperatingSystem.IsLinux()
                || !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return false;
        }
    }
}
