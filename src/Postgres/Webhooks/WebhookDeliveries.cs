using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Npgsql;

namespace JikoXpress.Postgres.Webhooks;

/// <summary>Deliveries as work, for all processes.</summary>
internal sealed class WebhookDeliveries(JikoDatabase database, SecretBox box) : IWebhookDeliveries
{
    /// <summary>
    /// First the subscriptions that have waited longest, then a few deliveries of each: one with a thousand deliveries
    /// does not stand before the others.
    /// </summary>
    private const string Due = """
        WITH ready AS (
            SELECT s.id,
                $5 - coalesce((
                    SELECT u.number FROM unnest($6, $7) AS u(subscription_id, number)
                    WHERE u.subscription_id = s.id), 0) AS room,
                (SELECT min(d.next_try_at) FROM jiko.webhook_delivery d
                    WHERE d.subscription_id = s.id AND d.state = 'PENDING') AS due
            FROM jiko.webhook_subscription s
            WHERE s.enabled AND $3 = CASE
                WHEN s.kind = 'CALLBACK' THEN 'CALLBACK'
                WHEN EXISTS (SELECT FROM jiko.webhook_failing f WHERE f.subscription_id = s.id) THEN 'FAILING'
                ELSE 'WELL' END),
        chosen AS (SELECT id, room FROM ready WHERE due <= $1 AND room > 0 ORDER BY due LIMIT $4)
        UPDATE jiko.webhook_delivery d SET next_try_at = $2
        FROM jiko.webhook_subscription s JOIN jiko.merchant m ON m.id = s.merchant_id
        WHERE s.id = d.subscription_id AND d.id = ANY (ARRAY(
            SELECT due.id FROM chosen CROSS JOIN LATERAL (
                SELECT w.id FROM jiko.webhook_delivery w
                WHERE w.subscription_id = chosen.id AND w.state = 'PENDING' AND w.next_try_at <= $1
                ORDER BY w.next_try_at, w.id LIMIT chosen.room FOR UPDATE SKIP LOCKED) due
            LIMIT $4))
        RETURNING d.id, d.subscription_id, s.kind = 'CALLBACK', m.live_mode, coalesce(d.url, s.url), d.event_id, d.body,
            d.tries, d.attempts
        """;

    /// <summary>
    /// A claim that another process has taken over meanwhile notes nothing: the number of attempts is then another
    /// one, or the delivery is over.
    /// </summary>
    private const string Tried = """
        WITH noted AS (
            UPDATE jiko.webhook_delivery
            SET state = $3, next_try_at = $4, done_at = $5, tries = tries + 1, attempts = attempts + 1
            WHERE id = $1 AND state = 'PENDING' AND attempts = $2
            RETURNING id, subscription_id, attempts),
        logged AS (
            INSERT INTO jiko.webhook_attempt (delivery_id, number, url, at, milliseconds, status, error, answer)
            SELECT id, attempts, $6, $7, $8, $9, $10, $11 FROM noted),
        well AS (
            DELETE FROM jiko.webhook_failing f USING noted
            WHERE f.subscription_id = noted.subscription_id AND $10 IS NULL)
        INSERT INTO jiko.webhook_failing (subscription_id, since)
        SELECT noted.subscription_id, $7 FROM noted
        JOIN jiko.webhook_subscription s ON s.id = noted.subscription_id
        WHERE $10 IS NOT NULL AND s.kind = 'SUBSCRIPTION'
        ON CONFLICT DO NOTHING
        """;

    private const string Disable = """
        UPDATE jiko.webhook_subscription s SET enabled = false, disabled_because = $2
        WHERE s.id = $1 AND s.enabled AND s.kind = 'SUBSCRIPTION'
            AND ($2 = 'GONE' OR EXISTS (
                SELECT FROM jiko.webhook_failing f WHERE f.subscription_id = s.id AND f.since <= $3))
        RETURNING s.id
        """;

    public async Task<IReadOnlyList<WebhookWork>> Claim(WebhookClaim claim, DateTimeOffset now)
    {
        // A process without the key cannot sign; the others can.
        if (claim.Most <= 0 || !box.CanKeep) return [];
        var claimed = await database.Background.Rows(
            Due, Read, Sql.Of(now), Sql.Of(now + claim.Lease), Sql.Of(claim.Pool.WireName), Sql.Of(claim.Most),
            Sql.Of(claim.MostOfOne), Sql.Of(claim.UnderWay.Keys.ToArray()), Sql.Of(claim.UnderWay.Values.ToArray()));
        if (claimed.Count is 0) return [];
        var secrets = await WebhookSecrets.Find(
            database.Background, [.. claimed.Select(work => work.SubscriptionId).Distinct()], now);
        return
        [
            .. claimed.Select(work => work with
            {
                // What cannot be read is as if it were not there: the try fails and says so, and the others go on.
                Secrets = secrets[work.SubscriptionId]
                    .Select(secret => WebhookSecrets.TextIfReadable(box, secret)).OfType<string>().ToSequence(),
            }),
        ];
    }

    public async Task<bool> Note(WebhookWork work, WebhookTry made, DeliveryVerdict verdict)
    {
        var now = made.At.ToUniversalTime();
        DateTimeOffset? next = verdict is DeliveryVerdict.TryAgain again ? again.At.ToUniversalTime() : null;
        var state = verdict switch
        {
            DeliveryVerdict.Delivered => "DELIVERED",
            DeliveryVerdict.TryAgain => "PENDING",
            _ => "FAILED",
        };
        await database.Background.Run(
            Tried, Sql.Of(work.Id), Sql.Of(work.Attempts), Sql.Of(state), Sql.Of(next),
            Sql.Of<DateTimeOffset?>(next is null ? now : null), Sql.Of(work.Url), Sql.Of(now),
            Sql.Of((long)made.Took.TotalMilliseconds), Sql.Of(made.Outcome.Status), Sql.Of(made.Outcome.Error),
            Sql.Of(made.Answer));
        if (made.Outcome.Error is null || work.IsCallback) return false;
        var because = made.Outcome.EndsSubscription ? "GONE" : "FAILING";
        return (await database.Background.Rows(
            Disable, row => row.GetGuid(0), Sql.Of(work.SubscriptionId), Sql.Of(because),
            Sql.Of(now - DeliveryRules.LongestFailure))).Count > 0;
    }

    private static WebhookWork Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetBoolean(2), row.GetBoolean(3), row.GetString(4), row.GetString(5),
        row.GetString(6), row.GetInt32(7), row.GetInt32(8), Secrets: []);
}
