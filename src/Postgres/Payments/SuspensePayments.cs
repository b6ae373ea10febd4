using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class SuspensePayments(JikoDatabase database) : ISuspensePayments
{
    private const string Columns =
        "id, reference, kitchen_id, session_id, leg_id, parked, parked_amount, amount, paid_by, parked_at, "
        + "coalesce((SELECT currency FROM jiko.kitchen WHERE kitchen.id = payment_attempt.kitchen_id), 'TZS')";

    public Task<Page<SuspensePayment>> List(Guid? kitchenId, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.payment_attempt", "parked_at")
            .Where("parked IS NOT NULL AND parked_amount >", 0L)
            .WhereGiven("kitchen_id =", kitchenId)
            .Run(database.Source, page, Read);

    public async Task<Guid?> SessionOf(Guid kitchenId, string reference)
    {
        var found = await database.Source.Rows(
            "SELECT session_id FROM jiko.payment_attempt WHERE reference = $2 AND kitchen_id = $1",
            row => row.GetGuid(0), Sql.Of(kitchenId), Sql.Of(reference));
        return found.Count > 0 ? found[0] : null;
    }

    private static SuspensePayment Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3), row.GetGuid(4),
        row.WireName<SuspenseReason>(5),
        new Money(row.GetInt64(6)), new Money(row.GetInt64(7)), row.IsDBNull(8) ? null : row.GetString(8),
        row.GetFieldValue<DateTimeOffset>(9), row.WireName<Currency>(10));
}
