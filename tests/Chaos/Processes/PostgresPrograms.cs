namespace JikoXpress.Chaos.Processes;

/// <summary>Where the programs of PostgreSQL are, and as whom they run: never as root.</summary>
/// <param name="User">Whom to become; null for whoever this is.</param>
internal sealed record PostgresPrograms(string Folder, string? User)
{
    private static readonly string[] Homes = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

    private static readonly string[] Folders =
        ["/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"];

    /// <summary>JIKO_POSTGRES_PROGRAMS names the folder; else the newest that is installed is taken.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static PostgresPrograms Find()
    {
        var folder = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException(
                "The crash campaign stops and starts a PostgreSQL of its own, and its programs (initdb, pg_ctl) were "
                + "not found. Install PostgreSQL 14 or later, or name their folder in JIKO_POSTGRES_PROGRAMS.");
        return new PostgresPrograms(folder, Environment.UserName == "root" ? "postgres" : null);
    }

    public Task Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Folder, program);
        return User is null
            ? Command.Run(path, arguments)
            : Command.Run("runuser", ["-u", User, "--", path, .. arguments]);
    }

    /// <summary>Hands a folder over to whom the server runs as.</summary>
    public Task Own(string folder) => User is null ? Task.CompletedTask : Command.Run("chown", User, folder);

    /// <summary>15 of a folder that is named 15 or postgresql@15.</summary>
    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder).Split('@')[^1], out var major) ? major : 0;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("JIKO_POSTGRES_PROGRAMS") is { Length: > 0 } given) yield return given;
        var installed = Homes.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .OrderByDescending(VersionOf);
        foreach (var home in installed) yield return Path.Combine(home, "bin");
        foreach (var folder in Folders) yield return folder;
    }
}
