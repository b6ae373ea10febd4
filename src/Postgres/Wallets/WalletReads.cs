using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Access;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Wallets;

internal sealed class WalletReads(JikoDatabase database, TimeProvider clock) : IWalletReads
{
    private const string Available =
        "SELECT owner, available FROM jiko.wallet WHERE owner = ANY ($2) AND kitchen_id = $1 AND kind = 'KITCHEN'";

    private const string ByPhone = "SELECT id FROM jiko.kitchen_customer WHERE kitchen_id = $1 AND phone = $2";

    private const string ByCode = """
        SELECT a.code_hash, a.id, a.account_id, a.largest_amount FROM jiko.wallet_authorization a
        WHERE a.code_hash = ANY ($1) AND a.expires_at > $2 AND a.live_mode = $3
            AND NOT EXISTS (SELECT FROM jiko.wallet_authorization_spent s WHERE s.authorization_id = a.id)
        """;

    public async Task<IReadOnlyDictionary<string, WalletAuthorization>> Authorizations(
        IReadOnlyCollection<string> codes, bool liveMode)
    {
        var hashes = codes.Distinct().ToDictionary(code => code, code => Codes.Hash(code));
        var found = await Sql.ForGrains(database.Source.Rows(
            ByCode,
            row => (Hash: row.GetFieldValue<byte[]>(0), Authorization: new WalletAuthorization(
                row.GetGuid(1), row.GetGuid(2), row.IsDBNull(3) ? null : new Money(row.GetInt64(3)))),
            Sql.Of<byte[][]>([.. hashes.Values]), Sql.Of(clock.GetUtcNow()), Sql.Of(liveMode)));
        return (
            from code in hashes
            from row in found
            where row.Hash.SequenceEqual(code.Value)
            select (Code: code.Key, row.Authorization)).ToDictionary(code => code.Code, code => code.Authorization);
    }

    public async Task<Guid?> CustomerOf(Guid kitchenId, string phone)
    {
        var found = await Sql.ForGrains(
            database.Source.Rows(ByPhone, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(phone)));
        return found.Count > 0 ? found[0] : null;
    }

    public async Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(
        Guid kitchenId, IReadOnlyCollection<Guid> customers)
    {
        if (customers.Count == 0) return new Dictionary<Guid, Money>();
        var wallets = await Sql.ForGrains(database.Source.Rows(
            Available, row => (Owner: row.GetGuid(0), Balance: new Money(row.GetInt64(1))),
            Sql.Of(kitchenId), Sql.Of<Guid[]>([.. customers])));
        return wallets.ToDictionary(wallet => wallet.Owner, wallet => wallet.Balance);
    }
}
