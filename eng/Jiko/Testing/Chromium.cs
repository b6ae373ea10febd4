namespace JikoXpress.Jiko.Testing;

/// <summary>The browser that tests of pages drive. It is installed where that is possible.</summary>
internal static class Chromium
{
    /// <summary>The tests read it; whoever has set it is believed.</summary>
    public const string Variable = "JIKO_CHROMIUM";

    private static readonly string[] Usual =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google/Chrome/Application/chrome.exe"),
    ];

    /// <summary>The program; null when there is none, and the tests that need it will fail.</summary>
    public static async Task<string?> FindOrInstall()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        if (Array.Find(Usual, File.Exists) is { } found) return found;
        if (await AptGet.InstallChromium() && Array.Find(Usual, File.Exists) is { } fresh) return fresh;
        Screen.Warn(
            $"there is no Chromium, so the tests of pages will fail: install it, or set {Variable} to a Chromium or "
            + "Chrome");
        return null;
    }
}
