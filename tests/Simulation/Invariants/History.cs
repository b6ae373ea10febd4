using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Invariants;

/// <summary>What only somebody sees who remembers: nothing goes back, and what is over stays over.</summary>
internal sealed class History
{
    public const string Name = "what is over stays over, and versions only grow";

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
