namespace JikoXpress.Jiko;

/// <summary>What is known of processes that others started.</summary>
internal static class Processes
{
    /// <summary>What a process was started as; nothing when it is gone.</summary>
    public static async Task<string> LineOf(int process)
    {
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

    /// <summary>Process numbers are used again: it must be a jiko, too.</summary>
    public static async Task<bool> IsJiko(int process) =>
        (await LineOf(process)).Contains("jiko", StringComparison.OrdinalIgnoreCase);
}
