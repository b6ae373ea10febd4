using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;
using JikoXpress.WebApi.Hosting;
using JikoXpress.WebApi.Load;

namespace JikoXpress.WebApi.Sessions;

/// <summary>A session as it changes, as server-sent events, until the reader or the server goes away.</summary>
internal sealed class SessionStream(ICheckoutSession session, CallerKind reader, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.LeaveLane();
        using var parked = WebMetrics.Parked("session stream");
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, httpContext.RequestAborted);
        try
        {
            await response.WriteAsync("retry: 2000\n\n", either.Token);
            await Follow(response, MarkOf(httpContext.Request.Headers["Last-Event-ID"].ToString()), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The reader has gone, or the server goes: the stream just ends, and the reader comes back.
        }
    }

    private async Task Follow(HttpResponse response, SessionMark known, CancellationToken end)
    {
        while (true)
        {
            await response.Body.FlushAsync(end);
            var seen = await session.Watch(known, Heartbeat).WaitAsync(end);
            var mark = SessionMark.Of(seen);
            if (mark == known || seen.State is not Session.Opened opened)
            {
                await response.WriteAsync(": still here\n\n", end);
                continue;
            }

            known = mark;
            var view = SessionViews.For(reader, opened, seen.Version);
            await response.WriteAsync("event: checkout_session.updated\ndata: ", end);
            await response.Body.WriteAsync(JsonAnswers.Json(view, SessionJson.Default.SessionView), end);
            await response.WriteAsync($"\nid: {mark.Version}.{mark.Happenings}\n\n", end);
        }
    }

    /// <summary>What the reader says it knows; nothing where it says something else.</summary>
    private static SessionMark MarkOf(string lastEventId) =>
        lastEventId.Split('.') is [var version, var happenings]
        && long.TryParse(version, out var counted) && int.TryParse(happenings, out var happened)
            ? new SessionMark(counted, happened)
            : default;
}
