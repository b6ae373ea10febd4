using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What only somebody sees who remembers: a link that is closed opens nothing.</summary>
internal sealed class LinkHistory
{
    public const string Name = "a link opens sessions while it is on, and in its time";

    private readonly HashSet<Guid> seen = [];

    public string? Contradiction(MemoryDatabase rows)
    {
        if (rows.LinkSessions.Count == seen.Count) return null;
        foreach (var (session, taken) in rows.LinkSessions)
        {
            if (!seen.Add(session)) continue;
            var link = rows.Links[taken.LinkId];
            if (!link.Active) return $"{session} was opened from {link.Id}, which is off";
            if (rows.Session(session)?.Row.OpenedAt >= link.Terms.ExpiresAt)
                return $"{session} was opened from {link.Id} after {link.Terms.ExpiresAt}";
        }

        return null;
    }
}
