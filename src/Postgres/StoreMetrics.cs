using System.Diagnostics;
using System.Diagnostics.Metrics;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres;

/// <summary>Metrics and spans of the store.</summary>
public static class StoreMetrics
{
    public const string Name = "JikoXpress.Postgres";

    private static readonly Meter Meter = new(Name);
    private static readonly ActivitySource Source = new(Name);

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "jiko.commit.batch.size", "{commit}", "Commits that shared a transaction.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "jiko.commit.duration", "s", "From a commit's being handed over to its answer, waiting included.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "jiko.commit.conflicts", "{commit}", "Commits that the rows refused, by what was in the way.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "jiko.store.refusals", "{write}", "Writes that the database did not take, by what was wrong with it.");

    private static readonly Gauge<long> Writable = Meter.CreateGauge<long>(
        "jiko.store.writable", "1", "1 while the database takes writes, 0 while it does not.");

    private static readonly Gauge<long> InboxDepth = Meter.CreateGauge<long>(
        "jiko.inbox.depth", "{event}", "Webhooks that are kept and not dealt with.");

    private static readonly Gauge<double> InboxAge = Meter.CreateGauge<double>(
        "jiko.inbox.age", "s", "How long the oldest of them has waited.");

    private static readonly Gauge<double> DeadlineLag = Meter.CreateGauge<double>(
        "jiko.deadline.lag", "s", "How long ago the oldest deadline was that nobody has seen to.");

    private static readonly Gauge<long> AttemptsOpen = Meter.CreateGauge<long>(
        "jiko.payment.attempts.open", "{attempt}", "Payments by phone whose end is not known.");

    private static readonly Counter<long> PrunedRows = Meter.CreateCounter<long>(
        "jiko.retention.rows", "{row}", "Rows that were removed, or lost a phone, because their time was over.");

    private static readonly Gauge<double> OldestRow = Meter.CreateGauge<double>(
        "jiko.retention.oldest.age", "s", "How old the oldest row was that the last pass left.");

    private static readonly Gauge<double> LastPass = Meter.CreateGauge<double>(
        "jiko.retention.pass.age", "s", "How long ago the last whole pass over a table ended.");

    private static readonly Gauge<long> ExceptionsOpen = Meter.CreateGauge<long>(
        "jiko.payment.exceptions.open", "{payment}", "Payments by phone that wait for a person.");

    private static readonly Gauge<long> RefundsRefused = Meter.CreateGauge<long>(
        "jiko.payment.refunds.refused", "{refund}", "Refunds that the aggregator has refused seven times or more.");

    private static readonly Gauge<long> AttemptsUnresolved = Meter.CreateGauge<long>(
        "jiko.payment.attempts.unresolved", "{attempt}", "Pushes to phones whose end is not known after an hour.");

    private static readonly Gauge<long> WebhooksWaiting = Meter.CreateGauge<long>(
        "jiko.webhook.waiting", "{delivery}", "Webhooks to merchants that are not delivered, retries included.");

    private static readonly Gauge<double> WebhookLag = Meter.CreateGauge<double>(
        "jiko.webhook.lag", "s", "How long a webhook to a receiver that works has been due.");

    /// <summary>Whether a metrics listener is on; counting the backlog costs a query.</summary>
    internal static bool BacklogIsWatched => InboxDepth.Enabled;

    internal static void Refused(string reason) =>
        Refusals.Add(1, new KeyValuePair<string, object?>("jiko.store.fault", reason));

    internal static void TakesWrites(bool does) => Writable.Record(does ? 1 : 0);

    internal static void Backlog(Backlog backlog)
    {
        InboxDepth.Record(backlog.Events);
        InboxAge.Record(backlog.OldestEvent.TotalSeconds);
        DeadlineLag.Record(backlog.OldestDeadline.TotalSeconds);
        AttemptsOpen.Record(backlog.Attempts);
        ExceptionsOpen.Record(backlog.Exceptions);
        RefundsRefused.Record(backlog.RefusedRefunds);
        AttemptsUnresolved.Record(backlog.UnresolvedAttempts);
        WebhooksWaiting.Record(backlog.Webhooks);
        WebhookLag.Record(backlog.OldestWebhook.TotalSeconds);
    }

    internal static bool RetentionIsWatched => OldestRow.Enabled;

    internal static void Pruned(string table, long rows)
    {
        if (rows > 0) PrunedRows.Add(rows, Table(table));
    }

    internal static void OldestKept(string table, TimeSpan age) => OldestRow.Record(age.TotalSeconds, Table(table));

    internal static void Passed(string table, TimeSpan ago) => LastPass.Record(ago.TotalSeconds, Table(table));

    private static KeyValuePair<string, object?> Table(string name) => new("jiko.table", name);

    internal static void Answered(CommitAnswer answer, long since)
    {
        if (Duration.Enabled) Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
        if (!Conflicts.Enabled) return;
        var conflict = answer switch
        {
            CommitAnswer.VersionConflict => "version",
            CommitAnswer.InsufficientStock => "stock",
            CommitAnswer.InsufficientFunds => "funds",
            CommitAnswer.NumberTaken => "number",
            CommitAnswer.PhoneBusy or CommitAnswer.PhoneAskedTooOften => "phone",
            CommitAnswer.LinkFull or CommitAnswer.LinkClosed => "link",
            _ => null,
        };
        if (conflict is not null) Conflicts.Add(1, new KeyValuePair<string, object?>("jiko.commit.conflict", conflict));
    }

    /// <summary>
    /// The span of a transaction. It has no parent; it is linked to the spans of the commands that share it.
    /// </summary>
    internal static Activity? Batch(int size, IEnumerable<ActivityContext> commands)
    {
        BatchSize.Record(size);
        if (!Source.HasListeners()) return null;
        var links = commands.Where(command => command != default).Select(command => new ActivityLink(command));
        var span = Source.StartActivity("commit batch", ActivityKind.Client, parentContext: default, links: links);
        return span?.SetTag("db.system.name", "postgresql").SetTag("db.operation.batch.size", size);
    }
}

/// <summary>
/// Waiting work: webhooks in and out, deadlines, open payment attempts, and what waits for people.
/// </summary>
internal sealed record Backlog(
    long Events, TimeSpan OldestEvent, TimeSpan OldestDeadline, long Attempts, long Exceptions, long RefusedRefunds,
    long UnresolvedAttempts, long Webhooks, TimeSpan OldestWebhook);
