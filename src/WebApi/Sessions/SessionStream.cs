using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>The event stream of a session's changes.</summary>
internal sealed class SessionStream(
    ICheckoutSessionGrain session, CallerKind reader, TimeProvider clock, CancellationToken stopping)
    : EventStream("session stream", stopping)
{
    protected override async Task Follow(HttpContext http, CancellationToken end)
    {
        var response = http.Response;
        var known = MarkOf(http.Request.Headers["Last-Event-ID"].ToString());
        while (true)
        {
            await response.Body.FlushAsync(end);
            if (await session.Changed(known, Heartbeat, clock, end) is not { State: Session.Opened opened } seen)
            {
                await response.WriteAsync(": still here\n\n", end);
                continue;
            }

            known = SessionMark.Of(seen);
            var view = SessionViews.For(reader, opened, seen.Version);
            await response.WriteAsync("event: checkout_session.updated\ndata: ", end);
            await response.Body.WriteAsync(JsonAnswers.Json(view, SessionJson.Default.SessionView), end);
            await response.WriteAsync($"\nid: {known.Version}.{known.TimelineEntries}\n\n", end);
        }
    }

    /// <summary>The state that the client has according to Last-Event-ID; none if the value is not valid.</summary>
    private static SessionMark MarkOf(string lastEventId) =>
        lastEventId.Split('.') is [var version, var entries]
        && long.TryParse(version, out var counted) && int.TryParse(entries, out var happened)
            ? new SessionMark(counted, happened)
            : default;
}
