using System.Text;
using System.Text.Json.Nodes;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>Sends JSON as it stands, and reads what came back.</summary>
internal static class Answers
{
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static async Task<JsonNode> Json(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())
        ?? throw new InvalidOperationException("There is no JSON.");

    /// <summary>The status and the problem's code, as in "422 unknown-field", or the status alone.</summary>
    public static async Task<string> Told(this HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 400) return $"{status}";
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Json();
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Equal($"/problems/{problem["code"]}", (string?)problem["type"]);
        Assert.All(["title", "detail", "traceId"], member => Assert.NotEmpty((string?)problem[member] ?? ""));
        return $"{status} {problem["code"]}";
    }

    public static async Task<string> Told(this Task<HttpResponseMessage> response) => await (await response).Told();
}
