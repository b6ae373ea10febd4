using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Ledger;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Settlement;

/// <summary>
/// What is in a wallet is the sum of its movements in the ledger; a payout is one more movement.
/// </summary>
internal sealed class MerchantWallets(
    JikoDatabase database, ManagementWrites writes, IIds ids, TimeProvider clock) : ISettlementWallets
{
    private const string Select = """
        SELECT w.id, w.merchant_id, w.name, w.currency, w.time_zone, m.live_mode,
            (SELECT coalesce(sum(e.amount), 0) FROM jiko.settlement_entry e WHERE e.wallet_id = w.id)::bigint,
            w.created_at
        FROM jiko.settlement_wallet w JOIN jiko.merchant m ON m.id = w.merchant_id
        """;

    /// <summary>The wallet's money by the stores whose sales it is, the oldest money first.</summary>
    private const string Balances = """
        SELECT kitchen_id, sum(amount)::bigint FROM jiko.settlement_entry WHERE wallet_id = $1
        GROUP BY kitchen_id ORDER BY min(at), kitchen_id
        """;

    private const string Days = """
        SELECT (at AT TIME ZONE $4)::date, kind, sum(amount)::bigint FROM jiko.settlement_entry
        WHERE wallet_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2
        """;

    private const string InsertTransfer = """
        INSERT INTO jiko.ledger_transfer (
            leg_id, step, part, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner, amount, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    public async Task<Reply<SettlementWallets>> List(Guid merchantId)
    {
        var wallets = await database.Source.Rows(
            $"{Select} WHERE w.merchant_id = $1 ORDER BY w.created_at, w.id", Read, Sql.Of(merchantId));
        if (wallets.Count > 0) return new SettlementWallets(wallets.ToSequence());
        var known = await database.Source.Rows(
            "SELECT 1 FROM jiko.merchant WHERE id = $1", _ => true, Sql.Of(merchantId));
        return known.Count > 0 ? new SettlementWallets([]) : KitchenRefusals.NotFound;
    }

    public async Task<Reply<SettlementWallet>> Add(Guid merchantId, SettlementWalletPlan plan, Operation? operation)
    {
        if (RegisterRules.Broken(plan) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<SettlementWallet>(operation, id, async write =>
        {
            // Only one at a time counts the merchant's wallets.
            if (await write.Row(
                    "SELECT id FROM jiko.merchant WHERE id = $1 FOR NO KEY UPDATE", row => row.GetGuid(0).ToString(),
                    Sql.Of(merchantId)) is null) return KitchenRefusals.NotFound;
            var known = await write.Connection.Rows(
                "SELECT 1 FROM jiko.settlement_wallet WHERE merchant_id = $1", _ => true, Sql.Of(merchantId));
            if (known.Count >= RegisterRules.MostWallets) return RegisterRefusals.TooManyWallets;
            await Insert(write, id, merchantId, plan);
            return await write.Row($"{Select} WHERE w.id = $1", Read, Sql.Of(id))
                ?? throw new InvalidOperationException("The wallet was just made.");
        });
    }

    /// <summary>Makes a wallet with the days of the merchant's first store.</summary>
    public static Task Insert(ManagementWrite write, Guid id, Guid merchantId, SettlementWalletPlan plan) => write.Run(
        """
        INSERT INTO jiko.settlement_wallet (id, merchant_id, name, currency, time_zone, created_at)
        SELECT $1, $2, $3, $4, k.time_zone, $5
        FROM jiko.merchant_store s JOIN jiko.kitchen k ON k.id = s.kitchen_id
        WHERE s.merchant_id = $2 ORDER BY k.created_at, k.id LIMIT 1
        """,
        Sql.Of(id), Sql.Of(merchantId), Sql.Of(plan.Name), Sql.Of(plan.Currency.WireName), Sql.Of(write.At));

    public async Task<Reply<SettlementWallet>> Find(Guid walletId, Guid? merchantId) =>
        await database.Source.Row($"{Select} WHERE w.id = $1", Read, Sql.Of(walletId)) is { } wallet
        && (merchantId is null || merchantId == wallet.MerchantId)
            ? wallet
            : RegisterRefusals.WalletNotFound;

    public async Task<Reply<WalletStatement>> Statement(SettlementWallet wallet, DateOnly? from, DateOnly? to)
    {
        var last = to ?? DateOnly.FromDateTime(DaysOf(wallet).LocalTimeOf(clock.GetUtcNow()).DateTime);
        var first = from ?? last.AddDays(-30);
        if (last < first || last.DayNumber - first.DayNumber >= WalletStatement.MostDays)
            return RegisterRefusals.StatementTooLong;

        var (since, until) = (DaysOf(wallet).StartOf(first), DaysOf(wallet).StartOf(last.AddDays(1)));
        await using var connection = await database.Source.OpenConnectionAsync();
        // One snapshot: the days begin where those before them end.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead);
        var opening = await connection.Rows(
            "SELECT coalesce(sum(amount), 0)::bigint FROM jiko.settlement_entry WHERE wallet_id = $1 AND at < $2",
            row => new Money(row.GetInt64(0)), Sql.Of(wallet.Id), Sql.Of(since.ToUniversalTime()));
        var movements = await connection.Rows(
            Days,
            row => new WalletMovementSum(
                row.GetFieldValue<DateOnly>(0), row.WireName<WalletEntryKind>(1), new Money(row.GetInt64(2))),
            Sql.Of(wallet.Id), Sql.Of(since.ToUniversalTime()), Sql.Of(until.ToUniversalTime()),
            Sql.Of(wallet.TimeZone));
        return WalletStatement.Of(first, last, opening[0], movements);
    }

    public Task<Page<WalletEntry>> Entries(
        SettlementWallet wallet, DateOnly? from, DateOnly? to, PageRequest page) =>
        new KeysetQuery(
            "id, kind, amount, at, kitchen_id, session_id, leg_id", "jiko.settlement_entry", "at")
            .Where("wallet_id =", wallet.Id)
            .WhereGiven("at >=", Start(wallet, from))
            .WhereGiven("at <", Start(wallet, to?.AddDays(1)))
            .Run(database.Source, page, ReadEntry);

    public async Task<Reply<Payout>> PayOut(Guid walletId, PayoutPlan plan, Operation? operation)
    {
        if (RegisterRules.Broken(plan, clock.GetUtcNow()) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<Payout>(operation, id, async write =>
        {
            // Two payouts of one wallet come one after the other: the second sees what the first has taken.
            if (await write.Row(
                    "SELECT id FROM jiko.settlement_wallet WHERE id = $1 FOR NO KEY UPDATE",
                    row => row.GetGuid(0).ToString(), Sql.Of(walletId)) is null) return RegisterRefusals.WalletNotFound;
            // Whoever records one twice hears that, and not that the wallet is empty since.
            if (await write.Row(
                    "SELECT reference FROM jiko.payout WHERE wallet_id = $1 AND reference = $2",
                    row => row.GetString(0), Sql.Of(walletId), Sql.Of(plan.Reference)) is not null)
                return RegisterRefusals.PayoutRecorded;
            var balances = (await write.Connection.Rows(
                Balances, row => (row.GetGuid(0), new Money(row.GetInt64(1))), Sql.Of(walletId))).ToSequence();
            if (RegisterRules.SharesOf(balances, plan.Amount) is not { } shares)
                return SessionRefusals.InsufficientWalletBalance(
                    balances.Sum(store => store.Item2), "/amount");

            var payout = new Payout(id, walletId, plan.Amount, plan.Reference, plan.PaidAt, write.At);
            await write.Run(
                """
                INSERT INTO jiko.payout (id, wallet_id, amount, reference, paid_at, recorded_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                Sql.Of(id), Sql.Of(walletId), Sql.Of(plan.Amount.Shillings), Sql.Of(plan.Reference),
                Sql.Of(plan.PaidAt.ToUniversalTime()), Sql.Of(write.At));
            foreach (var (part, (store, share)) in shares.Index())
            {
                await write.Run(
                    InsertTransfer, Sql.Of(id), Sql.Of(LedgerStep.Disburse.WireName), Sql.Of(part), Sql.Of(store),
                    Sql.Of(PaymentMethod.MobileMoney.WireName), Sql.Of(AccountKind.PaidOut.WireName), Sql.Of(walletId),
                    Sql.Of(AccountKind.SettlementWallet.WireName), Sql.Of(walletId), Sql.Of(share.Shillings),
                    Sql.Of(write.At));
            }

            return payout;
        });
    }

    public Task<Page<Payout>> Payouts(Guid walletId, PageRequest page) =>
        new KeysetQuery(
            "id, wallet_id, amount, reference, paid_at, recorded_at", "jiko.payout", "recorded_at")
            .Where("wallet_id =", walletId)
            .Run(database.Source, page, row => new Payout(
                row.GetGuid(0), row.GetGuid(1), new Money(row.GetInt64(2)), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)));

    private static DateTimeOffset? Start(SettlementWallet wallet, DateOnly? day) =>
        day is { } date ? DaysOf(wallet).StartOf(date).ToUniversalTime() : null;

    /// <summary>A statement's days begin at midnight.</summary>
    private static KitchenSettings DaysOf(SettlementWallet wallet) => KitchenSettings.Default with
    {
        TimeZone = wallet.TimeZone,
        DayStartsAt = TimeOnly.MinValue,
    };

    private static SettlementWallet Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.WireName<Currency>(3), row.GetString(4),
        row.GetBoolean(5), new Money(row.GetInt64(6)), row.GetFieldValue<DateTimeOffset>(7));

    private static WalletEntry ReadEntry(NpgsqlDataReader row)
    {
        var kind = row.WireName<WalletEntryKind>(1);
        return new WalletEntry(
            row.GetGuid(0), kind, new Money(row.GetInt64(2)), row.GetFieldValue<DateTimeOffset>(3), row.GetGuid(4),
            row.Optional<Guid>(5), kind is WalletEntryKind.PaidOut ? row.GetGuid(6) : null);
    }
}
