using JikoXpress.Domain;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Reads;

internal sealed class SessionReads(JikoDatabase database) : ISessionReads
{
    private const string ByCode = "SELECT id FROM jiko.checkout_session WHERE kitchen_id = $1 AND slip_code = $2";

    private const string ByNumber = """
        SELECT id FROM jiko.checkout_session WHERE kitchen_id = $1 AND number = $2 AND session_type = 'SLIP'
        ORDER BY opened_at DESC LIMIT 10
        """;

    public Task<Page<Snapshot<Session.Opened>>> List(SessionFilter filter, PageRequest page) =>
        new KeysetQuery("state, version", "jiko.checkout_session", "business_date", "number")
            .Where("kitchen_id =", filter.KitchenId)
            .Where("NOT EXISTS (SELECT FROM jiko.bill_payment p WHERE p.session_id = checkout_session.id)")
            .WhereGiven("opened_by =", filter.OpenedBy)
            .WhereGiven("status =", filter.Status?.WireName)
            .WhereGiven("channel =", filter.Channel?.WireName)
            .WhereGiven("session_type =", filter.SessionType?.WireName)
            .WhereGiven("table_number =", filter.TableNumber)
            .WhereGiven("business_date >=", filter.From)
            .WhereGiven("business_date <=", filter.To)
            .WhereGiven("slip_code IS NOT NULL AND number =", filter.Number)
            .WhereGiven("client_reference =", filter.ClientReference)
            .Run(database.Source, page, Read);

    public async Task<Guid?> SlipByCode(Guid kitchenId, string slipCode)
    {
        var found = await database.Source.Rows(ByCode, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(slipCode));
        return found is [var id] ? id : null;
    }

    public async Task<IReadOnlyList<Guid>> SlipsByNumber(Guid kitchenId, int number) =>
        await database.Source.Rows(ByNumber, row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(number));

    private static Snapshot<Session.Opened> Read(NpgsqlDataReader row) =>
        new((Session.Opened)StateJson.Read<Session>(row.GetString(0)), row.GetInt64(1));
}
