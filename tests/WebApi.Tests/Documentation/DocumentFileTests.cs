using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>docs/openapi.json is what is answered at /openapi/v1.json: a change of the API shows there.</summary>
public sealed partial class DocumentFileTests(House house) : IClassFixture<House>
{
    /// <summary>./jiko openapi runs these tests: files are written then, not compared.</summary>
    public static bool Writes => Environment.GetEnvironmentVariable("JIKO_WRITE_OPENAPI") is "true";

    [Fact, Trait("Category", "OpenAPI")]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        var served = (await client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n") + "\n";
        if (Writes) await File.WriteAllTextAsync(DocumentedApi.Place, served);

        var committed = await File.ReadAllTextAsync(DocumentedApi.Place);
        Assert.True(
            served == committed.ReplaceLineEndings("\n"),
            "The API has changed: run ./jiko openapi, and commit docs/openapi.json.");
    }

    /// <summary>Generators stop at a reference that leads nowhere.</summary>
    [Fact]
    public async Task Every_reference_to_a_schema_leads_to_one()
    {
        var text = await File.ReadAllTextAsync(DocumentedApi.Place);
        var schemas = JsonNode.Parse(text)!["components"]!["schemas"]!.AsObject();
        var named = Reference().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(schemas.ContainsKey(name), name));
    }

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();
}
