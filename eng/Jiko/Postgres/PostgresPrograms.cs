using System.Text.RegularExpressions;

namespace JikoXpress.Jiko.Postgres;

/// <summary>The programs of an installed PostgreSQL.</summary>
/// <param name="Folder">Where they are.</param>
/// <param name="Version">The major version, 14 or later.</param>
internal sealed partial record PostgresPrograms(string Folder, int Version)
{
    private const int Oldest = 14;

    private static readonly string[] Needed = ["initdb", "pg_ctl", "psql", "postgres"];

    /// <summary>Folders that hold one folder for each version, and where in that its programs are.</summary>
    private static readonly (string Home, string Pattern, string Inner)[] Installations =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr", "pgsql-*", "bin"),
        ("/opt/homebrew/opt", "postgresql*", "bin"),
        ("/usr/local/opt", "postgresql*", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    private static readonly string[] Folders =
        ["/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"];

    /// <summary>
    /// The newest that is installed, or, with <paramref name="version"/>, one of that version, because data is readable
    /// only for the major version that wrote it. JIKO_POSTGRES_PROGRAMS names a folder that goes before all others.
    /// </summary>
    public static async Task<PostgresPrograms?> Find(int? version = null)
    {
        PostgresPrograms? newest = null;
        foreach (var folder in Candidates().Where(IsComplete).Distinct())
        {
            if (await In(folder) is not { } found || (version is { } wanted && found.Version != wanted)) continue;
            if (folder == Given) return found;
            if (newest is null || found.Version > newest.Version) newest = found;
        }

        return newest;
    }

    public string PathOf(string program) => PathIn(Folder, program);

    private static string? Given =>
        Environment.GetEnvironmentVariable("JIKO_POSTGRES_PROGRAMS") is { Length: > 0 } given ? given : null;

    private static bool IsComplete(string folder) => Needed.All(program => File.Exists(PathIn(folder, program)));

    private static string PathIn(string folder, string program) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program);

    private static async Task<PostgresPrograms?> In(string folder)
    {
        var said = await new Command(PathIn(folder, "postgres"), "--version").Run();
        return Number().Match(said.Output) is { Success: true } match
            && int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture) is >= Oldest and var version
            ? new PostgresPrograms(folder, version)
            : null;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Given is not null) yield return Given;
        foreach (var folder in Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [])
        {
            if (folder.Length > 0) yield return folder;
        }

        foreach (var (home, pattern, inner) in Installations)
        {
            if (!Directory.Exists(home)) continue;
            foreach (var installed in Directory.GetDirectories(home, pattern))
                yield return Path.Combine(installed, inner);
        }

        foreach (var folder in Folders) yield return folder;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
