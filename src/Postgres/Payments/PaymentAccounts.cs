using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Catalogue;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class PaymentAccounts(
    JikoDatabase database, ManagementWrites writes, SecretBox box, PaymentAccountSettingsOfHost host, IIds ids)
    : IPaymentAccounts
{
    private const string Columns =
        "id, account, vendor, settings, hints, active, removed_at IS NOT NULL, place, created_at";

    /// <summary>The kitchen's row is locked by then: its accounts are counted and numbered one change at a time.
    /// </summary>
    private const string OfKitchen = $"SELECT {Columns} FROM jiko.payment_account WHERE kitchen_id = $1 ";

    private const string Update = """
        UPDATE jiko.payment_account
        SET settings = $2, hints = $3, active = $4, secret = coalesce($5, secret), version = version + 1
        WHERE id = $1
        """;

    public async Task<IReadOnlyList<PaymentAccount>> List(Guid kitchenId) => await database.Source.Rows(
        OfKitchen + "ORDER BY place = 0, place, created_at, id", Read, Sql.Of(kitchenId));

    public async Task<Reply<PaymentAccount>> Add(Guid kitchenId, NewPaymentAccount account, Operation? operation)
    {
        if (PaymentAccountRules.Broken(account) is { Count: > 0 } broken) return broken;
        if (!box.CanKeep) return PaymentAccountRefusals.SecretsKeyMissing;
        var id = ids.Next();
        return await writes.Once<PaymentAccount>(operation, id, async write =>
        {
            if (await Locked(write, kitchenId) is not { LiveMode: var live }) return KitchenRefusals.NotFound;
            if (PaymentAccountRules.Broken(account, live, host.Simulator) is { Count: > 0 } misplaced) return misplaced;
            var known = await All(write, kitchenId);
            var place = known.Count(other => !other.Removed) + 1;
            if (place > PaymentAccountRules.MostAccounts)
                return KitchenRefusals.TooMany("payment accounts", PaymentAccountRules.MostAccounts);
            if (known.Count >= PaymentAccountRules.MostAccountsEver)
                return KitchenRefusals.TooMany(
                    "payment accounts, removed ones included", PaymentAccountRules.MostAccountsEver);

            var added = new PaymentAccount(
                id, account.Name, account.Vendor, account.Settings, account.Secrets.Hints(), Active: true,
                Removed: false, place, write.At);
            await write.Run(
                """
                INSERT INTO jiko.payment_account_name (name, kitchen_id, vendor, live_mode) VALUES ($1, $2, $3, $4)
                """,
                Sql.Of(account.Name), Sql.Of(kitchenId), Sql.Of(account.Vendor.WireName), Sql.Of(live));
            await write.Run(
                """
                INSERT INTO jiko.payment_account
                    (id, kitchen_id, account, vendor, settings, secret, hints, active, place, version, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, 1, $9)
                """,
                Sql.Of(id), Sql.Of(kitchenId), Sql.Of(account.Name), Sql.Of(account.Vendor.WireName),
                Sql.Of(AccountJson.Write(account.Settings)), Sql.Of(Closed(account.Name, account.Secrets)),
                Sql.Of(AccountJson.Write(added.Secrets)), Sql.Of(place), Sql.Of(write.At));
            Changed(write, kitchenId);
            return added;
        });
    }

    public async Task<Reply<PaymentAccount>> Change(Guid kitchenId, Guid accountId, PaymentAccountChange change)
    {
        if (change.Secrets is not null && !box.CanKeep) return PaymentAccountRefusals.SecretsKeyMissing;
        return await writes.Do<PaymentAccount>(async write =>
        {
            if (await Locked(write, kitchenId) is not { LiveMode: var live }) return KitchenRefusals.NotFound;
            var all = await All(write, kitchenId);
            if (all.Find(known => known.Id == accountId) is not { } account) return KitchenRefusals.NotFound;
            string? secret = null;
            var hints = account.Secrets;
            if (change.Secrets is not null)
            {
                // A secret that cannot be read would be lost with the others that the change leaves as they are.
                if (await Secrets(write, account) is not { } before) return PaymentAccountRefusals.SecretsKeyMissing;
                var after = before.With(change.Secrets);
                (secret, hints) = (Closed(account.Name, after), after.Hints());
            }

            var changed = account with
            {
                Settings = account.Settings.With(change.Settings),
                Secrets = hints,
                Active = change.Active ?? account.Active,
            };
            if (PaymentAccountRules.Broken(changed, change, live, host.Simulator) is { Count: > 0 } broken)
                return broken;
            await write.Run(
                Update, Sql.Of(accountId), Sql.Of(AccountJson.Write(changed.Settings)),
                Sql.Of(AccountJson.Write(changed.Secrets)), Sql.Of(changed.Active), Sql.Of(secret));
            var order = all.Where(known => known is { Removed: false } && known.Id != accountId).ToList();
            if (change.Position is { } position)
            {
                order.Insert(Math.Min(position - 1, order.Count), changed);
                changed = changed with { Position = await Number(write, order, accountId) };
            }

            Changed(write, kitchenId);
            return changed;
        });
    }

    public Task<Reply<PaymentAccount>> Remove(Guid kitchenId, Guid accountId) =>
        writes.Do<PaymentAccount>(async write =>
        {
            if (await Locked(write, kitchenId) is null) return KitchenRefusals.NotFound;
            var all = await All(write, kitchenId);
            if (all.Find(known => known.Id == accountId) is not { } account) return KitchenRefusals.NotFound;
            if (account.Removed) return account;
            await write.Run(
                """
                UPDATE jiko.payment_account SET active = false, place = 0, removed_at = $2, version = version + 1
                WHERE id = $1
                """,
                Sql.Of(accountId), Sql.Of(write.At));
            var rest = all.Where(known => known is { Removed: false } && known.Id != accountId).ToList();
            await Number(write, rest, accountId);
            Changed(write, kitchenId);
            return account with { Active = false, Removed = true, Position = 0 };
        });

    public async Task<IReadOnlyList<AccountsOfKitchen>> OfLiveKitchens() => await database.Source.Rows(
        $"""
        SELECT {KitchenRows.Kitchen}, own.total, own.active FROM jiko.kitchen CROSS JOIN LATERAL (
            SELECT count(*) AS total, array_agg(a.account ORDER BY a.place) FILTER (WHERE a.active) AS active
            FROM jiko.payment_account a WHERE a.kitchen_id = kitchen.id AND a.removed_at IS NULL) own
        WHERE live_mode ORDER BY name, id
        """,
        row => new AccountsOfKitchen(
            KitchenRows.ReadKitchen(row),
            row.GetInt64(18) is 0 ? null
            : row.IsDBNull(19) ? []
            : row.GetFieldValue<string[]>(19).ToSequence()));

    private static void Changed(ManagementWrite write, Guid kitchenId)
    {
        write.Changes(kitchenId);
        write.ChangesAccounts();
    }

    private static Task<Mode?> Locked(ManagementWrite write, Guid kitchenId) => write.Row(
        "SELECT live_mode FROM jiko.kitchen WHERE id = $1 FOR NO KEY UPDATE", row => new Mode(row.GetBoolean(0)),
        Sql.Of(kitchenId));

    private static async Task<List<PaymentAccount>> All(ManagementWrite write, Guid kitchenId) =>
        await write.Connection.Rows(OfKitchen + "ORDER BY place, id", Read, Sql.Of(kitchenId));

    /// <summary>Numbers the accounts as they stand; returns the place of one of them.</summary>
    private static async Task<int> Number(ManagementWrite write, List<PaymentAccount> order, Guid accountId)
    {
        foreach (var (index, account) in order.Index().Where(each => each.Item.Position != each.Index + 1))
            await write.Run(
                "UPDATE jiko.payment_account SET place = $2 WHERE id = $1", Sql.Of(account.Id), Sql.Of(index + 1));
        return order.FindIndex(account => account.Id == accountId) + 1;
    }

    private async Task<PaymentAccountSecrets?> Secrets(ManagementWrite write, PaymentAccount account) =>
        await write.Row(
            "SELECT secret FROM jiko.payment_account WHERE id = $1", row => row.GetString(0), Sql.Of(account.Id))
        is { } closed && box.Open(account.Name, closed) is { } open
            ? AccountJson.Secrets(open)
            : null;

    private string Closed(string account, PaymentAccountSecrets secrets) =>
        box.Close(account, AccountJson.Write(secrets));

    private static PaymentAccount Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.WireName<AggregatorVendor>(2), AccountJson.Settings(row.GetString(3)),
        AccountJson.Hints(row.GetString(4)), row.GetBoolean(5), row.GetBoolean(6), row.GetInt32(7),
        row.GetFieldValue<DateTimeOffset>(8));

    private sealed record Mode(bool LiveMode);
}

/// <summary>What this host has to know to judge accounts.</summary>
/// <param name="Simulator">Where test kitchens may have accounts; null when there is none.</param>
/// <param name="Names">The installation's own accounts.</param>
public sealed record PaymentAccountSettingsOfHost(Uri? Simulator, IReadOnlyList<InstallationAccount> Names);

/// <param name="Vendor">Null for the simulator.</param>
public sealed record InstallationAccount(string Name, AggregatorVendor? Vendor, bool LiveMode);
