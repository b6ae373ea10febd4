using System.Diagnostics;

namespace JikoXpress.Jiko;

/// <summary>What is known of processes that others started.</summary>
internal static class Processes
{
    /// <summary>What a process was started as, on Windows its program alone; nothing when it is gone.</summary>
    public static async Task<string> LineOf(int process)
    {
        if (OperatingSystem.IsWindows()) return ProgramOf(process);
        if (!OperatingSystem.IsLinux())
            return (await new Command("ps", "-o", "args=", "-p", $"{process}").Run()).Output;
        try
        {
            return (await File.ReadAllTextAsync($"/proc/{process}/cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Process numbers are used again: it must be a jiko, too, or on Windows at least a dotnet.</summary>
    public static async Task<bool> IsJiko(int process)
    {
        var line = await LineOf(process);
        return line.Contains("jiko", StringComparison.OrdinalIgnoreCase)
            || (OperatingSystem.IsWindows() && line.Contains("dotnet", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the shell would find a program of this name.</summary>
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string ProgramOf(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.ProcessName;
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
