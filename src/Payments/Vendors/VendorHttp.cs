using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Polly;

namespace JikoXpress.Payments.Vendors;

/// <summary>An aggregator's answer.</summary>
/// <param name="Status">Null when there was none, or nobody knows which.</param>
/// <param name="Body">Null when it is no JSON.</param>
/// <param name="IsSent">False when the request has certainly not reached the aggregator.</param>
internal sealed record VendorAnswer(HttpStatusCode? Status, JsonElement? Body, bool IsSent = true)
{
    public static VendorAnswer Silence { get; } = new(null, null);

    public static VendorAnswer NotSent { get; } = new(null, null, IsSent: false);

    public bool IsOk => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    /// <summary>The aggregator says that it did not take the request: it was wrong, or not authorised.</summary>
    public bool IsRefusal => Status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized
        or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
        or (HttpStatusCode)423;
}

/// <summary>
/// Sends requests to an aggregator. A request is sent once: whether anything may be sent again is for the caller, who
/// knows what it does. The only exception is a request that was answered with 401, which is sent once more with a new
/// token: it was not carried out. Without a new token it counts as not sent.
/// </summary>
internal sealed class VendorHttp(HttpClient http)
{
    public async Task<VendorAnswer> Send(HttpRequestMessage message, CancellationToken cancellation)
    {
        using var request = message;
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return new VendorAnswer(response.StatusCode, VendorJson.Parse(body));
        }
        catch (HttpRequestException unreachable) when (unreachable.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError)
        {
            return VendorAnswer.NotSent;
        }
        // A bare SocketException comes where the other side closes a connection in the moment in which it is made.
        catch (Exception silence) when (silence
            is HttpRequestException or SocketException or IOException or OperationCanceledException
            or ExecutionRejectedException)
        {
            return VendorAnswer.Silence;
        }
    }

    /// <param name="request">Makes the request anew for each token.</param>
    public async Task<VendorAnswer> Send(
        VendorToken token, Func<string, HttpRequestMessage> request, CancellationToken cancellation)
    {
        if (await token.Get(refused: null, cancellation) is not { } current) return VendorAnswer.NotSent;
        var answer = await Send(request(current), cancellation);
        if (answer.Status is not HttpStatusCode.Unauthorized) return answer;
        return await token.Get(refused: current, cancellation) is { } renewed
            ? await Send(request(renewed), cancellation)
            : VendorAnswer.NotSent;
    }

    public static HttpRequestMessage Request(
        HttpMethod method, Uri address, object? body = null, string? bearer = null)
    {
        var request = new HttpRequestMessage(method, address);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web);
        return request;
    }

    /// <summary>A path below a base address that may have a path of its own.</summary>
    public static Uri Address(Uri root, string path) => new($"{root.AbsoluteUri.TrimEnd('/')}/{path}");
}

/// <summary>A token that an aggregator gives for some time; it is fetched when it is needed, by one caller at a time.
/// </summary>
/// <param name="fetch">Null when the aggregator gives none.</param>
internal sealed class VendorToken(
    Func<CancellationToken, Task<(string Value, DateTimeOffset Until)?>> fetch, TimeProvider clock)
{
    private readonly SemaphoreSlim turn = new(1);
    private (string Value, DateTimeOffset Until)? held;

    /// <param name="refused">The token that was answered with 401, so that another one is fetched.</param>
    public async Task<string?> Get(string? refused, CancellationToken cancellation)
    {
        try
        {
            await turn.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            if (held is not var (value, until) || value == refused || until <= clock.GetUtcNow())
                held = await fetch(cancellation);
            return held?.Value;
        }
        finally
        {
            turn.Release();
        }
    }
}
