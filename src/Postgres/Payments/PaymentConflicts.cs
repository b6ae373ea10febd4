using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Management;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class PaymentConflicts(JikoDatabase database, ManagementWrites writes) : IPaymentConflicts
{
    private const string Columns = "id, adapter, receipt, reference, known_reference, seen_at, closed_at";

    // The first who closes it stays.
    private const string CloseOne = $"""
        UPDATE jiko.payment_conflict
        SET closed_at = coalesce(closed_at, $2), closed_by = coalesce(closed_by, $3)
        WHERE id = $1
        RETURNING {Columns}
        """;

    public Task<Page<PaymentConflict>> List(PageRequest page) =>
        new KeysetQuery(Columns, "jiko.payment_conflict", "seen_at")
            .Where("seen_at IS NOT NULL")
            .Run(database.Source, page, Read);

    public async Task<PaymentConflict?> Close(Guid id, Guid by)
    {
        var reply = await writes.Do<PaymentConflict>(
            async write => await write.Row(CloseOne, Read, Sql.Of(id), Sql.Of(write.At), Sql.Of(by)) is { } closed
                ? closed
                : PaymentExceptionRefusals.NotFound);
        return reply is Reply<PaymentConflict>.Accepted(var conflict, _, _) ? conflict : null;
    }

    private static PaymentConflict Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5), row.Optional<DateTimeOffset>(6));
}
