using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Caches;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Catalogue;

/// <summary>
/// Cache of the kitchens with their menus. A change by this process is seen at once, and a change by another process
/// when its notification arrives. If notifications cannot be received, the cache is at most half a minute old.
/// </summary>
internal sealed class CatalogueMemory(JikoDatabase database, NewsLine line, TimeProvider clock) : ICatalogue
{
    private const int MostKitchens = 2_000;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly RowCache<Guid, KitchenCatalogue> memory =
        new(line, Life, MostKitchens, clock, kitchenId => Sql.ForGrains(Read(database, kitchenId)));

    public ValueTask<KitchenCatalogue?> Kitchen(Guid kitchenId) => memory.Find(kitchenId);

    public async ValueTask<Guid?> KitchenOf(Guid menuId)
    {
        var kitchens = await Sql.ForGrains(database.Source.Rows(
            "SELECT kitchen_id FROM jiko.menu_item WHERE id = $1", row => row.GetGuid(0), Sql.Of(menuId)));
        return kitchens is [var kitchen] ? kitchen : null;
    }

    public void Forget(Guid kitchenId) => memory.Forget(kitchenId);

    public void ForgetAll() => memory.ForgetAll();

    private static async Task<KitchenCatalogue?> Read(JikoDatabase database, Guid kitchenId)
    {
        await using var batch = database.Source.CreateBatch();
        Add(batch, $"SELECT {KitchenRows.Kitchen} FROM jiko.kitchen WHERE id = $1", kitchenId);
        Add(batch, $"SELECT {KitchenRows.MenuItem} FROM jiko.menu_item WHERE kitchen_id = $1 ORDER BY position",
            kitchenId);
        Add(batch, $"SELECT {KitchenRows.PaymentMethod} FROM jiko.kitchen_payment_method WHERE kitchen_id = $1",
            kitchenId);
        Add(batch,
            "SELECT account, active FROM jiko.payment_account WHERE kitchen_id = $1 AND place > 0 ORDER BY place",
            kitchenId);
        await using var rows = await batch.ExecuteReaderAsync();
        var kitchens = await rows.All(KitchenRows.ReadKitchen);
        await rows.NextResultAsync();
        var menu = await rows.All(KitchenRows.ReadMenuItem);
        await rows.NextResultAsync();
        var methods = await rows.All(KitchenRows.ReadPaymentMethod);
        await rows.NextResultAsync();
        var accounts = await rows.All(row => (Name: row.GetString(0), Active: row.GetBoolean(1)));
        return kitchens is [var kitchen]
            ? new KitchenCatalogue(
                kitchen, menu.ToDictionary(item => item.Id), methods.ToDictionary(method => method.Id),
                accounts.Count is 0
                    ? null
                    : accounts.Where(account => account.Active).Select(account => account.Name).ToSequence())
            : null;
    }

    private static void Add(NpgsqlBatch batch, string text, Guid kitchenId) =>
        batch.BatchCommands.Add(new NpgsqlBatchCommand(text) { Parameters = { Sql.Of(kitchenId) } });
}
