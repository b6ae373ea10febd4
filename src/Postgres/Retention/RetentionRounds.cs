using JikoXpress.Grains;
using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres.Retention;

/// <summary>
/// Removes what has been kept long enough, and takes guests' phones out of what stays. Every host looks each hour; one
/// of them at a time does it, and each table is walked once a day.
/// </summary>
internal sealed class RetentionRounds(
    JikoDatabase database, RetentionSettings settings, TimeProvider clock, ILogger<RetentionRounds> log)
    : Recurring(TimeSpan.FromHours(1), clock, log)
{
    /// <summary>Below a day, so that a pass is made at the same time of each day and does not wander.</summary>
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromHours(23);

    private const string Turn = "hashtextextended('jiko retention', 0)";

    private const string Done = "SELECT subject, finished_at, oldest FROM jiko.retention_pass";

    private const string Note = """
        INSERT INTO jiko.retention_pass (subject, finished_at, oldest) VALUES ($1, $2, $3)
        ON CONFLICT (subject) DO UPDATE SET finished_at = excluded.finished_at, oldest = excluded.oldest
        """;

    /// <summary>What is removed or changed, by table. What is not here stays.</summary>
    private IReadOnlyList<(string Subject, Pass Pass)> Passes { get; } =
    [
        ("event", new EventPass(settings.Events)),
        ("operation", new BlockPass("jiko.operation", settings.Answers, "t.at")),
        // An aggregator that sends one again after that is heard again, and changes nothing: money counts once, by its
        // reference and its receipt, which stay.
        ("payment_inbox", new BlockPass(
            "jiko.payment_inbox", settings.Webhooks, "t.received_at",
            Over: "NOT EXISTS (SELECT FROM jiko.payment_inbox_waiting w WHERE w.id = t.id)")),
        // What waits for a disabled subscription waits no longer than that.
        ("webhook_delivery", new BlockPass(
            "jiko.webhook_delivery", settings.Deliveries, "coalesce(t.done_at, t.created_at)",
            Over: """
                (t.state <> 'PENDING' OR NOT EXISTS (
                    SELECT FROM jiko.webhook_subscription s WHERE s.id = t.subscription_id AND s.enabled))
                """)),
        // least ignores NULL: a token that neither expires nor was revoked has no end.
        ("credential", new BlockPass("jiko.credential", settings.Tokens, "least(t.expires_at, t.revoked_at)")),
        ("pairing_code", new BlockPass("jiko.pairing_code", settings.Tokens, "t.expires_at")),
        ("wallet_authorization", new BlockPass("jiko.wallet_authorization", settings.Tokens, "t.expires_at")),
        // A code pays once: that it has stays known for as long as there is the code.
        ("wallet_authorization_spent", new BlockPass(
            "jiko.wallet_authorization_spent", settings.Tokens,
            "(SELECT max(l.at) FROM jiko.ledger_transfer l WHERE l.leg_id = t.leg_id)",
            Over: """
                NOT EXISTS (SELECT FROM jiko.wallet_authorization w WHERE w.id = t.authorization_id)
                """)),
        ("phones of payment_attempt", new BlockPass(
            "jiko.payment_attempt", settings.Phones, "t.started_at",
            Over: """
                (t.phone IS NOT NULL OR t.paid_by IS NOT NULL)
                    AND t.state <> 'SENT' AND t.next_look_at IS NULL AND t.parked IS NULL
                """,
            Change: "phone = NULL, paid_by = NULL")),
        ("phones of payment_refund", new BlockPass(
            "jiko.payment_refund", settings.Phones,
            "(SELECT s.opened_at FROM jiko.checkout_session s WHERE s.id = t.session_id)",
            Over: "t.phone IS NOT NULL AND (t.done OR t.settled_as IS NOT NULL) AND t.check_at IS NULL",
            Change: "phone = NULL")),
        // What has settled itself has no time of its own.
        ("phones of payment_exception", new BlockPass(
            "jiko.payment_exception", settings.Phones, "coalesce(t.decided_at, t.seen_at)",
            Over: """
                (t.phone IS NOT NULL OR t.decided_phone IS NOT NULL)
                    AND NOT EXISTS (SELECT FROM jiko.waiting_payment_exception w WHERE w.id = t.id)
                    AND NOT EXISTS (
                        SELECT FROM jiko.payment_return r WHERE r.exception_id = t.id AND r.state = 'PENDING')
                """,
            Change: "phone = NULL, decided_phone = NULL")),
        ("phones of subscription", new BlockPass(
            "jiko.subscription", settings.Phones, "t.ended_at", Over: "t.phone IS NOT NULL", Change: "phone = NULL")),
        ("phones of checkout_session", new SessionPhonePass(settings.Phones)),
    ];

    internal Pace Pace { get; init; } = Pace.Usual;

    /// <summary>Walks the tables whose turn it is. False if another host is at it.</summary>
    public async Task<bool> Run(CancellationToken stopping = default)
    {
        await using var connection = await database.Background.OpenConnectionAsync(stopping);
        if (!(await connection.Rows($"SELECT pg_try_advisory_lock({Turn})", row => row.GetBoolean(0))).Single())
            return false;
        try
        {
            var done = await Finished(connection);
            foreach (var (subject, pass) in Passes)
            {
                if (done.Any(last => last.Subject == subject && Clock.GetUtcNow() - last.At < BetweenPasses)) continue;
                try
                {
                    var oldest = await Walk(connection, subject, pass, stopping);
                    await connection.Run(
                        Note, Sql.Of(subject), Sql.Of(Clock.GetUtcNow()), Sql.Of<DateTime?>(oldest?.UtcDateTime));
                }
                catch (PostgresException failure)
                {
                    // The server refused a statement, such as one that took too long: the other tables have their turn.
                    Log.PassFailed(log, failure, subject);
                }
            }

            return true;
        }
        finally
        {
            // The pool does not reset connections: the lock would stay. A broken connection has lost it.
            if (connection.State is System.Data.ConnectionState.Open)
                await connection.Run($"SELECT pg_advisory_unlock({Turn})");
        }
    }

    protected override async Task Round(CancellationToken stopping)
    {
        try
        {
            await Run(stopping);
        }
        finally
        {
            // After a failure, too: that the last pass was long ago is then what somebody has to hear.
            if (StoreMetrics.RetentionIsWatched) await Tell(stopping);
        }
    }

    private async Task Tell(CancellationToken stopping)
    {
        await using var connection = await database.Background.OpenConnectionAsync(stopping);
        var now = Clock.GetUtcNow();
        foreach (var pass in await Finished(connection))
        {
            StoreMetrics.Passed(pass.Subject, now - pass.At);
            if (pass.Oldest is { } oldest) StoreMetrics.OldestKept(pass.Subject, now - oldest);
        }
    }

    private async Task<DateTimeOffset?> Walk(
        NpgsqlConnection connection, string subject, Pass pass, CancellationToken stopping)
    {
        DateTimeOffset? oldest = null;
        var rows = 0L;
        await foreach (var step in pass.Walk(connection, Clock.GetUtcNow() - pass.Kept, Pace))
        {
            rows += step.Rows;
            StoreMetrics.Pruned(subject, step.Rows);
            if (oldest is null || step.Oldest < oldest) oldest = step.Oldest ?? oldest;
            // Real time and not the test clock: it is the disk that is given a rest.
            await Task.Delay(Pace.Pause, stopping);
        }

        if (rows > 0) Log.Pruned(log, rows, subject);
        return oldest;
    }

    private static Task<List<Finished>> Finished(NpgsqlConnection connection) => connection.Rows(
        Done,
        row => new Finished(
            row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.Optional<DateTimeOffset>(2)));
}

/// <summary>The last whole pass over a table.</summary>
internal sealed record Finished(string Subject, DateTimeOffset At, DateTimeOffset? Oldest);
