using System.Buffers.Text;
using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.HostedPage;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Settlement;

internal sealed class Registers(JikoDatabase database, ManagementWrites writes, IIds ids) : IRegisters, IRegisterReads
{
    private const string Select = """
        SELECT id, merchant_id, kitchen_id, number, description, wallet_id, code, active FROM jiko.register
        """;

    private const string One = $"{Select} WHERE kitchen_id = $1 AND number = $2";

    /// <summary>The store's currency and merchant, and how many registers it has.</summary>
    private const string Store = """
        SELECT k.currency, s.merchant_id,
            (SELECT coalesce(max(r.number), 0) FROM jiko.register r WHERE r.kitchen_id = k.id)
        FROM jiko.kitchen k JOIN jiko.merchant_store s ON s.kitchen_id = k.id
        WHERE k.id = $1
        """;

    public async Task<Sequence<Register>> List(Guid storeId) => (await database.Source.Rows(
        $"{Select} WHERE kitchen_id = $1 ORDER BY number", Read, Sql.Of(storeId))).ToSequence();

    public async Task<Reply<Register>> Find(Guid storeId, int number) =>
        await database.Source.Row(One, Read, Sql.Of(storeId), Sql.Of(number)) is { } register
            ? register
            : RegisterRefusals.CheckoutNotFound;

    public async Task<Reply<Register>> Find(string code) =>
        await database.Source.Row($"{Select} WHERE code = $1", Read, Sql.Of(code)) is { } register
            ? register
            : RegisterRefusals.CheckoutNotFound;

    async Task<KnownRegister?> IRegisterReads.Find(Guid storeId, int number) => await Sql.ForGrains(
        database.Source.Row(
            "SELECT number, wallet_id, active FROM jiko.register WHERE kitchen_id = $1 AND number = $2",
            row => new KnownRegister(row.GetInt32(0), row.GetGuid(1), row.GetBoolean(2)),
            Sql.Of(storeId), Sql.Of(number)));

    public async Task<Reply<Register>> Add(Guid storeId, RegisterPlan plan, Operation? operation)
    {
        if (RegisterRules.Broken(plan) is { Count: > 0 } broken) return broken;
        var id = ids.Next();
        return await writes.Once<Register>(operation, id, async write =>
        {
            // Only one at a time counts the store's registers.
            await write.Lock(storeId);
            var known = await write.Row(Store, ReadStore, Sql.Of(storeId));
            if (known is null) return HostedRefusals.StoreNotFound;
            if (await Misfit(write, plan.WalletId, known) is { } refusal) return refusal;
            if (known.LastNumber >= RegisterRules.MostRegisters) return RegisterRefusals.TooManyRegisters;

            var register = new Register(
                id, known.MerchantId, storeId, known.LastNumber + 1, plan.Description, plan.WalletId, NewCode(),
                Active: true);
            await write.Run(
                """
                INSERT INTO jiko.register (
                    id, merchant_id, kitchen_id, number, description, wallet_id, code, active, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8)
                """,
                Sql.Of(id), Sql.Of(register.MerchantId), Sql.Of(storeId), Sql.Of(register.Number),
                Sql.Of(register.Description), Sql.Of(register.WalletId), Sql.Of(register.Code), Sql.Of(write.At));
            return register;
        });
    }

    public async Task<Reply<Register>> Change(Guid storeId, int number, RegisterChange change)
    {
        if (RegisterRules.Broken(change) is { Count: > 0 } broken) return broken;
        return await writes.Do<Register>(async write =>
        {
            var known = await write.Row(Store, ReadStore, Sql.Of(storeId));
            if (known is null) return HostedRefusals.StoreNotFound;
            if (await write.Row($"{One} FOR UPDATE", Read, Sql.Of(storeId), Sql.Of(number)) is not { } before)
                return RegisterRefusals.CheckoutNotFound;
            if (change.WalletId is { } wallet && await Misfit(write, wallet, known) is { } refusal) return refusal;

            var after = before with
            {
                Description = change.Description ?? before.Description,
                WalletId = change.WalletId ?? before.WalletId,
                Active = change.Active ?? before.Active,
            };
            await write.Run(
                "UPDATE jiko.register SET description = $2, wallet_id = $3, active = $4 WHERE id = $1",
                Sql.Of(after.Id), Sql.Of(after.Description), Sql.Of(after.WalletId), Sql.Of(after.Active));
            return after;
        });
    }

    /// <summary>Why sales of the store cannot settle into the wallet; null if they can.</summary>
    private static async Task<Refusal?> Misfit(ManagementWrite write, Guid walletId, KnownStore store)
    {
        var currency = await write.Row(
            "SELECT currency FROM jiko.settlement_wallet WHERE id = $1 AND merchant_id = $2", row => row.GetString(0),
            Sql.Of(walletId), Sql.Of(store.MerchantId));
        return currency is null ? RegisterRefusals.WalletUnknown
            : currency != store.Currency.WireName ? RegisterRefusals.CurrencyMismatch(store.Currency)
            : null;
    }

    /// <summary>128 bits that nobody can guess, in 22 letters that an address can have.</summary>
    private string NewCode() => Base64Url.EncodeToString(
        [.. BitConverter.GetBytes(ids.Bits()), .. BitConverter.GetBytes(ids.Bits())]);

    private static KnownStore ReadStore(NpgsqlDataReader row) =>
        new(row.WireName<Currency>(0), row.GetGuid(1), row.GetInt32(2));

    private static Register Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetInt32(3), row.GetString(4), row.GetGuid(5),
        row.GetString(6), row.GetBoolean(7));

    private sealed record KnownStore(Currency Currency, Guid MerchantId, int LastNumber);
}
