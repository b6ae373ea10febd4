using System.Collections.Immutable;

namespace JikoXpress.Domain.Sessions;

/// <summary>
/// A line of a timeline as it is kept: when and by whom only where they are not those of the line before, or for the
/// first line those of the opening. A sale that is paid at once has two lines of one word each.
/// </summary>
internal sealed record KeptHappening(HappeningKind What, DateTimeOffset? At, Caller? By)
{
    public static Sequence<KeptHappening> Shorten(SessionOpening opening, Sequence<Happening> timeline)
    {
        var kept = ImmutableArray.CreateBuilder<KeptHappening>(timeline.Count);
        var (at, by) = (opening.OpenedAt, opening.OpenedBy);
        foreach (var line in timeline)
        {
            kept.Add(new KeptHappening(
                line.What, line.At == at ? null : line.At, line.By == by ? null : line.By));
            (at, by) = (line.At, line.By);
        }

        return new Sequence<KeptHappening>(kept.MoveToImmutable());
    }

    public static Sequence<Happening> Restore(SessionOpening opening, Sequence<KeptHappening> kept)
    {
        var timeline = ImmutableArray.CreateBuilder<Happening>(kept.Count);
        var (at, by) = (opening.OpenedAt, opening.OpenedBy);
        foreach (var line in kept)
        {
            (at, by) = (line.At ?? at, line.By ?? by);
            timeline.Add(new Happening(line.What, at, by));
        }

        return new Sequence<Happening>(timeline.MoveToImmutable());
    }
}
