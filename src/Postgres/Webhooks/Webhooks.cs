using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Webhooks;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Npgsql;

namespace JikoXpress.Postgres.Webhooks;

/// <summary>Merchants' subscriptions as rows.</summary>
internal sealed class Webhooks(
    JikoDatabase database, ManagementWrites writes, SecretBox box, IIds ids, TimeProvider clock) : IWebhooks
{
    private const string Select = """
        SELECT s.id, s.merchant_id, s.url, s.event_types, s.store_ids, s.description, m.live_mode, s.enabled,
            s.disabled_because, f.since, s.created_at
        FROM jiko.webhook_subscription s
        JOIN jiko.merchant m ON m.id = s.merchant_id
        LEFT JOIN jiko.webhook_failing f ON f.subscription_id = s.id
        WHERE s.merchant_id = $1 AND s.removed_at IS NULL
        """;

    private const string One = $"{Select} AND s.id = $2";

    private const string Insert = """
        INSERT INTO jiko.webhook_subscription (
            id, merchant_id, kind, url, event_types, store_ids, description, enabled, disabled_because, from_position,
            created_at)
        SELECT $1, $2, 'SUBSCRIPTION', $3, $4, $5, $6, $7, $8,
            CASE WHEN p.is_called THEN p.last_value ELSE 0 END, $9
        FROM jiko.event_position p
        """;

    private const string InsertCallback = """
        INSERT INTO jiko.webhook_subscription (id, merchant_id, kind, enabled, from_position, created_at)
        VALUES ($1, $2, 'CALLBACK', true, 0, $3) ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE jiko.webhook_subscription
        SET url = $2, event_types = $3, store_ids = $4, description = $5, enabled = $6, disabled_because = $7
        WHERE id = $1
        """;

    /// <summary>What waits would wait for ever.</summary>
    private const string End = """
        WITH ended AS (
            UPDATE jiko.webhook_subscription
            SET enabled = false, disabled_because = 'MERCHANT', removed_at = $2 WHERE id = $1)
        UPDATE jiko.webhook_delivery SET state = 'FAILED', next_try_at = NULL, done_at = $2
        WHERE subscription_id = $1 AND state = 'PENDING'
        """;

    private const string ByMerchant = "MERCHANT";

    public async Task<IReadOnlyList<WebhookSubscription>> List(Guid merchantId)
    {
        var found = await database.Source.Rows(
            $"{Select} AND s.kind = 'SUBSCRIPTION' ORDER BY s.created_at DESC, s.id DESC", Read, Sql.Of(merchantId));
        var secrets = await WebhookSecrets.Find(
            database.Source, [.. found.Select(subscription => subscription.Id)], clock.GetUtcNow());
        return [.. found.Select(subscription => subscription with { Secrets = Shown(secrets[subscription.Id]) })];
    }

    public async Task<Reply<WebhookSubscription>> Find(Guid merchantId, Guid subscriptionId)
    {
        var found = await database.Source.Row(One, Read, Sql.Of(merchantId), Sql.Of(subscriptionId));
        if (found is not { Url: not null }) return WebhookRefusals.NotFound;
        var secrets = await WebhookSecrets.Find(database.Source, [subscriptionId], clock.GetUtcNow());
        return found with { Secrets = Shown(secrets[subscriptionId]) };
    }

    public async Task<Reply<NewWebhookSubscription>> Add(WebhookOwner owner, WebhookPlan plan, SecretOperation? once)
    {
        if (WebhookRules.Broken(plan, owner.LiveMode, owner.Stores) is { Count: > 0 } broken) return broken;
        if (!box.CanKeep) return PaymentAccountRefusals.SecretsKeyMissing;
        var id = ids.Next();
        return await writes.Once<NewWebhookSubscription>(
            once?.Operation, id,
            async write =>
            {
                // Subscriptions are counted one change at a time.
                await write.Run("SELECT FROM jiko.merchant WHERE id = $1 FOR NO KEY UPDATE", Sql.Of(owner.MerchantId));
                var known = await write.Connection.Rows(
                    $"{Select} AND s.kind = 'SUBSCRIPTION'", Read, Sql.Of(owner.MerchantId));
                if (known.Count >= WebhookRules.MostSubscriptions) return WebhookRefusals.TooManySubscriptions;
                var secret = new WebhookSecret(ids.Next(), write.At, ExpiresAt: null);
                var added = new WebhookSubscription(
                    id, owner.MerchantId, plan.Url, WebhookRules.Kept(plan.EventTypes),
                    WebhookRules.Kept(plan.StoreIds), plan.Description, owner.LiveMode, plan.Enabled,
                    plan.Enabled ? null : ByMerchant, FailingSince: null, write.At, [secret]);
                await write.Run(
                    Insert, Sql.Of(id), Sql.Of(owner.MerchantId), Sql.Of(added.Url),
                    Sql.Of(added.EventTypes?.ToArray()), Sql.Of(added.StoreIds?.ToArray()),
                    Sql.Of(added.Description), Sql.Of(added.Enabled), Sql.Of(added.DisabledBecause),
                    Sql.Of(write.At));
                var text = WebhookSecrets.New(once, secret.Id);
                await WebhookSecrets.Keep(write.Connection, box, secret.Id, id, text, write.At);
                return new NewWebhookSubscription(added, text);
            },
            kept: made => made with { Secret = "" },
            again: made => made with { Secret = WebhookSecrets.New(once, made.Subscription.Secrets[0].Id) });
    }

    public Task<Reply<WebhookSubscription>> Change(WebhookOwner owner, Guid subscriptionId, WebhookChange change) =>
        writes.Do<WebhookSubscription>(async write =>
        {
            if (await Locked(write, owner.MerchantId, subscriptionId) is not { Url: not null } known)
                return WebhookRefusals.NotFound;
            if (WebhookRules.Broken(change, owner.LiveMode, owner.Stores) is { Count: > 0 } broken) return broken;
            var changed = known with
            {
                Url = change.Url ?? known.Url,
                EventTypes = change.EventTypes is null ? known.EventTypes : WebhookRules.Kept(change.EventTypes),
                StoreIds = change.StoreIds is null ? known.StoreIds : WebhookRules.Kept(change.StoreIds),
                Description = change.Description ?? known.Description,
                Enabled = change.Enabled ?? known.Enabled,
                DisabledBecause = change.Enabled switch
                {
                    true => null,
                    false => known.DisabledBecause ?? ByMerchant,
                    null => known.DisabledBecause,
                },
                FailingSince = change.Enabled is true ? null : known.FailingSince,
                Secrets = Shown(await WebhookSecrets.Find(write, subscriptionId)),
            };
            await write.Run(
                Update, Sql.Of(subscriptionId), Sql.Of(changed.Url), Sql.Of(changed.EventTypes?.ToArray()),
                Sql.Of(changed.StoreIds?.ToArray()), Sql.Of(changed.Description), Sql.Of(changed.Enabled),
                Sql.Of(changed.DisabledBecause));
            if (changed.FailingSince is null)
                await write.Run("DELETE FROM jiko.webhook_failing WHERE subscription_id = $1", Sql.Of(subscriptionId));
            return changed;
        });

    public Task<Reply<WebhookSubscription>> Remove(Guid merchantId, Guid subscriptionId) =>
        writes.Do<WebhookSubscription>(async write =>
        {
            if (await Locked(write, merchantId, subscriptionId) is not { Url: not null } known)
                return WebhookRefusals.NotFound;
            await write.Run(End, Sql.Of(subscriptionId), Sql.Of(write.At));
            return known with { Enabled = false, DisabledBecause = ByMerchant };
        });

    public async Task<Reply<NewWebhookSecret>> RotateSecret(
        Guid merchantId, Guid subscriptionId, int overlapHours, SecretOperation? once)
    {
        if (WebhookRules.BrokenOverlap(overlapHours) is { Count: > 0 } broken) return broken;
        if (!box.CanKeep) return PaymentAccountRefusals.SecretsKeyMissing;
        var id = ids.Next();
        return await writes.Once<NewWebhookSecret>(
            once?.Operation, id,
            async write =>
            {
                if (await Locked(write, merchantId, subscriptionId) is null) return WebhookRefusals.NotFound;
                await write.Run(
                    """
                    UPDATE jiko.webhook_secret SET expires_at = least(expires_at, $2)
                    WHERE subscription_id = $1 AND (expires_at IS NULL OR expires_at > $3)
                    """,
                    Sql.Of(subscriptionId), Sql.Of(write.At.AddHours(overlapHours)), Sql.Of(write.At));
                if ((await WebhookSecrets.Find(write, subscriptionId)).Count >= WebhookRules.MostSecrets)
                    return WebhookRefusals.TooManySecrets;
                var text = WebhookSecrets.New(once, id);
                await WebhookSecrets.Keep(write.Connection, box, id, subscriptionId, text, write.At);
                return new NewWebhookSecret(new WebhookSecret(id, write.At, ExpiresAt: null), text);
            },
            kept: made => made with { Text = "" },
            again: made => made with { Text = WebhookSecrets.New(once, made.Secret.Id) });
    }

    public async Task<Reply<CallbackSecrets>> Callback(Guid merchantId)
    {
        if (!box.CanKeep) return PaymentAccountRefusals.SecretsKeyMissing;
        return await writes.Do<CallbackSecrets>(async write =>
        {
            var id = await CallbackOf(write.Connection, box, ids, merchantId, write.At);
            return new CallbackSecrets(
                id,
                (await WebhookSecrets.Find(write, id))
                .Select(secret => new NewWebhookSecret(secret.Shown, WebhookSecrets.Text(box, secret)))
                .ToSequence());
        });
    }

    /// <summary>The merchant's built-in subscription; made with a secret when there is none yet.</summary>
    public static async Task<Guid> CallbackOf(
        NpgsqlConnection connection, SecretBox box, IIds ids, Guid merchantId, DateTimeOffset at)
    {
        var id = ids.Next();
        if (await connection.Run(InsertCallback, Sql.Of(id), Sql.Of(merchantId), Sql.Of(at)) > 0)
        {
            var secret = ids.Next();
            await WebhookSecrets.Keep(connection, box, secret, id, WebhookSecrets.New(once: null, secret), at);
            return id;
        }

        return (await connection.Rows(
            "SELECT id FROM jiko.webhook_subscription WHERE merchant_id = $1 AND kind = 'CALLBACK'",
            row => row.GetGuid(0), Sql.Of(merchantId))).Single();
    }

    private static Task<WebhookSubscription?> Locked(ManagementWrite write, Guid merchantId, Guid subscriptionId) =>
        write.Row($"{One} FOR UPDATE OF s", Read, Sql.Of(merchantId), Sql.Of(subscriptionId));

    private static Sequence<WebhookSecret> Shown(IEnumerable<KeptSecret> secrets) =>
        secrets.Select(secret => secret.Shown).ToSequence();

    private static WebhookSubscription Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), Text(row, 2), List<string>(row, 3), List<Guid>(row, 4), Text(row, 5),
        row.GetBoolean(6), row.GetBoolean(7), Text(row, 8), row.Optional<DateTimeOffset>(9),
        row.GetFieldValue<DateTimeOffset>(10), Secrets: []);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static Sequence<T>? List<T>(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T[]>(column).ToSequence();
}
