using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Answers;

/// <summary>Something as it happens, as server-sent events, until the reader or the server goes away.</summary>
/// <param name="kind">As metrics say it.</param>
internal abstract class EventStream(string kind, CancellationToken stopping) : IResult
{
    /// <summary>How long a reader hears nothing at most.</summary>
    protected static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.LeaveLane();
        using var waiting = WebMetrics.LongPoll(kind);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, httpContext.RequestAborted);
        try
        {
            await response.WriteAsync("retry: 2000\n\n", either.Token);
            await Follow(httpContext, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The reader has gone, or the server goes: the stream just ends, and the reader comes back.
        }
    }

    /// <summary>Writes what happens, and a comment whenever nothing has happened for a heartbeat.</summary>
    protected abstract Task Follow(HttpContext http, CancellationToken end);
}
