using System.Reflection;
using System.Text.RegularExpressions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Architecture.Tests;

/// <summary>The pages that tell a newcomer where things are tell the truth.</summary>
public sealed partial class ContentsTests
{
    private static readonly Lazy<string> Sources = new(() => string.Join(
        '\n', Repository.Files("*.cs", "src").Concat(Repository.Files("*.sql", "src")).Select(file => file.Text)));

    public static TheoryData<Type, string> Grains => new()
    {
        { typeof(ICheckoutSessionGrain), "src/Domain/Sessions" },
        { typeof(IBillGrain), "src/Domain/Bills" },
        { typeof(ICartGrain), "src/Domain/Carts" },
        { typeof(IKitchenInventoryGrain), "src/Domain/Inventory" },
    };

    [Theory, MemberData(nameof(Grains))]
    public void Each_call_of_a_grain_is_in_its_table_of_contents(Type grain, string folder)
    {
        var page = Page($"{folder}/README.md");

        Assert.All(
            grain.GetMethods(BindingFlags.Public | BindingFlags.Instance),
            method => Assert.Contains($"`{method.Name}`", page, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Grains))]
    public void What_a_table_of_contents_links_is_there_and_its_refusals_are_ones(Type grain, string folder)
    {
        var page = Page($"{folder}/README.md");

        Assert.Contains(grain.Name, page, StringComparison.Ordinal);
        Assert.All(
            Link().Matches(page),
            link => Assert.True(
                File.Exists(Path.Combine(Repository.Root, folder, link.Groups[1].Value)), link.Groups[1].Value));
        Assert.All(
            Code().Matches(page),
            code => Assert.Contains($"\"{code.Groups[1].Value}\"", Sources.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_word_of_the_glossary_is_a_name_in_the_code()
    {
        var names = GlossaryName().Matches(Page("docs/glossary.md")).Select(name => name.Groups[1].Value).ToList();

        Assert.InRange(names.Count, 30, 80);
        Assert.All(names, name => Assert.Matches($@"\b{name}\b", Sources.Value));
    }

    /// <summary>The example of a new command is a difference to the files as they are now.</summary>
    [Fact]
    public void The_worked_example_of_a_command_fits_the_code()
    {
        var differences = Difference().Matches(Page("docs/a-new-command.md"));

        Assert.Equal(7, differences.Count);
        Assert.All(differences, difference => Assert.All(
            difference.Groups[2].Value.Split("@@\n", StringSplitOptions.RemoveEmptyEntries),
            hunk => Assert.Contains(
                Before(hunk) is { Length: > 0 } before ? before : "a hunk with its neighbours",
                Page(difference.Groups[1].Value), StringComparison.Ordinal)));
    }

    /// <summary>The image is named after the version that its assemblies bear.</summary>
    [Fact]
    public void The_version_stands_in_one_place()
    {
        var version = Page("VERSION").Trim();

        Assert.Equal(version, typeof(Domain.Money).Assembly.GetName().Version?.ToString(3));
        Assert.Contains($"## {version}", Page("CHANGELOG.md"), StringComparison.Ordinal);
        foreach (var file in (string[])["docker-compose.yml", "kubernetes/silo.yaml", "kubernetes/web.yaml"])
            Assert.Contains($"jikoxpress:{version}", Page(file).Replace("${JIKO_VERSION:-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Page(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>What stands where a hunk is put in.</summary>
    private static string Before(string hunk) => string.Concat(
        hunk.Split('\n').Where(line => line.StartsWith(' ') || line.StartsWith('-')).Select(line => line[1..] + "\n"));

    [GeneratedRegex(@"```diff\n--- a/.*\n\+\+\+ b/(.*)\n@@\n((?:.|\n)*?)```")]
    private static partial Regex Difference();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    /// <summary>Codes of refusals have a hyphen; states and names have none.</summary>
    [GeneratedRegex(@"`([a-z]+(?:-[a-z]+)+)`")]
    private static partial Regex Code();

    /// <summary>The second column.</summary>
    [GeneratedRegex(@"^\|[^|]+\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex GlossaryName();
}
