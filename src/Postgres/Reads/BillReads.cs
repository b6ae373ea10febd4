using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Postgres.Reads;

internal sealed class BillReads(JikoDatabase database) : IBillReads
{
    /// <summary>The moment at which a business day of the kitchen begins; {0} is the day, {1} the kitchen.</summary>
    private const string Morning =
        "(SELECT ({0} + k.day_starts_at) AT TIME ZONE k.time_zone FROM jiko.kitchen k WHERE k.id = {1})";

    private const string HasRound = """
        order_ids && ARRAY(
            SELECT o.id FROM jiko.checkout_session s JOIN jiko.customer_order o ON o.session_id = s.id
            WHERE s.kitchen_id = {1} AND s.client_reference = {0})
        """;

    public Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page)
    {
        var query = new KeysetQuery("state, version", "jiko.bill", "opened_at")
            .Where("kitchen_id =", filter.KitchenId)
            .WhereGiven("status =", filter.Status?.WireName);
        if (filter.Sale is not { } sale) return Run(query, page);

        query.WhereGiven("table_number =", sale.TableNumber);
        if (sale.From is { } first)
            query.Matching($"opened_at >= {Morning}", Sql.Of(first), Sql.Of(filter.KitchenId));
        if (sale.To is { } last)
            query.Matching($"opened_at < {Morning}", Sql.Of(last.AddDays(1)), Sql.Of(filter.KitchenId));
        if (sale.ClientReference is { } reference)
            query.Matching(HasRound, Sql.Of(reference), Sql.Of(filter.KitchenId));
        if (sale is not ({ Channel: null or Channel.Pos, SessionType: null or SessionType.Tab, Number: null }))
            query.Where("false");
        return Run(query, page);
    }

    private Task<Page<Snapshot<Bill.Opened>>> Run(KeysetQuery query, PageRequest page) =>
        query.Run(database.Source, page, row => new Snapshot<Bill.Opened>(
            (Bill.Opened)StateJson.Read<Bill>(row.GetString(0)), row.GetInt64(1)));
}
