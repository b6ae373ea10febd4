namespace JikoXpress.Postgres.Events;

/// <summary>
/// Computes how far events may be read: up to the position below which no open transaction can still add one.
/// Positions are assigned inside transactions, and transactions end in any order.
/// </summary>
internal sealed class EventHorizon
{
    private long awaited;
    private HashSet<string> unfinished = [];

    public long Position { get; private set; }

    /// <summary>More events can be read when certain transactions have ended.</summary>
    public bool IsAwaited => Position < awaited;

    /// <param name="last">The last position that was assigned.</param>
    /// <param name="writing">The transactions that were writing events after that.</param>
    public void Look(long last, IReadOnlySet<string> writing)
    {
        unfinished.IntersectWith(writing);
        if (unfinished.Count > 0) return;

        Position = writing.Count == 0 ? last : awaited;
        awaited = last;
        unfinished = [.. writing];
    }
}
