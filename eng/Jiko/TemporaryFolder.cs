using JikoXpress.Jiko.Postgres;

namespace JikoXpress.Jiko;

/// <summary>
/// A folder to throw away, with a server in it, perhaps. Its holder locks it, so that what a killed ./jiko left behind
/// is found and removed by the next one.
/// </summary>
internal sealed class TemporaryFolder : IAsyncDisposable
{
    private const string HolderName = "holder";

    private readonly IDisposable held;
    private PostgresServer? server;
    private bool started;

    private TemporaryFolder(string folder, IDisposable held)
    {
        Folder = folder;
        this.held = held;
    }

    public string Folder { get; }

    private string Home => Path.Combine(Folder, "postgres");

    /// <param name="kind">The beginning of its name.</param>
    /// <param name="parent">The system's folder for such things, where nobody names one.</param>
    public static async Task<TemporaryFolder> Make(string kind, string? parent = null)
    {
        parent ??= Path.GetTempPath();
        foreach (var left in Directory.GetDirectories(parent, $"{kind}.*")) await RemoveLeft(left);
        var folder = Path.Combine(parent, $"{kind}.{Environment.ProcessId}.{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder);
        // The server's user must be able to pass through it.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        return new TemporaryFolder(folder, await FileLock.Take(Path.Combine(folder, HolderName)));
    }

    /// <summary>A server that lives as long as the folder; connects as a superuser.</summary>
    public async Task<PostgresServer> Postgres()
    {
        Directory.CreateDirectory(Home);
        started = true;
        return server = await PostgresServer.StartFleeting(Home, Environment.ProcessId);
    }

    public async ValueTask DisposeAsync()
    {
        if (started) await (server ?? await Found(Home)).Stop();
        held.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task RemoveLeft(string folder)
    {
        var holder = Path.Combine(folder, HolderName);
        try
        {
            // One that has no such file is being made, or is somebody else's.
            if (!File.Exists(holder) || FileLock.TryTake(holder) is not { } taken) return;
            using (taken)
            {
                Screen.Say($"removing {folder}, left by a ./jiko that was killed");
                var home = Path.Combine(folder, "postgres");
                if (Directory.Exists(home)) await (await Found(home)).Stop();
            }

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception refused) when (refused is Failure or IOException or UnauthorizedAccessException)
        {
            // Of another user, or another ./jiko was quicker to remove it.
        }
    }

    private static Task<PostgresServer> Found(string home) =>
        PostgresServer.Found(home, Environment.ProcessId, lasting: false);
}
