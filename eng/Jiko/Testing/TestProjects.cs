using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace JikoXpress.Jiko.Testing;

/// <summary>The projects of the solution that hold tests; beside them is what they share.</summary>
internal static partial class TestProjects
{
    /// <returns>From the root, with slashes, in their order.</returns>
    public static IReadOnlyList<string> Of(Checkout checkout) =>
    [
        .. InSolution().Matches(File.ReadAllText(checkout.Solution))
            .Select(project => project.Groups[1].Value.Replace('\\', '/'))
            .Where(project => project.StartsWith("tests/", StringComparison.Ordinal))
            .Where(project => HoldsTests(checkout.PathOf(project)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static bool HoldsTests(string project) => XDocument.Load(project).Descendants("IsTestProject")
        .All(wish => !string.Equals(wish.Value.Trim(), "false", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex InSolution();
}
