using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Events;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Npgsql;

namespace JikoXpress.Postgres.Webhooks;

/// <summary>
/// Makes deliveries of events. How far it has come is a row for each store, which moves in the transaction that stores
/// the deliveries: each event is looked at once. One process at a time does it. The commit that publishes an event
/// knows nothing of this, so that a sale costs what it did before.
/// </summary>
internal sealed class WebhookFanOut(
    JikoDatabase database, EventFeed feed, SecretBox box, IIds ids, TimeProvider clock) : IWebhookFanOut
{
    /// <summary>Of one round: events of so many stores, and so many of each.</summary>
    private const int MostStores = 100, MostOfStore = 50;

    private const string Turn = "SELECT pg_try_advisory_xact_lock(hashtextextended('jiko webhooks', 0))";

    /// <summary>The stores that have something new, the one that is furthest behind first.</summary>
    private const string Stores = """
        SELECT p.kitchen_id, p.position, m.id, m.live_mode
        FROM jiko.webhook_progress p
        JOIN jiko.merchant_store s ON s.kitchen_id = p.kitchen_id
        JOIN jiko.merchant m ON m.id = s.merchant_id
        WHERE EXISTS (
            SELECT FROM jiko.event e
            WHERE e.kitchen_id = p.kitchen_id AND e.position > p.position AND e.position <= $1)
        ORDER BY p.position LIMIT $2
        """;

    private const string Events = """
        SELECT e.kitchen_id, e.position, e.at, e.payload
        FROM unnest($1, $2) AS s(kitchen_id, position)
        CROSS JOIN LATERAL (
            SELECT * FROM jiko.event e
            WHERE e.kitchen_id = s.kitchen_id AND e.position > s.position AND e.position <= $3
            ORDER BY e.position LIMIT $4) e
        ORDER BY e.position
        """;

    private const string Subscriptions = """
        SELECT id, merchant_id, event_types, store_ids, from_position FROM jiko.webhook_subscription
        WHERE merchant_id = ANY ($1) AND enabled AND kind = 'SUBSCRIPTION'
        """;

    /// <summary>The channel shows which sessions can have one, without a look into the state of the others.</summary>
    private const string Callbacks = """
        SELECT id, opened_by, state::json #>> '{opening,hosted,callbackUrl}' FROM jiko.checkout_session
        WHERE id = ANY ($1) AND channel = 'HOSTED'
            AND (state::json #>> '{opening,hosted,callbackUrl}') IS NOT NULL
        """;

    /// <summary>What is to happen with a delivery that is there follows.</summary>
    internal const string InsertOr = """
        INSERT INTO jiko.webhook_delivery (
            id, subscription_id, event_id, type, body, url, state, tries, attempts, next_try_at, created_at)
        SELECT d.id, d.subscription_id, d.event_id, d.type, d.body, d.url, 'PENDING', 0, 0, $7, $7
        FROM unnest($1, $2, $3, $4, $5, $6) AS d(id, subscription_id, event_id, type, body, url)
        ON CONFLICT ON CONSTRAINT webhook_delivery_once DO
        """;

    private const string Insert = $"{InsertOr} NOTHING";

    private const string Advance = """
        UPDATE jiko.webhook_progress p SET position = a.position
        FROM unnest($1, $2) AS a(kitchen_id, position) WHERE p.kitchen_id = a.kitchen_id
        """;

    public async Task<int> Look()
    {
        var now = clock.GetUtcNow();
        var end = feed.End;
        await using var connection = await database.Background.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (!(await connection.Rows(Turn, row => row.GetBoolean(0))).Single()) return 0;
        var stores = (await connection.Rows(
            Stores,
            row => new WatchedStore(row.GetGuid(0), row.GetInt64(1), row.GetGuid(2), row.GetBoolean(3)),
            Sql.Of(end), Sql.Of(MostStores))).ToDictionary(store => store.KitchenId);
        if (stores.Count is 0) return 0;

        var events = Readable(await connection.Rows(
            Events,
            row => (Store: row.GetGuid(0), Event: Read(row, stores)),
            Sql.Of(stores.Keys.ToArray()), Sql.Of(stores.Values.Select(store => store.Position).ToArray()),
            Sql.Of(end), Sql.Of(MostOfStore)));
        await Store(connection, await DeliveriesOf(connection, stores, events, now), now);
        var reached = events.GroupBy(each => each.StoreId)
            .Select(group => (Store: group.Key, Position: group.Max(each => each.Position)))
            .OrderBy(each => each.Store)
            .ToList();
        await connection.Run(
            Advance, Sql.Of(reached.Select(each => each.Store).ToArray()),
            Sql.Of(reached.Select(each => each.Position).ToArray()));
        await transaction.CommitAsync();
        return events.Count;
    }

    internal static async Task Store(
        NpgsqlConnection connection, IReadOnlyList<NewDelivery> deliveries, DateTimeOffset now, string sql = Insert)
    {
        if (deliveries.Count is 0) return;
        await connection.Run(
            sql,
            Sql.Of(deliveries.Select(delivery => delivery.Id).ToArray()),
            Sql.Of(deliveries.Select(delivery => delivery.SubscriptionId).ToArray()),
            Sql.Of(deliveries.Select(delivery => delivery.EventId).ToArray()),
            Sql.Of(deliveries.Select(delivery => delivery.Type).ToArray()),
            Sql.Of(deliveries.Select(delivery => delivery.Body).ToArray()),
            Sql.Of(deliveries.Select(delivery => delivery.Url).ToArray()),
            Sql.Of(now));
    }

    private async Task<List<NewDelivery>> DeliveriesOf(
        NpgsqlConnection connection, IReadOnlyDictionary<Guid, WatchedStore> stores,
        IReadOnlyList<MerchantEvent> events, DateTimeOffset now)
    {
        var subscriptions = (await connection.Rows(
            Subscriptions, Subscriber.Read,
            Sql.Of(stores.Values.Select(store => store.MerchantId).Distinct().ToArray())))
            .ToLookup(subscriber => subscriber.MerchantId);
        var callbacks = await CallbacksOf(connection, events);
        var deliveries = new List<NewDelivery>();
        foreach (var each in events)
        {
            var merchant = stores[each.StoreId].MerchantId;
            foreach (var subscriber in subscriptions[merchant].Where(subscriber => subscriber.Wants(each)))
                deliveries.Add(new NewDelivery(ids.Next(), subscriber.Id, each.Id, each.Type, each.Body(), Url: null));
            if (each.SessionId is not { } session || !callbacks.TryGetValue(session, out var callback)
                || callback.MerchantId != merchant)
                continue;
            // An older build took addresses that are none for this; the log of deliveries would only fill with them.
            var url = HostedRules.Filled(callback.Url, session);
            if (url is null || !OutboundAddress.IsAllowed(url, each.LiveMode)) continue;
            var own = await Webhooks.CallbackOf(connection, box, ids, merchant, now);
            deliveries.Add(new NewDelivery(ids.Next(), own, each.Id, each.Type, each.Body(), url));
        }

        return deliveries;
    }

    /// <summary>None where this installation has no key to keep their secrets with.</summary>
    private async Task<Dictionary<Guid, Callback>> CallbacksOf(
        NpgsqlConnection connection, IReadOnlyList<MerchantEvent> events)
    {
        var sessions = events.Select(each => each.SessionId).OfType<Guid>().Distinct().ToArray();
        if (sessions.Length is 0 || !box.CanKeep) return [];
        return (await connection.Rows(
            Callbacks, row => new Callback(row.GetGuid(0), row.GetGuid(1), row.GetString(2)), Sql.Of(sessions)))
            .ToDictionary(callback => callback.SessionId);
    }

    /// <summary>Null for an event that this build does not know, after a newer one has run here.</summary>
    private static MerchantEvent? Read(NpgsqlDataReader row, IReadOnlyDictionary<Guid, WatchedStore> stores) =>
        StoredEvents.Read(row.GetString(3)) is { } told
            ? new MerchantEvent(
                row.GetInt64(1), row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(2), stores[row.GetGuid(0)].LiveMode,
                told)
            : null;

    /// <summary>
    /// Of each store those before the first that cannot be read: they wait for a build that can, and no other store
    /// waits for them.
    /// </summary>
    private static List<MerchantEvent> Readable(IReadOnlyList<(Guid Store, MerchantEvent? Event)> found)
    {
        var (stuck, events) = (new HashSet<Guid>(), new List<MerchantEvent>());
        foreach (var (store, each) in found)
        {
            if (each is null) stuck.Add(store);
            else if (!stuck.Contains(store)) events.Add(each);
        }

        return events;
    }

    private sealed record WatchedStore(Guid KitchenId, long Position, Guid MerchantId, bool LiveMode);

    private sealed record Callback(Guid SessionId, Guid MerchantId, string Url);
}

/// <summary>What a subscription wants.</summary>
internal sealed record Subscriber(Guid Id, Guid MerchantId, string[]? Types, Guid[]? Stores, long FromPosition)
{
    public static Subscriber Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetFieldValue<string[]>(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<Guid[]>(3), row.GetInt64(4));

    public bool Wants(MerchantEvent told) => told.Position > FromPosition && IsOf(told);

    /// <summary>Whether it is of a type and a store that the subscription names.</summary>
    public bool IsOf(MerchantEvent told) => (Types is null || Types.Contains(told.Type)) && IsOf(told.StoreId);

    public bool IsOf(Guid store) => Stores is null || Stores.Contains(store);
}

/// <param name="Url">Of a callback.</param>
internal sealed record NewDelivery(
    Guid Id, Guid SubscriptionId, string EventId, string Type, string Body, string? Url);
