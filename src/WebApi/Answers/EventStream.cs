using JikoXpress.WebApi.Access;
using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Answers;

/// <summary>Server-sent events, until the client disconnects or the server stops.</summary>
/// <param name="kind">The stream's name in metrics.</param>
internal abstract class EventStream(string kind, CancellationToken stopping) : IResult
{
    /// <summary>Longest time without any byte to the client.</summary>
    protected static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.LeaveLane();
        using var waiting = httpContext.RequestServices.GetRequiredService<WaitingRequests>().Enter(httpContext, kind);
        if (waiting is null)
        {
            await WaitingRequests.TooMany.ExecuteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        if (httpContext.IsHead) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, httpContext.RequestAborted);
        try
        {
            await response.WriteAsync("retry: 2000\n\n", either.Token);
            await Follow(httpContext, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client disconnected, or the server stops: the stream ends, and the client reconnects.
        }
    }

    /// <summary>Writes the events, and a comment after each heartbeat without an event.</summary>
    protected abstract Task Follow(HttpContext http, CancellationToken end);
}
