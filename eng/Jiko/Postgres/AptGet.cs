namespace JikoXpress.Jiko.Postgres;

/// <summary>Installs PostgreSQL where root asks on Debian or Ubuntu.</summary>
internal static class AptGet
{
    /// <summary>
    /// Debian would make and start a cluster of its own on port 5432: it is told not to, for this installation only.
    /// </summary>
    private const string Choice = "/etc/postgresql-common/createcluster.d/jikoxpress.conf";

    private static readonly Dictionary<string, string> Silent = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    public static async Task<bool> Install()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        if ((await new Command("apt-get", "--version").Run()).Code != 0) return false;
        Screen.Say("PostgreSQL is not installed: apt-get install postgresql");
        Directory.CreateDirectory(Path.GetDirectoryName(Choice) ?? "/");
        await File.WriteAllTextAsync(Choice, "create_main_cluster = false\n");
        await Run("update");
        var ended = await Run("install", "--yes", "--no-install-recommends", "postgresql");
        File.Delete(Choice);
        if (ended.Code != 0) Screen.Warn($"apt-get could not install PostgreSQL: {ended.Said}");
        return ended.Code == 0;
    }

    private static Task<Ended> Run(params IEnumerable<string> arguments) =>
        new Command("apt-get", arguments) { Patience = TimeSpan.FromMinutes(15), Environment = Silent }.Run();
}
