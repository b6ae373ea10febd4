using JikoXpress.Simulation.Faults;
using JikoXpress.Simulation.PlantedBugs;

namespace JikoXpress.Simulation.Campaigns;

/// <summary>
/// Many runs of the product as it is. It passes when no law was broken and everything that is to be withstood came to
/// pass: without confirmations, without lost answers, or with a point at which no host ever died, it says nothing.
/// </summary>
internal sealed class Campaign
{
    private static readonly string[] MustHappen =
    [
        "sessions Confirmed", "sessions Expired", "sessions Failed", "sessions Cancelled", "late money", "refunds done",
        "commits answered VersionConflict", "commits answered NumberTaken", "commits answered InsufficientStock",
        "commits answered InsufficientFunds", "commits in a group", "faults CommitLostBefore", "faults CommitLostAfter",
        "faults CommitLate", "answers replayed", "unanswered HostDiedException", "webhooks taken", "webhooks refused",
        "refused insufficient-stock", "refused slip-expired", "refused already-confirmed",
        "groups Confirmed", "groups Expired", "groups Failed", "groups Cancelled", "refused session-in-group",
        "refused cart-checkout-in-progress", "refunds of a share", "happened OrderRefunded by Staff",
        "refused refund-exceeds-paid", "refused refund-exceeds-items",
        "bills Paid", "bills Void", "bills Merged", "bills WrittenOff", "bills paid by two at once",
        "bill happened RoundAdded", "bill happened PaymentReceived", "bill happened PaymentFailed",
        "bill happened Split", "bill happened Transferred", "bill happened MergedIn", "bill happened LineVoided",
        "dishes voided before they were begun", "dishes voided too late",
        "refused bill-not-open", "refused bill-payment-in-progress", "refused order-on-bill", "refused bill-part-paid",
        "happened OrderApproved by Staff", "happened OrderApproved by Clock", "happened OrderRejected by Staff",
        "happened OrderRejected by Clock", "happened ApprovalOverdue by Clock", "orders answered by two at once",
        "refused order-answered", "refused order-needs-approval",
        "refused phone-busy",
        "refused payment-link-full", "refused payment-link-closed", "link sessions Paid", "link sessions Ended",
        "sessions of shops Confirmed", "commissions taken", "commissions given back",
        "periods Confirmed", "periods Expired", "periods asked for more than once", "periods paid by hand",
        "subscriptions Ended", "subscriptions Cancelled", "subscriptions asked to pause: yes",
        "subscriptions asked to resume: yes", "subscriptions asked to cancel: yes", "periods left out by a pause",
        "refused request-in-progress", "unanswered TimeoutException", "unanswered SiloUnavailableException",
        "faults DuplicateActivation", "faults CallLost", "faults CallAnswerLost", "faults ReminderLate",
        "faults ReminderTwice", "faults ReminderLost", "faults ActivationMoves",
        "pushes at clickpesa", "pushes at azampay", "pushes at snippe", "pushes at pawapay",
        "pushes answered ServerError", "pushes answered Silence", "pushes answered Refusal",
        "flaws OtherCurrency", "flaws OtherName", "flaws BadSignature", "flaws NoSignature", "flaws StaleTime",
        "flaws RepeatedNextDay", "flaws UnknownWord", "payments made again", "payments reversed", "tokens revoked",
        "keys rotated", "webhooks signed by a stranger", "webhooks not signed", "webhooks old", "webhooks repeated",
        "webhooks altered", "webhooks to another path", "webhooks with the receipt of another payment",
        "webhooks of nobody's money",
    ];

    private readonly List<Verdict> broken = [];

    public Census Census { get; } = new();

    public IReadOnlyList<Verdict> Broken => broken;

    public int Runs { get; private set; }

    public long Events { get; private set; }

    public TimeSpan VirtualTime { get; private set; }

    /// <summary>What should have happened in so many runs, and did not.</summary>
    public IEnumerable<string> Missing =>
    [
        .. MustHappen.Where(what => Census.Counts.GetValueOrDefault(what) == 0),
        .. CrashPoint.All
            .Where(point => !Census.Deaths.ContainsKey(point))
            .Select(point => $"a host that dies {point}"),
    ];

    public void Add(Verdict verdict)
    {
        Runs++;
        Events += verdict.Events;
        VirtualTime += verdict.VirtualTime;
        Census.Add(verdict.Census);
        if (verdict.Finding is not null) broken.Add(verdict);
    }

    /// <summary>Runs seeds, as many at a time as there are processors; each of them on one thread.</summary>
    public static Campaign Of(ulong first, int seeds, Action<Campaign, Verdict>? progress = null)
    {
        var campaign = new Campaign();
        var adding = new Lock();
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
        {
            var verdict = Run.Of(first + (ulong)index);
            lock (adding)
            {
                campaign.Add(verdict);
                progress?.Invoke(campaign, verdict);
            }
        });
        return campaign;
    }

    /// <summary>The first seed that shows a planted bug; null when none of so many does.</summary>
    public static Verdict? Catch(PlantedBug bug, ulong first, int seeds)
    {
        for (var index = 0; index < seeds; index++)
        {
            if (Run.Of(first + (ulong)index, bug) is { Finding: not null } caught) return caught;
        }

        return null;
    }
}
