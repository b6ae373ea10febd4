using JikoXpress.Domain;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.Invariants;
using JikoXpress.Testing.Memory;

namespace JikoXpress.Simulation.Campaigns;

/// <summary>What happened in the runs, so that a campaign in which something never happened cannot pass.</summary>
internal sealed class Census
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public int WebhooksRefused { get; set; }

    public Dictionary<CrashPoint, long> Passes { get; } = [];

    public Dictionary<CrashPoint, long> Deaths { get; } = [];

    /// <summary>Everything counted, by name.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    public void Count(string what, long times = 1) => counts[what] = counts.GetValueOrDefault(what) + times;

    public void Count(CommitAnswer answer, int batch)
    {
        Count($"commits answered {answer.GetType().Name}");
        if (batch > 1) Count("commits in a group");
    }

    public void Count(Fault fault) => Count($"faults {fault}");

    public void Passed(CrashPoint point) => Passes[point] = Passes.GetValueOrDefault(point) + 1;

    public void Died(CrashPoint point) => Deaths[point] = Deaths.GetValueOrDefault(point) + 1;

    /// <summary>What became of the sessions, when a run is over.</summary>
    public void Count(MemoryDatabase rows)
    {
        foreach (var row in rows.Sessions)
        {
            Count($"sessions {row.Status}");
            if (row.Session is { Leads: true, Opening.Group.Sessions.Count: > 1 }) Count($"groups {row.Status}");
            foreach (var entry in row.Session.Timeline)
                Count($"happened {entry.What} by {entry.By.Kind}");
            if (row.Session is { Follows: true } and Session.Confirmed { OrderState.Refunds.Count: > 0 })
                Count("refunds of a share");
        }

        foreach (var bill in rows.Bills.Select(row => row.Bill))
        {
            Count($"bills {bill.Status}");
            foreach (var entry in bill.Timeline) Count($"bill happened {entry.What}");
            foreach (var line in bill.Lines)
            {
                if (line.Voided is { } voided)
                    Count(voided.Restocked ? "dishes voided before they were begun" : "dishes voided too late");
            }
        }

        CountMerchants(rows);
        Count("orders", rows.Orders.Count);
        Count("phones rung", rows.Attempts.Count);
        Count("refunds done", rows.Refunds.Count(refund => refund.Done));
        Count("payments parked", rows.Postings.Count(posting => posting.Transfer.Step == LedgerStep.Park));
        Count("late money", rows.Events.Count(row => row.Event is KitchenEvent.PaymentInSuspense { Why: "LATE" }));
        Count("operations kept", rows.Operations.Count);
        Count("webhooks refused", WebhooksRefused);
    }

    private void CountMerchants(MemoryDatabase rows)
    {
        foreach (var link in rows.LinkSessions.Values) Count($"link sessions {link.State}");
        foreach (var row in rows.Sessions.Where(row => row.Row.Channel is Channel.Hosted))
        {
            Count($"sessions of shops {row.Status}");
            if (row.Session.Opening.Hosted is not { Subscription.Number: > 1 }) continue;
            Count($"periods {row.Status}");
            var asks = PaymentLaws.AttemptsOf(row.Session).Count();
            if (asks > 1) Count("periods asked for more than once");
        }

        foreach (var row in rows.Subscriptions)
        {
            Count($"subscriptions {row.Subscription.Status}");
            if (row.Subscription.Number > row.Subscription.Begun) Count("periods left out by a pause");
        }

        foreach (var posting in rows.Postings.Where(posting => posting.Transfer.Step is LedgerStep.Commission))
            Count(posting.Transfer.Part < 2 ? "commissions taken" : "commissions given back");
    }

    public void Add(Census other)
    {
        foreach (var (what, times) in other.counts) Count(what, times);
        foreach (var (point, times) in other.Passes) Passes[point] = Passes.GetValueOrDefault(point) + times;
        foreach (var (point, times) in other.Deaths) Deaths[point] = Deaths.GetValueOrDefault(point) + times;
    }
}
