using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Postgres.Reads;

internal sealed class BillReads(JikoDatabase database) : IBillReads
{
    public Task<Page<Snapshot<Bill.Opened>>> List(BillFilter filter, PageRequest page) =>
        new KeysetQuery("state, version", "jiko.bill", "opened_at")
            .Where("kitchen_id =", filter.KitchenId)
            .WhereGiven("status =", filter.Status?.WireName)
            .WhereGiven("table_number =", filter.TableNumber)
            .Run(database.Source, page, row => new Snapshot<Bill.Opened>(
                (Bill.Opened)StateJson.Read<Bill>(row.GetString(0)), row.GetInt64(1)));
}
