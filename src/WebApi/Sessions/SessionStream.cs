using System.Globalization;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>The event stream of a session's changes. Its last event shows the session as paid or ended.</summary>
internal sealed class SessionStream(
    ICheckoutSessionGrain session, CallerKind reader, SessionMark known, TimeProvider clock,
    CancellationToken stopping)
    : EventStream("session stream", stopping)
{
    protected override async Task Follow(HttpContext http, CancellationToken end)
    {
        var response = http.Response;
        var last = known;
        while (true)
        {
            await response.Body.FlushAsync(end);
            if (await session.Changed(last, Heartbeat, clock, end) is not { State: Session.Opened opened } seen)
            {
                await response.WriteAsync(": still here\n\n", end);
                continue;
            }

            last = SessionMark.Of(seen);
            var view = SessionViews.For(reader, opened, seen.Version);
            await response.WriteAsync("event: checkout_session.updated\ndata: ", end);
            await response.Body.WriteAsync(JsonAnswers.Json(view, SessionJson.Default.SessionView), end);
            await response.WriteAsync($"\nid: {last.Version}.{last.TimelineEntries}\n\n", end);
            if (HasEnded(opened)) return;
        }
    }

    /// <summary>Nothing that a caller waits for happens after this.</summary>
    public static bool HasEnded(Session.Opened session) => session is not Session.Pending;

    /// <summary>The state that the client has according to Last-Event-ID; null if no stream gave it out.</summary>
    public static SessionMark? MarkOf(string lastEventId)
    {
        if (lastEventId.Length is 0) return default(SessionMark);
        return lastEventId.Split('.') is [var version, var entries]
            && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var counted)
            && int.TryParse(entries, NumberStyles.None, CultureInfo.InvariantCulture, out var happened)
                ? new SessionMark(counted, happened)
                : null;
    }
}
