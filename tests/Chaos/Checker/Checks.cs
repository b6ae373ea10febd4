namespace JikoXpress.Chaos.Checker;

/// <summary>The promises, each with the arithmetic that would find it broken.</summary>
internal static class Checks
{
    private const int MostShown = 5;

    public static IReadOnlyList<(string Name, Func<Evidence, IEnumerable<string>> Find)> All { get; } =
    [
        ("acknowledged-is-there",  SessionChecks.AcknowledgedIsThere),
        ("nothing-unheard-of",     SessionChecks.NothingUnheardOf),
        ("one-order-each",         SessionChecks.OneOrderEach),
        ("told-once",              SessionChecks.ToldOnce),
        ("nothing-overdue",        SessionChecks.NothingOverdue),
        ("all-accounted-for",      MoneyChecks.AllAccountedFor),
        ("paid-is-total",          MoneyChecks.PaidIsTotal),
        ("takings-as-told",        MoneyChecks.TakingsAsTold),
        ("drawers-as-told",        MoneyChecks.DrawersAsTold),
        ("wallets-as-told",        MoneyChecks.WalletsAsTold),
        ("nothing-left-behind",    MoneyChecks.NothingLeftBehind),
        ("plates-add-up",          ItemChecks.AddUp),
        ("plates-as-told",         ItemChecks.AsTold),
        ("plates-of-sessions",     ItemChecks.OfSessions),
        ("charged-at-most-once",   PhoneChecks.ChargedAtMostOnce),
        ("paid-what-counted",      PhoneChecks.PaidWhatCounted),
        ("webhooks-kept",          PhoneChecks.WebhooksKept),
        ("inbox-drained",          PhoneChecks.InboxDrained),
        ("refunds-done",           PhoneChecks.RefundsDone),
    ];

    /// <summary>All that is wrong, with some of its evidence.</summary>
    public static IReadOnlyList<Violation> Run(Evidence evidence) =>
    [
        .. All.SelectMany(check => check.Find(evidence).Take(MostShown)
            .Select(found => new Violation(check.Name, found))),
        // What clients met on their way: "check: evidence".
        .. evidence.Journal.Complaints.Select(complaint => complaint.Split(": ", 2))
            .Select(parts => new Violation(parts[0], parts[^1])),
    ];
}
