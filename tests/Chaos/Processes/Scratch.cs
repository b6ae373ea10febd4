namespace JikoXpress.Chaos.Processes;

/// <summary>A folder that is gone when the campaign is, unless there is something to look at in it.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Folder = Directory.CreateTempSubdirectory($"jiko-chaos.{Environment.ProcessId}.").FullName;
        // The server's user passes through it.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                Folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Folder { get; }

    /// <summary>Left where it is, for people.</summary>
    public bool Keep { get; set; }

    public string Inner(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    public void Dispose()
    {
        if (!Keep) Directory.Delete(Folder, recursive: true);
    }
}
