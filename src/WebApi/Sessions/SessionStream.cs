using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>A session as it changes.</summary>
internal sealed class SessionStream(ICheckoutSession session, CallerKind reader, CancellationToken stopping)
    : EventStream("session stream", stopping)
{
    protected override async Task Follow(HttpContext http, CancellationToken end)
    {
        var response = http.Response;
        var known = MarkOf(http.Request.Headers["Last-Event-ID"].ToString());
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
