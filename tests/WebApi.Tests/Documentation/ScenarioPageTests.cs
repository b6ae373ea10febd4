using System.Text.RegularExpressions;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>docs/scenarios.md has every heading of the reference, and the tests that show it.</summary>
public sealed partial class ScenarioPageTests
{
    /// <summary>The headings of the reference that have no request.</summary>
    private static readonly string[] Rules =
    [
        "Overview", "Session Types", "Session Statuses", "Payment Methods", "Channel & Fulfillment Matrix",
        "IDs Resolved Server Side",
    ];

    private static readonly string Page = Text("docs", "scenarios.md");

    /// <summary>Where the page says that each class is.</summary>
    private static readonly Dictionary<string, string> Files =
        Link().Matches(Page).ToDictionary(link => link.Groups[1].Value, link => link.Groups[2].Value);

    /// <summary>The page's headings, each with the tests below it.</summary>
    private static readonly List<(string Title, List<string> Tests)> Sections =
    [
        .. Page.Split("\n### ").Skip(1).Select(section => (
            section[..section.IndexOf('\n', StringComparison.Ordinal)],
            Named().Matches(section).Select(row => $"{row.Groups[1]}.{row.Groups[2]}").ToList())),
    ];

    [Fact]
    public void It_has_every_heading_of_the_reference_and_no_other()
    {
        var titles = Sections.Select(section => section.Title).ToList();

        Assert.Equal(Rules, titles.Where(Rules.Contains));
        Assert.Equal(ExampleTests.Reference, titles.Where(title => !Rules.Contains(title)));
    }

    [Fact]
    public void Every_heading_is_shown_by_a_test() => Assert.All(Sections, section => Assert.NotEmpty(section.Tests));

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var there = Files.Values.SelectMany(Tests).Select(test => test.Name).ToHashSet();

        Assert.All(Sections.SelectMany(section => section.Tests), test => Assert.Contains(test, there));
    }

    [Fact]
    public void Every_scenario_of_the_reference_is_named() => Assert.Empty(
        Below("Reference").SelectMany(Tests).Select(test => test.Name)
            .Except(Sections.SelectMany(section => section.Tests)));

    [Fact]
    public void A_test_that_bears_a_heading_s_name_stands_below_it() => Assert.All(
        from test in Below("").SelectMany(Tests)
        from section in Sections
        where test.Title.StartsWith(section.Title, StringComparison.Ordinal)
        select (test.Name, section),
        pair => Assert.Contains(pair.Name, pair.section.Tests));

    /// <summary>The tests of a file, each with the title that it is shown by.</summary>
    private static IEnumerable<(string Name, string Title)> Tests(string file)
    {
        var source = Text(file);
        var tests = Test().Matches(source);
        // A test that the pattern overlooks would be missing without a word.
        Assert.Equal(Mark().Count(source), tests.Count);
        return tests.Select(
            test => ($"{Path.GetFileNameWithoutExtension(file)}.{test.Groups[2]}", test.Groups[1].Value));
    }

    private static IEnumerable<string> Below(string folder) => Directory
        .EnumerateFiles(
            Path.Combine(Repository.Root, "tests", "Scenarios", folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    private static string Text(params string[] path) =>
        File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^- \[(\w+)\] `(\w+)`", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\[(\w+)\]: \.\./(tests/Scenarios/\w+/\1\.cs)$", RegexOptions.Multiline)]
    private static partial Regex Link();

    [GeneratedRegex("""
        ^    \[(?:Fact|Theory)(?:\(DisplayName = "(.+)"\))?.*\n(?:    [^p{}\n].*\n)*?    public [\w ]+ (\w+)\(
        """, RegexOptions.Multiline)]
    private static partial Regex Test();

    [GeneratedRegex(@"\[(?:Fact|Theory)\b")]
    private static partial Regex Mark();
}
