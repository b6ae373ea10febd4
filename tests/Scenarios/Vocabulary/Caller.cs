using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using JikoXpress.Scenarios.Hosting;

namespace JikoXpress.Scenarios.Vocabulary;

/// <summary>Somebody who calls the API over HTTP: a cashier at a till, a kiosk, a stranger.</summary>
/// <param name="token">Null for somebody who shows none.</param>
public sealed class Caller(Restaurant restaurant, string? token)
{
    private RunningHost? host;
    private IReadOnlyList<(string Name, string Value)> headers = [];

    public string? Token => token;

    /// <summary>The same caller, sending one more header.</summary>
    public Caller With(string name, string value) =>
        new(restaurant, token) { host = host, headers = [.. headers, (name, value)] };

    public Caller WithKey(string key) => With("Idempotency-Key", key);

    /// <summary>The same caller, talking to another host of the restaurant.</summary>
    public Caller At(RunningHost other) => new(restaurant, token) { host = other, headers = headers };

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, [StringSyntax(StringSyntaxAttribute.Json)] string? body = null) =>
        Send(HttpMethod.Post, path, body);

    public Task<Answer> Put(string path, [StringSyntax(StringSyntaxAttribute.Json)] string body) =>
        Send(HttpMethod.Put, path, body);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<Answer> Patch(string path, [StringSyntax(StringSyntaxAttribute.Json)] string body) =>
        Send(HttpMethod.Patch, path, body);

    /// <param name="path">Below /api/v1; one that begins with // is taken from the root.</param>
    public async Task<Answer> Send(HttpMethod method, string path, string? body = null)
    {
        using var request = Request(method, path, body);
        using var response = await Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer(
            $"{method} {request.RequestUri}\n{body}",
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(
                header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            bytes);
    }

    /// <summary>Opens a stream of server-sent events.</summary>
    public async Task<EventStream> Follow(string path)
    {
        using var request = Request(HttpMethod.Get, path, body: null);
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    private HttpClient Http => (host ?? restaurant.Host).Http;

    private HttpRequestMessage Request(HttpMethod method, string path, string? body)
    {
        var target = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : $"/api/v1{path}";
        var request = new HttpRequestMessage(method, target);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
