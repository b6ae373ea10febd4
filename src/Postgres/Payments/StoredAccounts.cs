using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using JikoXpress.Postgres.Secrets;
using Microsoft.Extensions.Hosting;

namespace JikoXpress.Postgres.Payments;

internal sealed class StoredAccounts(JikoDatabase database, SecretBox box) : IStoredAccounts
{
    public async Task<IReadOnlyList<StoredAccount>> All() => await Sql.ForGrains(database.Background.Rows(
        """
        SELECT a.account, a.version, a.vendor, k.live_mode, a.settings, a.secret
        FROM jiko.payment_account a JOIN jiko.kitchen k ON k.id = a.kitchen_id ORDER BY a.account
        """,
        row => new StoredAccount(
            row.GetString(0), row.GetInt32(1), row.WireName<AggregatorVendor>(2), row.GetBoolean(3),
            AccountJson.Settings(row.GetString(4)),
            box.Open(row.GetString(0), row.GetString(5)) is { } open ? AccountJson.Secrets(open) : null)));
}

internal sealed class AccountConditions(JikoDatabase database) : IAccountConditions, IConditionNotes
{
    public Task Note(string account, AccountCondition condition, DateTimeOffset at) =>
        condition is AccountCondition.Available
            ? database.Background.Run(
                "DELETE FROM jiko.payment_account_trouble WHERE account = $1", Sql.Of(account))
            : database.Background.Run(
                """
                INSERT INTO jiko.payment_account_trouble (account, condition, noted_at) VALUES ($1, $2, $3)
                ON CONFLICT (account) DO UPDATE SET condition = excluded.condition, noted_at = excluded.noted_at
                """,
                Sql.Of(account), Sql.Of(condition.WireName), Sql.Of(at));

    public async Task<IReadOnlyDictionary<string, AccountCondition>> Troubled(DateTimeOffset since)
    {
        var rows = await database.Source.Rows(
            "SELECT account, condition FROM jiko.payment_account_trouble WHERE noted_at >= $1",
            row => KeyValuePair.Create(row.GetString(0), row.WireName<AccountCondition>(1)), Sql.Of(since));
        return rows.ToDictionary();
    }
}

/// <summary>
/// Notes the names of the installation's accounts, so that no kitchen takes one of them, now or later. A host whose
/// file has the name of a kitchen's account does not start.
/// </summary>
internal sealed class AccountNames(JikoDatabase database, PaymentAccountSettingsOfHost host) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.Source.Run(
            """
            INSERT INTO jiko.payment_account_name (name, vendor, live_mode)
            SELECT a.name, a.vendor, a.live_mode FROM unnest($1, $2, $3) AS a(name, vendor, live_mode)
            ON CONFLICT (name) DO UPDATE SET vendor = excluded.vendor, live_mode = excluded.live_mode
            WHERE payment_account_name.kitchen_id IS NULL
                AND (payment_account_name.vendor, payment_account_name.live_mode)
                    IS DISTINCT FROM (excluded.vendor, excluded.live_mode)
            """,
            Sql.Of(host.Names.Select(account => account.Name).ToArray()),
            Sql.Of(host.Names.Select(account => account.Vendor?.WireName).ToArray()),
            Sql.Of(host.Names.Select(account => account.Vendor is null ? null : (bool?)account.LiveMode).ToArray()));
        var taken = await database.Source.Rows(
            "SELECT name FROM jiko.payment_account_name WHERE name = ANY ($1) AND kitchen_id IS NOT NULL ORDER BY name",
            row => row.GetString(0), Sql.Of(host.Names.Select(account => account.Name).ToArray()));
        if (taken.Count > 0)
            throw new StartRefusedException(
                $"JIKO_AGGREGATORS has an account named {taken[0]}, which is the name of a kitchen's account.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
