using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What only somebody sees who remembers: nothing goes back, and what is over stays over.</summary>
internal sealed class History
{
    public const string Name = "what is over stays over, versions only grow, and the clock is neither early nor late";

    /// <summary>
    /// A deadline is seen to long before, whatever fails: a sweep of all kitchens, which may fail as well, comes every
    /// minute.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(3);

    private readonly Dictionary<Guid, SessionInRows> seen = [];
    private readonly Dictionary<Guid, BillInRows> bills = [];

    private readonly Dictionary<Guid, List<(long Version, DateTimeOffset At)>> versions = [];

    /// <summary>The version that a session had at a moment; 0 where there was none.</summary>
    public long VersionAt(Guid session, DateTimeOffset moment) =>
        versions.TryGetValue(session, out var known) ? known.FindLast(one => one.At <= moment).Version : 0;

    public string? Contradiction(MemoryDatabase rows, DateTimeOffset now)
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
                if (before.Row.Deadline + Late < now)
                    return $"nobody saw to {session.Id}, whose time was over at {before.Row.Deadline}";
                if (before.Status != session.Status && session.Session.Timeline[^1].By.Kind is CallerKind.Clock
                    && now < before.Row.Deadline)
                    return $"{session.Id} was ended by the clock before {before.Row.Deadline}";
            }

            if (before is null) versions.Add(session.Id, []);
            versions[session.Id].Add((session.Version, now));
            seen[session.Id] = session;
        }

        return seen.Count == rows.Sessions.Count ? OfBills(rows) : "a session is gone";
    }

    private string? OfBills(MemoryDatabase rows)
    {
        foreach (var bill in rows.Bills)
        {
            if (bills.TryGetValue(bill.Bill.Id, out var before))
            {
                if (ReferenceEquals(before, bill)) continue;
                if (bill.Version <= before.Version)
                    return $"{bill.Bill.Id} went from v{before.Version} to v{bill.Version}";
                if (before.Bill.Status is not (BillStatus.Open or BillStatus.PaymentPending)
                    && bill.Bill.Status != before.Bill.Status)
                    return $"{bill.Bill.Id} was {before.Bill.Status}, and is {bill.Bill.Status}";
                if (bill.Bill.Timeline.Count < before.Bill.Timeline.Count)
                    return $"{bill.Bill.Id} forgot what had happened";
            }

            bills[bill.Bill.Id] = bill;
        }

        return bills.Count == rows.Bills.Count ? null : "a bill is gone";
    }
}
