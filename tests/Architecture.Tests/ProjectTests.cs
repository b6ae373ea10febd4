namespace JikoXpress.Architecture.Tests;

/// <summary>Who may know whom. What a project does not reference it cannot use.</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Domain"] = [],
        ["Grains.Abstractions"] = ["Domain"],
        ["Grains"] = ["Grains.Abstractions"],
        ["Pages"] = ["Domain"],
        ["Printing"] = [],
        ["Postgres"] = ["Grains"],
        ["Payments"] = ["Grains"],
        ["Simulator"] = [],
        ["Webhooks"] = ["Grains"],
        ["WebApi"] = ["Grains.Abstractions", "Grains", "Postgres", "Pages", "Payments", "Printing", "Webhooks"],
        ["Client"] = [],
        ["Silo"] = ["Grains.Abstractions", "Grains", "Postgres", "Payments", "WebApi"],
    };

    /// <summary>Those that may name a package of Orleans; what else runs on it does not have to know.</summary>
    private static readonly string[] KnowOrleans =
        ["Grains.Abstractions", "Grains", "Silo", "Pages.Tests", "Scenarios", "Silo.Tests", "Testing"];

    [Fact]
    public void Every_project_knows_only_those_that_it_may()
    {
        var sources = Repository.Projects.Where(project => project.IsSource).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, project =>
        {
            Assert.True(
                MayReference.TryGetValue(project.Name, out var known), $"Say whom {project.Name} may reference.");
            Assert.Empty(project.References.Except(known));
        });
    }

    [Fact]
    public void The_product_does_not_know_its_tests() => Assert.All(
        Repository.Projects.Where(project => project.IsSource),
        project => Assert.DoesNotContain(
            project.Xml.Descendants("ProjectReference"), reference =>
                reference.ToString().Contains("tests", StringComparison.Ordinal)));

    /// <summary>A checker that shares the product's arithmetic shares its mistakes.</summary>
    [Fact]
    public void The_crash_campaign_shares_no_code_with_the_product()
    {
        // The tool starts PostgreSQL for it, and knows the product only as programs.
        Assert.Equal(["Jiko"], Repository.Projects.Single(project => project.Name == "Chaos").References);
        Assert.Empty(Repository.Projects.Single(project => project.Name == "Jiko").References);
    }

    [Fact]
    public void What_measures_the_product_knows_it_only_from_outside() => Assert.All(
        Repository.Projects.Where(project => project.Path.StartsWith("bench/", StringComparison.Ordinal)),
        project => Assert.Empty(project.References));

    [Fact]
    public void Only_grains_and_their_host_know_Orleans() => Assert.All(
        Repository.Projects.Where(project => !KnowOrleans.Contains(project.Name)),
        project => Assert.DoesNotContain(
            project.Packages, package => package.Contains("Orleans", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Only_the_store_talks_to_the_database() => Assert.All(
        Repository.Projects.Where(project => project.IsSource && project.Name != "Postgres"),
        project => Assert.DoesNotContain("Npgsql", project.Packages));

    [Fact]
    public void The_rules_need_no_package_and_no_framework()
    {
        var rules = Repository.Projects.Single(project => project is { IsSource: true, Name: "Domain" });

        Assert.Empty(rules.Packages.Except(["Microsoft.CodeAnalysis.BannedApiAnalyzers"]));
        Assert.Empty(rules.Frameworks);
    }

    [Fact]
    public void The_grain_interfaces_need_Orleans_and_nothing_else()
    {
        var interfaces = Repository.Projects.Single(
            project => project is { IsSource: true, Name: "Grains.Abstractions" });

        Assert.Equal(["Microsoft.Orleans.Sdk"], interfaces.Packages);
        Assert.Empty(interfaces.Frameworks);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "JikoXpress.sln")).Replace('\\', '/');

        Assert.All(
            Repository.Projects, project => Assert.Contains($"\"{project.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Assert.All(
        Repository.Projects,
        project => Assert.DoesNotContain(
            project.Xml.Descendants("PackageReference"), reference => reference.Attribute("Version") is not null));
}
