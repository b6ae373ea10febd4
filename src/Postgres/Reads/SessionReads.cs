using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class SessionReads(JikoDatabase database) : ISessionReads
{
    private const string ByCode = """
        SELECT id FROM jiko.checkout_session WHERE slip_code = $2 AND ($1 IS NULL OR kitchen_id = $1)
        """;

    public async Task<Page<Snapshot<Session.Opened>>> List(SessionFilter filter, PageRequest page)
    {
        var query = filter.KitchenId is { } kitchen ? OfKitchen(kitchen) : OfSeveralKitchens();
        query
            .WhereGiven("opened_by =", filter.OpenedBy)
            .WhereGiven("status =", filter.Status?.WireName)
            .WhereSale(filter.Sale);
        if (filter.Sale?.Number is not null) query.Where("slip_code IS NOT NULL");
        if (filter is { Search: { } search, KitchenId: { } own })
        {
            query
                .WhereGiven("number =", search.Number)
                .WhereGiven("slip_code =", search.SlipCode)
                .WhereGiven("total =", search.Total?.Shillings);
            if (await SaleSearches.Find(database.Source, own, filter) is { } found)
                query.Matching("id = ANY ({0})", Sql.Of(found));
        }

        // Guests show receipts of bills, too: those are of sessions that only take the money for one.
        if (filter.Search is not ({ Receipt: not null } or { PhoneEnding: not null }))
            query.Where($"NOT {SaleSearches.PaysBill}");
        return await query.Run(database.Source, page, Read);
    }

    private static KeysetQuery OfKitchen(Guid kitchenId) =>
        new KeysetQuery("state, version", "jiko.checkout_session", "business_date", "number")
            .Where("kitchen_id =", kitchenId);

    /// <summary>The index that serves this has these channels only.</summary>
    private static KeysetQuery OfSeveralKitchens() =>
        new KeysetQuery("state, version", "jiko.checkout_session", "opened_at")
            .Where("channel IN ('APP', 'WHATSAPP')");

    public async Task<Guid?> SlipByCode(Guid? kitchenId, string slipCode)
    {
        var found = await database.Source.Rows(ByCode, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(slipCode));
        return found is [var id] ? id : null;
    }

    public Task<IReadOnlyList<Guid>> SlipsByNumber(Guid kitchenId, int number) =>
        SaleSearches.Slips(database.Source, kitchenId, number);

    private static Snapshot<Session.Opened> Read(NpgsqlDataReader row) =>
        new((Session.Opened)StateJson.Read<Session>(row.GetString(0)), row.GetInt64(1));
}
