namespace JikoXpress.Jiko;

/// <summary>Installs a program where root asks on Debian or Ubuntu.</summary>
internal static class AptGet
{
    /// <summary>
    /// Debian would make and start a cluster of its own on port 5432: it is told not to, for this installation only.
    /// </summary>
    private const string Choice = "/etc/postgresql-common/createcluster.d/jikoxpress.conf";

    private static readonly Dictionary<string, string> Silent = new() { ["DEBIAN_FRONTEND"] = "noninteractive" };

    public static async Task<bool> InstallPostgres()
    {
        if (!await IsThere()) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Choice) ?? "/");
        await File.WriteAllTextAsync(Choice, "create_main_cluster = false\n");
        var isInstalled = await Install("PostgreSQL", "postgresql");
        File.Delete(Choice);
        return isInstalled;
    }

    public static async Task<bool> InstallChromium() => await IsThere() && await Install("Chromium", "chromium");

    private static async Task<bool> IsThere() =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        && (await new Command("apt-get", "--version").Run()).Code == 0;

    private static async Task<bool> Install(string name, string package)
    {
        Screen.Say($"{name} is not installed: apt-get install {package}");
        await Run("update");
        var ended = await Run("install", "--yes", "--no-install-recommends", package);
        if (ended.Code != 0) Screen.Warn($"apt-get could not install {name}: {ended.Said}");
        return ended.Code == 0;
    }

    private static Task<Ended> Run(params IEnumerable<string> arguments) =>
        new Command("apt-get", arguments) { Patience = TimeSpan.FromMinutes(15), Environment = Silent }.Run();
}
