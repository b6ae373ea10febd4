namespace JikoXpress.Jiko;

/// <summary>Why a command cannot go on, for the person who gave it.</summary>
/// <param name="said">What a tool wrote about it.</param>
/// <param name="lines">How many lines of that, the last ones, are shown.</param>
internal sealed class Failure(string message, string said = "", int lines = 30) : Exception(message)
{
    /// <summary>The exit code.</summary>
    public int Code { get; init; } = 1;

    /// <summary>The end of what the tool wrote, each line marked, so that it reads as part of the message.</summary>
    public IReadOnlyList<string> Quoted { get; } =
        [.. said.ReplaceLineEndings("\n").TrimEnd().Split('\n').Where(line => line.Length > 0).TakeLast(lines)
            .Select(line => $"    | {line}")];

    public void Tell()
    {
        foreach (var line in Quoted) Console.Error.WriteLine(line);
        Screen.Warn(Message);
    }
}
