using System.Runtime.CompilerServices;
using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.WebApi.Answers;

namespace JikoXpress.WebApi.Sessions;

/// <summary>
/// Caches the JSON of sessions for callers that poll. A snapshot is immutable, so its JSON stays valid, and is
/// collected together with the snapshot when the grain drops it.
/// </summary>
internal static class WrittenSessions
{
    private static readonly ConditionalWeakTable<Snapshot<Session>, Shown> Known = [];

    /// <summary>The JSON view of the session for this kind of caller, with nothing expanded.</summary>
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
