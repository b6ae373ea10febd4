using JikoXpress.WebApi.Tests.Hosting;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>docs/openapi.json is what is answered at /openapi/v1.json: a change of the API shows there.</summary>
public sealed class DocumentFileTests(House house) : IClassFixture<House>
{
    /// <summary>Set to "true" by ./jiko openapi: the files are written, not compared.</summary>
    private const string Write = "JIKO_WRITE_OPENAPI";

    [Fact, Trait("Category", "OpenAPI")]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        var served = (await client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Write) is "true")
            await File.WriteAllTextAsync(DocumentedApi.Place, served);

        var committed = await File.ReadAllTextAsync(DocumentedApi.Place);
        Assert.True(
            served == committed.ReplaceLineEndings("\n"),
            "The API has changed: run ./jiko openapi, and commit docs/openapi.json.");
    }
}
