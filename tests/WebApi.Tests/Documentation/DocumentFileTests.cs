using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>docs/openapi.json is what is answered at /openapi/v1.json: a change of the API shows there.</summary>
public sealed class DocumentFileTests(House house) : IClassFixture<House>
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
}
