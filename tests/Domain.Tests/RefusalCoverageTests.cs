using System.Reflection;
using System.Text.RegularExpressions;
using JikoXpress.Domain.Sessions;
using JikoXpress.Domain.Tests.Inventory;
using JikoXpress.Domain.Tests.Sessions;

namespace JikoXpress.Domain.Tests;

/// <summary>Every no has a row: whoever adds one has to add the other.</summary>
public sealed partial class RefusalCoverageTests
{
    /// <summary>What the grains and the hosts answer, and what needs other prices than those of the rows.</summary>
    private static readonly string[] NotDecidedHere =
    [
        nameof(SessionRefusals.TotalOutOfRange),
        nameof(SessionRefusals.InsufficientStock), nameof(SessionRefusals.KitchenNotFound),
        nameof(SessionRefusals.RequestInProgress), nameof(SessionRefusals.Overloaded),
    ];

    private static readonly IReadOnlyList<(string Code, string Factory)> Rows =
    [
        .. OpeningChains.All.SelectMany(chain => chain.Rows).Select(row => (row.Code, row.Factory)),
        .. StateRefusalsTests.All.Select(row => (row.Code, row.Factory)),
    ];

    [Fact]
    public void Every_refusal_has_a_row()
    {
        var factories = typeof(SessionRefusals)
            .GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false })
            .Select(member => member.Name);

        Assert.Equivalent(
            factories.Except(NotDecidedHere), Rows.Select(row => row.Factory).Distinct(), strict: true);
    }

    [Fact]
    public void Every_code_written_in_the_rules_has_a_row()
    {
        string[] elsewhere =
        [
            "insufficient-stock", "request-in-progress", "overloaded", "phone-busy", "phone-asked-too-often",
            "field-required", "decision-not-allowed", "payment-not-found", "payment-exception-resolved",
            "currency-mismatch",
        ];
        string[] folders = ["Sessions", "Inventory"];
        var written = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository(), "src", "Domain", folder), "*.cs"))
            .SelectMany(file => CodeLiteral().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);

        Assert.Empty(written
            .Except([.. Rows.Select(row => row.Code), .. StockRulesTests.Codes, .. elsewhere]));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "JikoXpress.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // Such as "not-found": lower case words joined by hyphens, and the one that is a single word.
    [GeneratedRegex("\"([a-z]+(?:-[a-z]+)+|overloaded)\"")]
    private static partial Regex CodeLiteral();
}
