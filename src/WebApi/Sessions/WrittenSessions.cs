using System.Runtime.CompilerServices;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>
/// Sessions as JSON, written once for whoever polls and until something changes. A snapshot never does: what was
/// written of it goes with it when its grain forgets it.
/// </summary>
internal static class WrittenSessions
{
    private static readonly ConditionalWeakTable<Snapshot<Session>, Shown> Known = [];

    /// <summary>The view of a session that is there for the viewer, with nothing expanded.</summary>
    public static ReadOnlyMemory<byte> Json(CallerKind viewer, Snapshot<Session> snapshot)
    {
        if (Known.TryGetValue(snapshot, out var shown) && shown.Viewer == viewer) return shown.Json;
        var view = SessionViews.For(viewer, (Session.Opened)snapshot.State, snapshot.Version);
        var json = JsonAnswers.Json(view, SessionJson.Default.SessionView).ToArray();
        Known.AddOrUpdate(snapshot, new Shown(viewer, json));
        return json;
    }

    private sealed record Shown(CallerKind Viewer, byte[] Json);
}
