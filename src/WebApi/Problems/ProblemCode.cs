namespace JikoXpress.WebApi.Problems;

/// <summary>A code that a problem can bear, explained: what happened, and what the caller can do about it.</summary>
/// <param name="Code">For programs; it never changes its meaning.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Happened">One sentence.</param>
/// <param name="ToDo">One or two sentences.</param>
internal sealed record ProblemCode(int Status, string Code, string Happened, string ToDo)
{
    /// <summary>Where a code is explained; the <c>type</c> of its problems.</summary>
    public static string Path(string code) => $"/problems/{code}";

    /// <summary>The code in words; the <c>title</c> of its problems.</summary>
    public static string Title(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}

/// <summary>Some codes that belong together.</summary>
internal sealed record ProblemChapter(string Title, IReadOnlyList<ProblemCode> Codes);

/// <summary>A member of some problems beyond those that all have.</summary>
/// <param name="IsNumber">Else it is a text.</param>
internal sealed record ProblemDetail(string Name, bool IsNumber, string Description, string? Format = null);
