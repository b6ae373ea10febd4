namespace JikoXpress.Postgres.Events;

/// <summary>
/// How far events may be read: up to the position before which no transaction can bring one any more. Positions are
/// given away while transactions run, and those end in any order.
/// </summary>
internal sealed class EventHorizon
{
    private long awaited;
    private HashSet<string> unfinished = [];

    public long Position { get; private set; }

    /// <summary>There is more, once certain transactions have ended.</summary>
    public bool IsAwaited => Position < awaited;

    /// <param name="last">The last position that was given away.</param>
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
