namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>The browser that is installed on this machine.</summary>
internal static class Chromium
{
    /// <summary>./jiko test sets it to the browser that it has found or installed.</summary>
    public const string Variable = "JIKO_CHROMIUM";

    /// <summary>Where Debian has it; ./jiko test knows other places.</summary>
    private const string Usual = "/usr/bin/chromium";

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : File.Exists(Usual) ? Usual
            : throw new InvalidOperationException(
                $"There is no Chromium for the tests of pages. Install it (apt-get install chromium), or set {Variable} "
                + "to the program of a Chromium or Chrome. ./jiko test finds it, or installs it as root on Debian.");
}
