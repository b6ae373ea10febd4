using JikoXpress.Postgres.Reads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace JikoXpress.Postgres;

/// <summary>Counts the waiting work every 15 s, if a metrics listener is on.</summary>
internal sealed class BacklogWatch(JikoDatabase database, TimeProvider clock, ILogger<BacklogWatch> log)
    : BackgroundService
{
    private const string Waiting = """
        SELECT
            (SELECT count(*) FROM jiko.payment_inbox_waiting),
            (SELECT min(received_at) FROM jiko.payment_inbox JOIN jiko.payment_inbox_waiting USING (id)),
            (SELECT min(due.deadline) FROM jiko.kitchen kitchen CROSS JOIN LATERAL (
                SELECT session.deadline FROM jiko.checkout_session session
                WHERE session.kitchen_id = kitchen.id AND session.deadline <= $1
                ORDER BY session.deadline LIMIT 1) due),
            (SELECT count(*) FROM jiko.payment_attempt WHERE next_look_at IS NOT NULL),
            (SELECT count(*) FROM jiko.waiting_payment_exception),
            (SELECT count(*) FROM jiko.payment_refund WHERE NOT done AND settled_as IS NULL AND tries >= 7),
            (SELECT count(*) FROM jiko.payment_attempt
                WHERE state = 'SENT' AND phone IS NOT NULL AND started_at < $1 - interval '1 hour'
                    AND (looked_at IS NOT NULL OR next_look_at < $1)),
            (SELECT count(*) FROM jiko.webhook_delivery WHERE state = 'PENDING'),
            (SELECT min(d.next_try_at) FROM jiko.webhook_delivery d
                JOIN jiko.webhook_subscription s ON s.id = d.subscription_id
                WHERE d.state = 'PENDING' AND d.next_try_at <= $1 AND s.enabled
                    AND NOT EXISTS (SELECT FROM jiko.webhook_failing f WHERE f.subscription_id = s.id))
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!StoreMetrics.BacklogIsWatched) continue;
            try
            {
                StoreMetrics.Backlog(await Count(database.Background, clock.GetUtcNow()));
            }
            catch (NpgsqlException failure)
            {
                Log.BacklogUnknown(log, failure);
            }
        }
    }

    internal static async Task<Backlog> Count(NpgsqlDataSource source, DateTimeOffset now) =>
        (await source.Rows(Waiting, row => Read(row, now), Sql.Of(now)))[0];

    private static Backlog Read(NpgsqlDataReader row, DateTimeOffset now) =>
        new(row.GetInt64(0), Since(row, 1, now), Since(row, 2, now), row.GetInt64(3),
            row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), Since(row, 8, now));

    private static TimeSpan Since(NpgsqlDataReader row, int column, DateTimeOffset now) =>
        row.IsDBNull(column) ? TimeSpan.Zero : now - row.GetFieldValue<DateTimeOffset>(column);
}
