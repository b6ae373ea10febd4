namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>The browser that is installed on this machine.</summary>
internal static class Chromium
{
    /// <summary>./jiko test sets it to the browser that it has found or installed.</summary>
    public const string Variable = "JIKO_CHROMIUM";

    private static readonly string[] Usual =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google/Chrome/Application/chrome.exe"),
    ];

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? given
            : Array.Find(Usual, File.Exists) ?? throw new InvalidOperationException(
                $"There is no Chromium for the tests of pages. Install it (apt-get install chromium), or set {Variable} "
                + "to the program of a Chromium or Chrome. ./jiko test installs it where it runs as root on Debian.");
}
