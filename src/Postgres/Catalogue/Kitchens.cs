using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Catalogue;

internal sealed class Kitchens(JikoDatabase database, ManagementWrites writes, IIds ids) : IKitchens
{
    private const string Insert = $"""
        INSERT INTO jiko.kitchen ({KitchenRows.Kitchen}, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
            $17, $18, $19)
        """;

    private const string Update = """
        UPDATE jiko.kitchen SET name = $2, live_mode = $3, time_zone = $4, day_starts_at = $5,
            payment_timeout_seconds = $6, slip_timeout_seconds = $7, low_stock_threshold = $8, late_payments = $9,
            allow_part_payments = $10, approval_timeout_seconds = $11, unanswered_orders = $12,
            cash_movement_limit = $13, currency = $14, country = $15, commission_app = $16, commission_whatsapp = $17,
            commission_hosted = $18
        WHERE id = $1
        """;

    /// <summary>
    /// Prices, sales, bills, balances and drawers are in the currency. Who adds a dish locks the kitchen's row; there
    /// is no sale and no bill without dishes, but a web shop's; and no balance or drawer without a transfer.
    /// </summary>
    private const string InUse = """
        SELECT 'in use' WHERE EXISTS (SELECT FROM jiko.menu_item WHERE kitchen_id = $1)
            OR EXISTS (SELECT FROM jiko.ledger_transfer WHERE kitchen_id = $1)
            OR EXISTS (SELECT FROM jiko.shift WHERE kitchen_id = $1)
            OR EXISTS (SELECT FROM jiko.checkout_session WHERE kitchen_id = $1)
            OR EXISTS (SELECT FROM jiko.register WHERE kitchen_id = $1)
            OR EXISTS (SELECT FROM jiko.kitchen_payment_method WHERE kitchen_id = $1 AND shape = 'TILL')
        """;

    public async Task<Reply<Kitchen>> Add(NewKitchen kitchen, Operation? operation)
    {
        if (KitchenRules.Broken(kitchen) is { Count: > 0 } broken) return broken;
        var added = new Kitchen(ids.Next(), kitchen.Name, kitchen.LiveMode, kitchen.Settings);
        return await writes.Once<Kitchen>(operation, added.Id, async write =>
        {
            await write.Run(Insert, [.. KitchenRows.Values(added), Sql.Of(write.At)]);
            write.Changes(added.Id);
            return added;
        });
    }

    public async Task<Reply<Kitchen>> Find(Guid kitchenId) =>
        await database.Source.Row(
            $"SELECT {KitchenRows.Kitchen} FROM jiko.kitchen WHERE id = $1", KitchenRows.ReadKitchen, Sql.Of(kitchenId))
        is { } kitchen ? kitchen : KitchenRefusals.NotFound;

    public Task<Page<Stamped<Kitchen>>> List(PageRequest page) => database.Source.Page(
        $"SELECT {KitchenRows.Kitchen}, created_at AS at FROM jiko.kitchen", page,
        row => new Stamped<Kitchen>(KitchenRows.ReadKitchen(row), row.GetFieldValue<DateTimeOffset>(18)));

    public async Task<Reply<Kitchen>> Change(Guid kitchenId, KitchenChange change)
    {
        if (KitchenRules.Broken(change) is { Count: > 0 } broken) return broken;
        return await writes.Do<Kitchen>(async write =>
        {
            var before = await write.Row(
                $"SELECT {KitchenRows.Kitchen} FROM jiko.kitchen WHERE id = $1 FOR UPDATE", KitchenRows.ReadKitchen,
                Sql.Of(kitchenId));
            if (before is null) return KitchenRefusals.NotFound;
            var after = change.Of(before);
            if (KitchenRules.BrokenPlace(after.Settings) is { Count: > 0 } misplaced) return misplaced;
            if (after.Settings.Currency != before.Settings.Currency
                && await write.Row(InUse, row => row.GetString(0), Sql.Of(kitchenId)) is not null)
                return KitchenRefusals.CurrencyInUse(before.Settings.Currency);
            await write.Run(Update, KitchenRows.Values(after));
            write.Changes(kitchenId);
            return after;
        });
    }

    public async Task<Reply<Kitchen>> SetCommission(Guid kitchenId, CommissionRates rates)
    {
        if (rates.Broken() is { Count: > 0 } broken) return broken;
        return await writes.Do<Kitchen>(async write =>
        {
            var before = await write.Row(
                $"SELECT {KitchenRows.Kitchen} FROM jiko.kitchen WHERE id = $1 FOR UPDATE", KitchenRows.ReadKitchen,
                Sql.Of(kitchenId));
            if (before is null) return KitchenRefusals.NotFound;
            var after = before with { Commission = rates };
            await write.Run(Update, KitchenRows.Values(after));
            write.Changes(kitchenId);
            return after;
        });
    }
}
