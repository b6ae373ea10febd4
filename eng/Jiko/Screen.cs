namespace JikoXpress.Jiko;

/// <summary>What the commands say.</summary>
internal static class Screen
{
    private static readonly bool IsPlain =
        Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>The title of a step.</summary>
    public static void Step(string title) =>
        Console.WriteLine(IsPlain ? $"==> {title}" : $"\e[1m==> {title}\e[0m");

    public static void Say(string line) => Console.WriteLine($"    {line}");

    /// <summary>Marks each line that a tool wrote, so that it reads as part of the step it belongs to.</summary>
    public static void Quote(IEnumerable<string> lines)
    {
        foreach (var line in lines) Console.WriteLine($"    | {line}");
    }

    public static void Warn(string line) => Console.Error.WriteLine($"jiko: {line}");
}
