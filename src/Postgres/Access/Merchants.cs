using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Settlement;
using Npgsql;

namespace JikoXpress.Postgres.Access;

internal sealed class Merchants(JikoDatabase database, ManagementWrites writes, IIds ids) : IMerchants
{
    private const string Shops = """
        SELECT m.id, m.name,
            ARRAY(SELECT s.kitchen_id FROM jiko.merchant_store s WHERE s.merchant_id = m.id ORDER BY 1),
            m.live_mode, m.created_at
        FROM jiko.merchant m ORDER BY m.created_at DESC, m.id DESC LIMIT 100
        """;

    private const string Columns = """
        k.id, k.merchant_id, k.name, k.scopes, m.live_mode, k.created_at, k.expires_at, u.at, k.active
        FROM jiko.merchant_key k
        JOIN jiko.merchant m ON m.id = k.merchant_id
        LEFT JOIN jiko.merchant_key_use u ON u.key_id = k.id
        """;

    private const string KeysOf =
        $"SELECT {Columns} WHERE k.merchant_id = $1 ORDER BY k.created_at DESC, k.id DESC LIMIT 100";

    private const string OfKey = $"SELECT {Columns} WHERE k.id = $1 FOR SHARE OF k";

    private const string OneKey = $"SELECT {Columns} WHERE k.merchant_id = $1 AND k.id = $2 FOR UPDATE OF k";

    public async Task<IReadOnlyList<Merchant>> List() => await database.Source.Rows(Shops, row => new Merchant(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<Guid[]>(2).ToSequence(), row.GetBoolean(3),
        row.GetFieldValue<DateTimeOffset>(4)));

    public async Task<Reply<Merchant>> Add(MerchantPlan plan, Operation? operation)
    {
        if (MerchantRules.Broken(plan) is { Count: > 0 } broken) return broken;
        var stores = plan.StoreIds.Distinct().Order().ToSequence();
        var id = ids.Next();
        return await writes.Once<Merchant>(operation, id, async write =>
        {
            var known = await write.Connection.Rows(
                "SELECT id, live_mode, currency FROM jiko.kitchen WHERE id = ANY ($1)",
                row => (Id: row.GetGuid(0), LiveMode: row.GetBoolean(1), Currency: row.WireName<Currency>(2)),
                Sql.Of(stores.ToArray()));
            if (MerchantRules.Broken(plan.StoreIds, known.ToDictionary(store => store.Id, store => store.LiveMode))
                is { Count: > 0 } wrong) return wrong;

            var merchant = new Merchant(id, plan.Name, stores, known[0].LiveMode, write.At);
            await write.Run(
                "INSERT INTO jiko.merchant (id, name, live_mode, created_at) VALUES ($1, $2, $3, $4)",
                Sql.Of(id), Sql.Of(plan.Name), Sql.Of(merchant.LiveMode), Sql.Of(write.At));
            await write.Run(
                "INSERT INTO jiko.merchant_store (kitchen_id, merchant_id) SELECT unnest($2), $1",
                Sql.Of(id), Sql.Of(stores.ToArray()));
            foreach (var currency in known.Select(store => store.Currency).Distinct().Order())
            {
                await MerchantWallets.Insert(
                    write, ids.Next(), id, new SettlementWalletPlan($"Main {currency.WireName}", currency));
            }

            return merchant;
        });
    }

    public async Task<Reply<MerchantKeys>> Keys(Guid merchantId)
    {
        var keys = await database.Source.Rows(KeysOf, Read, Sql.Of(merchantId));
        if (keys.Count > 0) return new MerchantKeys(keys.ToSequence());
        var known = await database.Source.Rows(
            "SELECT 1 FROM jiko.merchant WHERE id = $1", _ => true, Sql.Of(merchantId));
        return known.Count > 0 ? new MerchantKeys([]) : KitchenRefusals.NotFound;
    }

    public async Task<Reply<NewMerchantKey>> AddKey(Guid merchantId, MerchantKeyPlan plan, SecretOperation? once)
    {
        if (MerchantRules.Broken(plan) is { Count: > 0 } broken) return broken;
        return await Make(once, async (write, id) =>
        {
            var mode = await write.Connection.Rows(
                "SELECT live_mode FROM jiko.merchant WHERE id = $1", row => row.GetBoolean(0), Sql.Of(merchantId));
            return mode is [var liveMode]
                ? new MerchantKey(
                    id, merchantId, plan.Name, (plan.Scopes ?? MerchantRules.Scopes).Distinct().ToSequence(), liveMode,
                    write.At, ExpiresAt: null, LastUsedAt: null, Active: true)
                : (Reply<MerchantKey>)KitchenRefusals.NotFound;
        });
    }

    public async Task<Reply<NewMerchantKey>> RotateKey(
        Guid merchantId, Guid keyId, int overlapHours, SecretOperation? once)
    {
        if (MerchantRules.BrokenOverlap(overlapHours) is { Count: > 0 } broken) return broken;
        return await Make(once, async (write, id) =>
        {
            if (await write.Row(OneKey, Read, Sql.Of(merchantId), Sql.Of(keyId)) is not { } old)
                return KitchenRefusals.NotFound;
            if (!old.Active || old.ExpiresAt is not null) return MerchantRefusals.KeyNotActive;
            var ends = write.At.AddHours(overlapHours);
            await write.Run(
                "UPDATE jiko.merchant_key SET expires_at = $2 WHERE id = $1", Sql.Of(keyId), Sql.Of(ends));
            // App tokens of the key may end before.
            await write.Run(
                """
                UPDATE jiko.credential SET expires_at = least(expires_at, $2)
                WHERE subject_id = $1 AND revoked_at IS NULL
                """,
                Sql.Of(keyId), Sql.Of(ends));
            write.ChangesCredentials();
            return old with { Id = id, CreatedAt = write.At, LastUsedAt = null };
        });
    }

    public Task<Reply<MerchantKey>> RevokeKey(Guid merchantId, Guid keyId) => writes.Do<MerchantKey>(async write =>
    {
        if (await write.Row(OneKey, Read, Sql.Of(merchantId), Sql.Of(keyId)) is not { } key)
            return KitchenRefusals.NotFound;
        await write.Run("UPDATE jiko.merchant_key SET active = false WHERE id = $1", Sql.Of(keyId));
        await write.RevokeAll(keyId);
        return key with { Active = false };
    });

    public async Task<Reply<NewAppToken>> AddAppToken(Guid keyId, AppTokenPlan plan, SecretOperation? once)
    {
        if (MerchantRules.Broken(plan) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<NewAppToken>(
            once?.Operation, id,
            async write =>
            {
                if (await write.Row(OfKey, Read, Sql.Of(keyId)) is not { Active: true } key)
                    return KitchenRefusals.NotFound;
                var (scopes, beyond) = MerchantRules.ScopesOf(plan, key.Scopes);
                if (beyond.Count > 0) return beyond;
                var ends = write.At + plan.Life;
                if (key.ExpiresAt < ends) ends = key.ExpiresAt.Value;
                var token = await write.Issue(
                    new NewCredential(
                        PrefixOf(key.LiveMode), CallerKind.Merchant, key.Id, key.LiveMode, ExpiresAt: ends,
                        Scopes: scopes),
                    Derived(key.LiveMode, id));
                return new NewAppToken(id, scopes, key.LiveMode, ends, token);
            },
            kept: made => made with { Token = "" },
            again: made => made with { Token = Derived(made.LiveMode, made.Id) ?? "" });

        string? Derived(bool liveMode, Guid row) =>
            once is null ? null : Tokens.Of(PrefixOf(liveMode), once.Seed, row);

        static string PrefixOf(bool liveMode) => liveMode ? Tokens.LiveApp : Tokens.TestApp;
    }

    /// <summary>Stores a new key and its token's hash in one transaction.</summary>
    private async Task<Reply<NewMerchantKey>> Make(
        SecretOperation? once, Func<ManagementWrite, Guid, Task<Reply<MerchantKey>>> plan)
    {
        var id = ids.Next();
        return await writes.Once<NewMerchantKey>(
            once?.Operation, id,
            async write =>
            {
                var planned = await plan(write, id);
                if (planned is not Reply<MerchantKey>.Accepted(var key, _, _))
                    return ((Reply<MerchantKey>.Refused)planned).Refusals;
                await write.Run(
                    """
                    INSERT INTO jiko.merchant_key (id, merchant_id, name, scopes, active, created_at)
                    VALUES ($1, $2, $3, $4, true, $5)
                    """,
                    Sql.Of(id), Sql.Of(key.MerchantId), Sql.Of(key.Name), Sql.Of(key.Scopes.ToArray()),
                    Sql.Of(write.At));
                var credential = new NewCredential(PrefixOf(key), CallerKind.Merchant, id, key.LiveMode);
                return new NewMerchantKey(key, await write.Issue(credential, Derived(key)));
            },
            kept: made => made with { Token = "" },
            again: made => made with { Token = Derived(made.Key) ?? "" });

        string? Derived(MerchantKey key) => once is null ? null : Tokens.Of(PrefixOf(key), once.Seed, key.Id);
    }

    private static string PrefixOf(MerchantKey key) => key.LiveMode ? Tokens.LiveMerchant : Tokens.TestMerchant;

    private static MerchantKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetFieldValue<string[]>(3).ToSequence(),
        row.GetBoolean(4), row.GetFieldValue<DateTimeOffset>(5), row.Optional<DateTimeOffset>(6),
        row.Optional<DateTimeOffset>(7), row.GetBoolean(8));
}
