namespace JikoXpress.Jiko.Postgres;

/// <summary>Whom a PostgreSQL server runs as: it refuses to run as root.</summary>
/// <param name="Name">Whom to become; null for whoever this is.</param>
internal sealed record ServerUser(string? Name)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <exception cref="Failure">This is root, and there is nobody else.</exception>
    public static async Task<ServerUser> Choose()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return new ServerUser(Name: null);
        foreach (var name in Candidates)
        {
            if ((await new Command("id", name).Run()).Code == 0) return new ServerUser(name);
        }

        throw new Failure(
            "PostgreSQL does not run as root, and there is neither a user postgres nor nobody; "
            + "run ./jiko as another user");
    }

    /// <summary>The command that runs a program as this user.</summary>
    public async Task<Command> Command(string folder, string program, params IReadOnlyList<string> arguments)
    {
        if (Name is null) return In(folder, program, arguments);
        if (Processes.IsOnPath("runuser")) return In(folder, "runuser", ["-u", Name, "--", program, .. arguments]);
        if (!Processes.IsOnPath("setpriv"))
            return In(folder, "su", ["-s", "/bin/sh", "-c", LineOf([program, .. arguments]), Name]);
        var group = (await new Command("id", "-g", Name).Run()).Output.Trim();
        return In(
            folder, "setpriv", ["--reuid", Name, "--regid", group, "--clear-groups", "--", program, .. arguments]);
    }

    /// <summary>Whether this user passes the test of the program test, as in -x and -w.</summary>
    public async Task<bool> May(string test, string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        var command = await Command("/", "test", test, path);
        return (await command.Run()).Code == 0;
    }

    /// <summary>Hands a file or a folder over to this user.</summary>
    public Task Own(string path) => Name is null ? Task.CompletedTask : Jiko.Command.Run("chown", Name, path);

    private static Command In(string folder, string program, IReadOnlyList<string> arguments) =>
        new(program, arguments) { Folder = folder, Patience = TimeSpan.FromMinutes(6) };

    private static string LineOf(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
