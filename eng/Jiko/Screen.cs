namespace JikoXpress.Jiko;

/// <summary>What the commands say.</summary>
internal static class Screen
{
    public static void Say(string line) => Console.WriteLine($"    {line}");

    public static void Warn(string line) => Console.Error.WriteLine($"jiko: {line}");
}
