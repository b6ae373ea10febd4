using JikoXpress.Domain;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What only somebody sees who remembers: nothing goes back, and what is over stays over.</summary>
internal sealed class History
{
    public const string Name = "what is over stays over, and versions only grow";

    private readonly Dictionary<Guid, SessionInRows> seen = [];

    public string? Contradiction(MemoryDatabase rows)
    {
        foreach (var session in rows.Sessions)
        {
            if (seen.TryGetValue(session.Id, out var before))
            {
                if (ReferenceEquals(before, session)) continue;
                if (session.Version <= before.Version)
                    return $"{session.Id} went from v{before.Version} to v{session.Version}";
                if (before.Status != SessionStatus.PendingPayment && session.Status != before.Status)
                    return $"{session.Id} was {before.Status}, and is {session.Status}";
                if (session.Session.Timeline.Count < before.Session.Timeline.Count)
                    return $"{session.Id} forgot what had happened";
            }

            seen[session.Id] = session;
        }

        return seen.Count == rows.Sessions.Count ? null : "a session is gone";
    }
}
