using System.Text.RegularExpressions;
using JikoXpress.WebApi.Problems;
using JikoXpress.WebApi.Tests.Documentation;

namespace JikoXpress.WebApi.Tests.Problems;

/// <summary>Every code that the sources can answer is explained, and nothing else is.</summary>
public sealed partial class ProblemCodeTests
{
    /// <summary>Words with hyphens that are no codes.</summary>
    private static readonly string[] OtherWords =
    [
        "no-store", "uri-reference", "date-time", "x-schema-id", "x-ref-description", "top-up",
        "orleans-catalog-activations", "no-referrer", "same-origin",
        "webhook-id", "webhook-timestamp", "webhook-signature",
    ];

    /// <summary>Files that list codes without answering them.</summary>
    private static readonly string[] Tables =
    [
        "ProblemCodes", "EdgeCodes", "CheckoutCodes", "KitchenCodes", "OrderCodes", "SessionAnswers",
        "ManagementAnswers",
    ];

    private static readonly string[] Rooms = ["Domain", "Grains", "Grains.Abstractions", "WebApi"];

    private static readonly IReadOnlyList<ProblemCode> Table =
        [.. ProblemCodes.Chapters.SelectMany(chapter => chapter.Codes)];

    [Fact]
    public void Every_code_in_the_sources_is_explained() =>
        Assert.Empty(Answered().Except(Table.Select(row => row.Code)).Except(OtherWords));

    [Fact]
    public void Every_code_explained_is_in_the_sources() =>
        Assert.Empty(Table.Select(row => row.Code).Except(Answered()));

    [Fact]
    public void A_code_is_explained_in_sentences() => Assert.All(Table, row =>
    {
        Assert.Matches("^[A-Z].*[.]$", row.Happened);
        Assert.Matches("^[A-Za-z].*[.]$", row.ToDo);
    });

    /// <summary>The codes where they are answered: not in tables, nor where endpoints tell the document.</summary>
    private static HashSet<string> Answered() =>
    [
        .. Rooms
            .SelectMany(room => Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "src", room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Tables.Contains(Path.GetFileNameWithoutExtension(file))
                && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "Documentation" or "obj" or "bin"))
            .SelectMany(file => CodeLiteral().Matches(Told().Replace(File.ReadAllText(file), "")))
            .Select(match => match.Groups[1].Value),
    ];

    // Such as "not-found": lower case words joined by hyphens, and the two that are single words.
    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)+|overloaded|unauthenticated)\"")]
    private static partial Regex CodeLiteral();

    // What the document is told that an operation refuses, and what a grain's method is called on the wire.
    [GeneratedRegex(@"\.Refuses\([^)]*\)|\[Alias\([^)]*\)\]")]
    private static partial Regex Told();
}
