using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace JikoXpress.Client;

/// <summary>
/// Sends again what can be sent again: reads, and commands with an Idempotency-Key, which take effect once, however
/// often they arrive. Other commands are sent once, since a second one would be a second sale.
/// </summary>
internal static class Retries
{
    private const int Most = 5;

    /// <summary>For one attempt; longer than the longest wait of the API (30 s).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>The first delay; it doubles, and a Retry-After of the server takes its place.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    public static HttpMessageHandler Before(HttpMessageHandler transport)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Most,
                Delay = First,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    MayRepeat(attempt.Context.GetRequestMessage()) && IsLost(attempt.Outcome)),
            })
            .AddTimeout(Patience)
            .Build();
        return new ResilienceHandler(pipeline) { InnerHandler = transport };
    }

    private static bool MayRepeat(HttpRequestMessage? request) => request is not null
        && (request.Method == HttpMethod.Get || request.Headers.Contains("Idempotency-Key"));

    /// <summary>No answer came, or one that says that the same request may be granted later.</summary>
    private static bool IsLost(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or SocketException or TimeoutRejectedException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        { Result.StatusCode: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable } => true,
        { Result.StatusCode: HttpStatusCode.GatewayTimeout or HttpStatusCode.InternalServerError } => true,
        _ => false,
    };
}
