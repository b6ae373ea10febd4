using System.Collections.Concurrent;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Grains;

/// <summary>
/// The sessions that are in this process's memory, for reads and waits that need no turn of their grain: a kiosk asks
/// every few seconds, and a grain call is a third of what it costs to answer. In a process without a silo there are
/// none.
/// </summary>
public sealed class SessionsInMemory(TimeProvider clock, TimerWheel wheel)
{
    /// <summary>
    /// For this long a read is answered from memory alone. After that the rows are read again: another silo may have
    /// an activation too for some seconds, and a grain whose commit changed this session may fail to notify it.
    /// </summary>
    internal static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, Actor<Session>> sessions = new();

    /// <summary>
    /// What <see cref="ICheckoutSessionGrain.Read"/> would answer without reading the rows; null where only the grain
    /// can say.
    /// </summary>
    public Snapshot<Session>? Find(Guid id)
    {
        var now = clock.GetUtcNow();
        return sessions.TryGetValue(id, out var actor)
            && actor.KnownSince(now - Trusted) is { State: Session.Opened session } snapshot
            && !(session.Deadline <= now)
            && session is not Session.Pending { Follows: true }
                ? snapshot
                : null;
    }

    /// <summary>
    /// Completes when a session that waits for its payment may be another than the one that is known, or when the
    /// moment has come; null where only the grain can say, or where the session is another already.
    /// </summary>
    public Task? Change(Guid id, SessionMark known, DateTimeOffset until)
    {
        if (wheel.IsStopped || !sessions.TryGetValue(id, out var actor)) return null;
        var change = actor.NextChange;
        // Looked at after the change is awaited: whatever happens from here on completes it.
        return sessions.TryGetValue(id, out var still) && ReferenceEquals(still, actor)
            && actor.InMemory is { State: Session.Pending { Follows: false, Deadline: { } deadline } } snapshot
            && SessionMark.Of(snapshot) == known
            && deadline > clock.GetUtcNow()
                ? Task.WhenAny(change, wheel.Until(deadline < until ? deadline : until))
                : null;
    }

    internal void Add(Guid id, Actor<Session> session) => sessions[id] = session;

    internal void Remove(Guid id, Actor<Session> session)
    {
        sessions.TryRemove(new(id, session));
        session.EndWaits();
    }
}
