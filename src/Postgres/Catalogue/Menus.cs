using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Catalogue;

internal sealed class Menus(JikoDatabase database, ManagementWrites writes, IIds ids) : IMenus
{
    private const string InsertItem = $"""
        INSERT INTO jiko.menu_item (kitchen_id, {KitchenRows.MenuItem}, position)
        SELECT $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1 FROM jiko.menu_item WHERE kitchen_id = $1
        HAVING count(*) < $7
        """;

    private const string UpdateItem =
        "UPDATE jiko.menu_item SET name = $2, price = $3, category = $4, available = $5 WHERE id = $1";

    private const string InsertMethod = $"""
        INSERT INTO jiko.kitchen_payment_method (kitchen_id, {KitchenRows.PaymentMethod}, created_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM jiko.kitchen_payment_method WHERE kitchen_id = $1
        HAVING count(*) < $11
        """;

    private const string UpdateMethod = """
        UPDATE jiko.kitchen_payment_method
        SET name = $2, provider = $3, active = $4, shape = $5, till_number = $6, account = $7, receipt_required = $8
        WHERE id = $1
        """;

    public async Task<IReadOnlyList<MenuItem>> Items(Guid kitchenId) => await database.Source.Rows(
        $"SELECT {KitchenRows.MenuItem} FROM jiko.menu_item WHERE kitchen_id = $1 ORDER BY position",
        KitchenRows.ReadMenuItem, Sql.Of(kitchenId));

    public async Task<Reply<MenuItem>> Add(Guid kitchenId, NewMenuItem item, Operation? operation)
    {
        if (MenuRules.Broken(item) is { Count: > 0 } broken) return broken;
        var added = new MenuItem(ids.Next(), item.Name, item.Price, item.Category, item.Available);
        return await writes.Once<MenuItem>(operation, added.Id, async write =>
        {
            if (!await write.Lock(kitchenId)) return KitchenRefusals.NotFound;
            var fits = await write.Run(
                InsertItem, Sql.Of(kitchenId), Sql.Of(added.Id), Sql.Of(added.Name), Sql.Of(added.Price.Shillings),
                Sql.Of(added.Category), Sql.Of(added.Available), Sql.Of(MenuRules.MostItems));
            if (fits == 0) return KitchenRefusals.TooMany("menu items", MenuRules.MostItems);
            write.Changes(kitchenId);
            return added;
        });
    }

    public async Task<Reply<MenuItem>> Change(Guid kitchenId, Guid menuId, MenuItemChange change)
    {
        if (MenuRules.Broken(change) is { Count: > 0 } broken) return broken;
        return await writes.Do<MenuItem>(async write =>
        {
            var before = await write.Row(
                $"SELECT {KitchenRows.MenuItem} FROM jiko.menu_item WHERE kitchen_id = $1 AND id = $2 FOR UPDATE",
                KitchenRows.ReadMenuItem, Sql.Of(kitchenId), Sql.Of(menuId));
            if (before is null) return KitchenRefusals.NotFound;
            var after = change.Of(before);
            await write.Run(
                UpdateItem, Sql.Of(menuId), Sql.Of(after.Name), Sql.Of(after.Price.Shillings), Sql.Of(after.Category),
                Sql.Of(after.Available));
            write.Changes(kitchenId);
            return after;
        });
    }

    public async Task<IReadOnlyList<KitchenPaymentMethod>> PaymentMethods(Guid kitchenId) => await database.Source.Rows(
        $"SELECT {KitchenRows.PaymentMethod} FROM jiko.kitchen_payment_method "
            + "WHERE kitchen_id = $1 ORDER BY created_at, id",
        KitchenRows.ReadPaymentMethod, Sql.Of(kitchenId));

    public async Task<Reply<KitchenPaymentMethod>> Add(Guid kitchenId, NewPaymentMethod method, Operation? operation)
    {
        if (MenuRules.Broken(method) is { Count: > 0 } broken) return broken;
        var added = method.Of(ids.Next());
        return await writes.Once<KitchenPaymentMethod>(operation, added.Id, async write =>
        {
            if (!await write.Lock(kitchenId)) return KitchenRefusals.NotFound;
            var fits = await write.Run(
                InsertMethod,
                [
                    Sql.Of(kitchenId), .. KitchenRows.Values(added), Sql.Of(write.At),
                    Sql.Of(MenuRules.MostPaymentMethods),
                ]);
            if (fits == 0) return KitchenRefusals.TooMany("payment methods", MenuRules.MostPaymentMethods);
            write.Changes(kitchenId);
            return added;
        });
    }

    public async Task<Reply<KitchenPaymentMethod>> Change(Guid kitchenId, Guid methodId, PaymentMethodChange change)
    {
        if (MenuRules.Broken(change) is { Count: > 0 } broken) return broken;
        return await writes.Do<KitchenPaymentMethod>(async write =>
        {
            var before = await write.Row(
                $"""
                SELECT {KitchenRows.PaymentMethod} FROM jiko.kitchen_payment_method
                WHERE kitchen_id = $1 AND id = $2 FOR UPDATE
                """,
                KitchenRows.ReadPaymentMethod, Sql.Of(kitchenId), Sql.Of(methodId));
            if (before is null) return KitchenRefusals.NotFound;
            var after = change.Of(before);
            if (ChannelShapeRules.Broken(after) is { Count: > 0 } unfit) return unfit;
            await write.Run(UpdateMethod, KitchenRows.Values(after));
            write.Changes(kitchenId);
            return after;
        });
    }
}
