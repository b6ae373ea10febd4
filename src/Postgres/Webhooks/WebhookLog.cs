using JikoXpress.Domain;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Webhooks;

/// <summary>The deliveries of a subscription, with what was answered, and how they are begun anew.</summary>
internal sealed class WebhookLog(JikoDatabase database, ManagementWrites writes, EventFeed feed, IIds ids) : IWebhookLog
{
    /// <summary>So many events are read, and their deliveries stored, with one statement.</summary>
    private const int Batch = 500;

    private const string Columns = """
        id, subscription_id, event_id, type, body, url, state, created_at, next_try_at, done_at
        """;

    private const string Attempts = """
        SELECT a.delivery_id, a.number, a.url, a.at, a.milliseconds, a.status, a.error, a.answer
        FROM jiko.webhook_attempt a WHERE a.delivery_id = ANY ($1) ORDER BY a.number DESC
        """;

    private const string Own = """
        SELECT s.id, s.merchant_id, s.event_types, s.store_ids, s.from_position, s.enabled, m.live_mode
        FROM jiko.webhook_subscription s JOIN jiko.merchant m ON m.id = s.merchant_id
        WHERE s.merchant_id = $1 AND s.id = $2 AND s.removed_at IS NULL
        """;

    private const string Anew = $"""
        UPDATE jiko.webhook_delivery
        SET state = 'PENDING', tries = 0, next_try_at = $3, done_at = NULL
        WHERE id = $1 AND subscription_id = $2 RETURNING {Columns}
        """;

    private const string InsertOrAnew =
        $"{WebhookFanOut.InsertOr} UPDATE SET state = 'PENDING', tries = 0, next_try_at = $7, done_at = NULL";

    private const string InsertTest = $"""
        INSERT INTO jiko.webhook_delivery (
            id, subscription_id, event_id, type, body, state, tries, attempts, next_try_at, created_at)
        VALUES ($1, $2, $3, $4, $5, 'PENDING', 0, 0, $6, $6) RETURNING {Columns}
        """;

    private const string Span = """
        SELECT e.position, e.at, e.payload FROM jiko.event e
        WHERE e.kitchen_id = $1 AND e.position > $2 AND e.position <= $3 AND e.at >= $4 AND e.at < $5
        ORDER BY e.position LIMIT $6
        """;

    public async Task<Page<WebhookDelivery>> List(Guid subscriptionId, string? state, PageRequest page)
    {
        var found = await new KeysetQuery(Columns, "jiko.webhook_delivery", "created_at")
            .Where("subscription_id =", subscriptionId)
            .WhereGiven("state =", state)
            .Run(database.Source, page, Read);
        var attempts = (await database.Source.Rows(
            Attempts, row => (Delivery: row.GetGuid(0), Attempt: ReadAttempt(row)),
            Sql.Of(found.Items.Select(delivery => delivery.Id).ToArray())))
            .ToLookup(each => each.Delivery, each => each.Attempt);
        return new Page<WebhookDelivery>(
            [.. found.Items.Select(delivery => delivery with { Attempts = attempts[delivery.Id].ToSequence() })],
            found.HasMore);
    }

    public Task<Reply<WebhookDelivery>> Replay(Guid merchantId, Guid subscriptionId, Guid deliveryId) =>
        writes.Do<WebhookDelivery>(async write =>
        {
            if (await Find(write, merchantId, subscriptionId) is not var (_, enabled, _))
                return WebhookRefusals.NotFound;
            if (!enabled) return WebhookRefusals.Disabled;
            var begun = await write.Row(
                Anew, Read, Sql.Of(deliveryId), Sql.Of(subscriptionId), Sql.Of(write.At));
            return begun is null ? WebhookRefusals.DeliveryNotFound : begun;
        });

    public async Task<Reply<WebhookReplay>> Replay(
        WebhookOwner owner, Guid subscriptionId, DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return WebhookRefusals.ReplayEmpty;
        return await writes.Do<WebhookReplay>(async write =>
        {
            if (await Find(write, owner.MerchantId, subscriptionId) is not var (subscriber, enabled, _))
                return WebhookRefusals.NotFound;
            if (!enabled) return WebhookRefusals.Disabled;
            var (events, leftOut) = (0, 0);
            foreach (var store in owner.Stores)
            {
                await foreach (var found in EventsOf(write.Connection, store, owner.LiveMode, from, to))
                {
                    if (subscriber.IsOf(store)) leftOut += found.Count(each => each is null);
                    var wanted = found.OfType<MerchantEvent>().Where(subscriber.IsOf).ToList();
                    if ((events += wanted.Count) > WebhookRules.MostReplayed) return WebhookRefusals.ReplayTooLong;
                    await WebhookFanOut.Store(
                        write.Connection,
                        [
                            .. wanted.Select(each => new NewDelivery(
                                ids.Next(), subscriptionId, each.Id, each.Type, each.Body(), Url: null)),
                        ],
                        write.At, InsertOrAnew);
                }
            }

            return new WebhookReplay(events, leftOut);
        });
    }

    public Task<Reply<WebhookDelivery>> Test(Guid merchantId, Guid subscriptionId) =>
        writes.Do<WebhookDelivery>(async write =>
        {
            if (await Find(write, merchantId, subscriptionId) is not var (_, enabled, live))
                return WebhookRefusals.NotFound;
            if (!enabled) return WebhookRefusals.Disabled;
            var id = ids.Next();
            var eventId = $"evt_test_{id:N}";
            return await write.Row(
                InsertTest, Read, Sql.Of(id), Sql.Of(subscriptionId), Sql.Of(eventId), Sql.Of(MerchantEvent.TestType),
                Sql.Of(MerchantEvent.TestBody(eventId, write.At, live)), Sql.Of(write.At))
                ?? throw new InvalidOperationException("An insert returns its row.");
        });

    /// <summary>
    /// The events of a store in a span, as far as they are visible to everybody. Null for one of a newer build, of
    /// which this one does not know what it says.
    /// </summary>
    private async IAsyncEnumerable<IReadOnlyList<MerchantEvent?>> EventsOf(
        NpgsqlConnection connection, Guid store, bool live, DateTimeOffset from, DateTimeOffset to)
    {
        var end = feed.End;
        var after = await feed.LastBefore(store, from);
        List<(long Position, MerchantEvent? Event)> read;
        do
        {
            read = await connection.Rows(
                Span,
                row => (row.GetInt64(0), StoredEvents.Read(row.GetString(2)) is { } told
                    ? new MerchantEvent(row.GetInt64(0), store, row.GetFieldValue<DateTimeOffset>(1), live, told)
                    : null),
                Sql.Of(store), Sql.Of(after), Sql.Of(end), Sql.Of(from), Sql.Of(to), Sql.Of(Batch));
            if (read.Count is 0) yield break;
            after = read[^1].Position;
            yield return [.. read.Select(each => each.Event)];
        }
        while (read.Count == Batch);
    }

    private static async Task<(Subscriber Subscriber, bool Enabled, bool LiveMode)?> Find(
        ManagementWrite write, Guid merchantId, Guid subscriptionId)
    {
        var found = await write.Connection.Rows(
            Own, row => (Subscriber.Read(row), row.GetBoolean(5), row.GetBoolean(6)),
            Sql.Of(merchantId), Sql.Of(subscriptionId));
        return found.Count is 0 ? null : found[0];
    }

    private static WebhookDelivery Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7),
        row.Optional<DateTimeOffset>(8), row.Optional<DateTimeOffset>(9), Attempts: []);

    private static WebhookAttempt ReadAttempt(NpgsqlDataReader row) => new(
        row.GetInt32(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt64(4),
        row.Optional<int>(5), row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7));
}
