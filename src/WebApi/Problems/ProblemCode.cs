namespace JikoXpress.WebApi.Problems;

/// <summary>A problem code with its explanation: what happened, and what the caller can do.</summary>
/// <param name="Code">For programs; its meaning never changes.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Happened">One sentence.</param>
/// <param name="ToDo">One or two sentences.</param>
internal sealed record ProblemCode(int Status, string Code, string Happened, string ToDo)
{
    /// <summary>The page that explains the code; the <c>type</c> of its problems.</summary>
    public static string Path(string code) => $"/problems/{code}";

    /// <summary>The code in words; the <c>title</c> of its problems.</summary>
    public static string Title(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}

/// <summary>A group of related codes.</summary>
internal sealed record ProblemChapter(string Title, IReadOnlyList<ProblemCode> Codes);

/// <summary>An additional member that only some problems have.</summary>
/// <param name="IsNumber">True for a number, false for a text.</param>
internal sealed record ProblemDetail(string Name, bool IsNumber, string Description, string? Format = null);
