using System.Security.Cryptography;

namespace JikoXpress.Jiko.Postgres;

/// <summary>
/// The folder of a server that several ./jiko may share, of whom the last to leave stops it: cluster/ belongs to the
/// server's user, leases/ has a file for each ./jiko that uses it, named by its process number.
/// </summary>
/// <param name="Owner">The process that uses the server.</param>
internal sealed record PostgresHome(string Folder, ServerUser User, int Owner)
{
    public string Cluster => Path.Combine(Folder, "cluster");

    public string PasswordFile => Path.Combine(Cluster, "password");

    private string Leases => Path.Combine(Folder, "leases");

    private string PortFile => Path.Combine(Folder, "port");

    /// <summary>Whether the server's user reaches the folder; it is made where it is missing.</summary>
    /// <exception cref="Failure">It is somebody else's.</exception>
    public async Task<bool> Prepare()
    {
        Directory.CreateDirectory(Leases);
        if (!await User.May("-x", Folder)) return false;
        if (!Directory.Exists(Cluster))
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Cluster);
            else Directory.CreateDirectory(
                Cluster, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await User.Own(Cluster);
        }

        if (await User.May("-w", Cluster)) return true;
        throw new Failure(
            $"{Cluster} belongs to somebody else: run as that user, or set JIKO_DATA to another folder");
    }

    /// <summary>One ./jiko at a time starts or stops the server; whoever dies gives its turn back.</summary>
    public Task<IDisposable> Turn() => FileLock.Take(Path.Combine(Folder, "turn"));

    public void Take() => File.WriteAllText(Path.Combine(Leases, $"{Owner}"), "");

    public void Leave()
    {
        if (Directory.Exists(Leases)) File.Delete(Path.Combine(Leases, $"{Owner}"));
    }

    /// <summary>The other living ones that use it. Process numbers are used again: it must be a jiko, too.</summary>
    public async Task<IReadOnlyList<int>> Others()
    {
        List<int> others = [];
        // A start that failed may not have come to make the folder.
        foreach (var file in Directory.Exists(Leases) ? Directory.GetFiles(Leases) : [])
        {
            if (!int.TryParse(Path.GetFileName(file), out var holder) || holder == Owner) continue;
            if (await Processes.IsJiko(holder)) others.Add(holder);
            else File.Delete(file);
        }

        return others;
    }

    /// <summary>Made with the server, kept where only its user (and root) can read it.</summary>
    public async Task<string> Password()
    {
        if (!File.Exists(PasswordFile) || new FileInfo(PasswordFile).Length == 0)
        {
            await File.WriteAllTextAsync(PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await User.Own(PasswordFile);
        }

        return (await File.ReadAllTextAsync(PasswordFile)).Trim();
    }

    public int Port() => int.Parse(File.ReadAllText(PortFile), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// The port of the last time, so that a connection string stays good, unless another program has taken it.
    /// </summary>
    public int ChoosePort()
    {
        if (File.Exists(PortFile) && Ports.IsFree(Port())) return Port();
        var port = Ports.Free();
        File.WriteAllText(PortFile, $"{port}\n");
        return port;
    }
}
