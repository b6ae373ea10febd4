using JikoXpress.Domain;
using JikoXpress.Grains.Ports;

namespace JikoXpress.Postgres.Reads;

internal sealed class WalletReads(JikoDatabase database) : IWalletReads
{
    private const string Available =
        "SELECT owner, available FROM jiko.wallet WHERE owner = ANY ($2) AND kitchen_id = $1 AND kind = 'KITCHEN'";

    private const string ByPhone = "SELECT id FROM jiko.kitchen_customer WHERE kitchen_id = $1 AND phone = $2";

    public async Task<Guid?> CustomerOf(Guid kitchenId, string phone)
    {
        var found = await database.Source.Rows(ByPhone, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(phone));
        return found.Count > 0 ? found[0] : null;
    }

    public async Task<IReadOnlyDictionary<Guid, Money>> KitchenWallets(
        Guid kitchenId, IReadOnlyCollection<Guid> customers)
    {
        if (customers.Count == 0) return new Dictionary<Guid, Money>();
        var wallets = await database.Source.Rows(
            Available, row => (Owner: row.GetGuid(0), Balance: new Money(row.GetInt64(1))),
            Sql.Of(kitchenId), Sql.Of<Guid[]>([.. customers]));
        return wallets.ToDictionary(wallet => wallet.Owner, wallet => wallet.Balance);
    }
}
