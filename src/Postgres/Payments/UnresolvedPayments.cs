using JikoXpress.Domain;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class UnresolvedPayments(JikoDatabase database) : IUnresolvedPayments, IForgedWebhooks
{
    private const string Columns = """
        id, kind, exception_kind, adapter, reference, provider_reference, receipt, kitchen_id, session_id, amount,
        phone, at, next_at, times,
        CASE WHEN amount IS NOT NULL THEN coalesce(
            (SELECT e.currency FROM jiko.payment_exception e WHERE e.id = unresolved_payment.id),
            (SELECT k.currency FROM jiko.kitchen k WHERE k.id = unresolved_payment.kitchen_id)) END
        """;

    private const string Count = """
        INSERT INTO jiko.forged_webhook AS f (adapter, day, count, first_at, last_at)
        SELECT adapter, day, count, first_at, last_at
        FROM unnest($1, $2, $3, $4, $5) AS c(adapter, day, count, first_at, last_at)
        ORDER BY adapter, day
        ON CONFLICT (adapter, day) DO UPDATE SET
            count = f.count + excluded.count, last_at = greatest(f.last_at, excluded.last_at)
        """;

    public Task<Page<UnresolvedPayment>> List(UnresolvedFilter filter, PageRequest page) =>
        new KeysetQuery(Columns, "jiko.unresolved_payment", "at")
            .Where("at IS NOT NULL")
            .WhereGiven("at <=", filter.Before)
            .WhereGiven("kind =", filter.Kind?.WireName)
            .WhereGiven("adapter =", filter.Adapter)
            .WhereGiven("kitchen_id =", filter.KitchenId)
            .Run(database.Source, page, Read);

    public Task Add(IReadOnlyCollection<ForgedWebhooks> counted) => database.Background.Run(
        Count,
        Sql.Of(counted.Select(each => each.Adapter).ToArray()), Sql.Of(counted.Select(each => each.Day).ToArray()),
        Sql.Of(counted.Select(each => each.Count).ToArray()),
        Sql.Of(counted.Select(each => each.FirstAt.ToUniversalTime()).ToArray()),
        Sql.Of(counted.Select(each => each.LastAt.ToUniversalTime()).ToArray()));

    private static UnresolvedPayment Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.WireName<UnresolvedKind>(1),
        row.IsDBNull(2) ? null : row.WireName<PaymentExceptionKind>(2), row.GetString(3), Text(row, 4), Text(row, 5),
        Text(row, 6), row.Optional<Guid>(7), row.Optional<Guid>(8),
        row.IsDBNull(9) ? null : new Money(row.GetInt64(9)),
        row.IsDBNull(14) ? null : row.WireName<Currency>(14), Text(row, 10), row.GetFieldValue<DateTimeOffset>(11),
        row.Optional<DateTimeOffset>(12), row.Optional<long>(13));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
