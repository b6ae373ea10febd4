using System.Net;
using System.Text.Json.Nodes;
using System.Web;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>
/// Stands in every client of the tests: whatever the product answers must be in its document, with status, media type,
/// schema, code and headers, and whatever request it grants must be one that the document allows.
/// </summary>
internal sealed class HeldAgainstTheDocument() : DelegatingHandler(new HttpClientHandler { UseCookies = false })
{
    private static readonly string[] Always = ["ETag", "Location", "Retry-After", "WWW-Authenticate"];
    private static readonly string[] Telling = [.. Always, "Idempotency-Replayed"];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var api = DocumentedApi.Committed;
        var uri = request.RequestUri!;
        // What is not there, and what is no operation, needs no document.
        if (api.Find(request.Method.Method, uri.AbsolutePath) is not { } operation) return response;

        var status = (int)response.StatusCode;
        var documented = api.Response(operation, status);
        Assert.True(documented is not null, $"{request.Method} {uri.AbsolutePath} answers {status}, unsaid.");
        CheckHeaders(response, documented);
        await CheckBody(response, documented, cancellationToken);
        if (status < 300) CheckRequest(operation, uri, sent);
        return response;
    }

    private static void CheckHeaders(HttpResponseMessage response, JsonNode documented)
    {
        var told = (documented["headers"] as JsonObject ?? []).Select(header => header.Key).ToList();
        var given = response.Headers.Select(header => header.Key).Intersect(Telling).ToList();
        Assert.Empty(given.Except(told));
        // Of what does not fit the state only a busy phone is a matter of time.
        var always = response.StatusCode is HttpStatusCode.Conflict ? Always.Except(["Retry-After"]) : Always;
        Assert.Empty(told.Intersect(always).Except(given));
    }

    private static async Task CheckBody(
        HttpResponseMessage response, JsonNode documented, CancellationToken cancellation)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        var content = documented["content"] as JsonObject;
        if (type is null)
        {
            Assert.Null(content);
            return;
        }

        Assert.True(content?.ContainsKey(type), $"{type} is not in docs/openapi.json.");
        if (!type.EndsWith("json", StringComparison.Ordinal)) return;
        // The content stays readable for the test.
        await response.Content.LoadIntoBufferAsync(cancellation);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation));
        var wrong = DocumentedApi.Committed.Check.Wrong(json, content![type]!["schema"]!);
        Assert.True(!wrong.Any(), $"{string.Join("; ", wrong)} in {json?.ToJsonString()}");
        Assert.False(HasNull(json), $"null in {json?.ToJsonString()}");
        if (type is not "application/problem+json") return;
        Assert.Contains(
            (string?)json?["code"], documented["x-problem-codes"]!.AsArray().Select(code => (string?)code));
    }

    /// <summary>Members that do not apply are left out.</summary>
    private static bool HasNull(JsonNode? node) => node switch
    {
        null => true,
        JsonObject members => members.Any(member => HasNull(member.Value)),
        JsonArray items => items.Any(HasNull),
        _ => false,
    };

    private static void CheckRequest(JsonNode operation, Uri uri, string? sent)
    {
        var api = DocumentedApi.Committed;
        var asked = HttpUtility.ParseQueryString(uri.Query).AllKeys.OfType<string>();
        var known = api.Parameters(operation)
            .Where(parameter => (string?)parameter["in"] is "query")
            .Select(parameter => (string)parameter["name"]!);
        Assert.Empty(asked.Except(known));
        if (string.IsNullOrEmpty(sent) || (sent is "{}" && operation["requestBody"] is null)) return;
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        Assert.True(schema is not null, $"{uri.AbsolutePath} takes a body, which is not in docs/openapi.json.");
        var wrong = api.Check.Wrong(JsonNode.Parse(sent), schema);
        Assert.True(!wrong.Any(), $"granted, but {string.Join("; ", wrong)} in {sent}");
    }
}
