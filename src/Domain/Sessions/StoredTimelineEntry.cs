using System.Collections.Immutable;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// A timeline entry as it is stored. Time and caller are left out when they equal those of the entry before, or for the
/// first entry those of the opening. A sale that is paid at once has two entries of one word each.
/// </summary>
internal sealed record StoredTimelineEntry(TimelineEntryKind What, DateTimeOffset? At, Caller? By)
{
    public static Sequence<StoredTimelineEntry> Shorten(SessionOpening opening, Sequence<TimelineEntry> timeline)
    {
        var kept = ImmutableArray.CreateBuilder<StoredTimelineEntry>(timeline.Count);
        var (at, by) = (opening.OpenedAt, opening.OpenedBy);
        foreach (var line in timeline)
        {
            kept.Add(new StoredTimelineEntry(
                line.What, line.At == at ? null : line.At, line.By == by ? null : line.By));
            (at, by) = (line.At, line.By);
        }

        return new Sequence<StoredTimelineEntry>(kept.MoveToImmutable());
    }

    public static Sequence<TimelineEntry> Restore(SessionOpening opening, Sequence<StoredTimelineEntry> kept)
    {
        var timeline = ImmutableArray.CreateBuilder<TimelineEntry>(kept.Count);
        var (at, by) = (opening.OpenedAt, opening.OpenedBy);
        foreach (var line in kept)
        {
            (at, by) = (line.At ?? at, line.By ?? by);
            timeline.Add(new TimelineEntry(line.What, at, by));
        }

        return new Sequence<TimelineEntry>(timeline.MoveToImmutable());
    }
}
