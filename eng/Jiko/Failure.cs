namespace JikoXpress.Jiko;

/// <summary>Why a command cannot go on, for the person who gave it.</summary>
/// <param name="said">What a tool wrote about it.</param>
internal sealed class Failure(string message, string said = "") : Exception(message)
{
    private const int Lines = 30;

    /// <summary>The end of what the tool wrote, each line marked, so that it reads as part of the message.</summary>
    public IReadOnlyList<string> Quoted { get; } =
        [.. said.ReplaceLineEndings("\n").TrimEnd().Split('\n').Where(line => line.Length > 0).TakeLast(Lines)
            .Select(line => $"    | {line}")];
}
