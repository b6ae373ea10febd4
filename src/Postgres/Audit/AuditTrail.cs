using JikoXpress.Domain;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Reads;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Audit;

/// <summary>
/// Reads the audit trail, and tells the database on whose behalf a transaction runs. Triggers write the trail in the
/// transaction of each change.
/// </summary>
internal sealed class AuditTrail(JikoDatabase database) : IAuditTrail
{
    private const string Select = """
        SELECT id, number, at, who_kind, who_id, action, object_kind, object_id, details, trace, hash
        FROM jiko.audit WHERE chain = $1
        """;

    public Task<Page<AuditEntry>> List(Guid kitchenId, PageRequest page) =>
        database.Source.Page(Select, page, Read, Sql.Of(kitchenId));

    public async Task<AuditVerification> Verify(Guid kitchenId)
    {
        var wrong = await database.Source.Rows(
            "SELECT number, wrong FROM jiko.audit_verify($1) LIMIT 100",
            row => new AuditFlaw(row.GetInt64(0), row.GetString(1)), Sql.Of(kitchenId));
        var entries = await database.Source.Rows(
            "SELECT count(*) FROM jiko.audit WHERE chain = $1", row => row.GetInt64(0), Sql.Of(kitchenId));
        return new AuditVerification(entries[0], wrong);
    }

    /// <summary>Sets the caller and the time for the rest of the transaction; the triggers read them.</summary>
    public static Task Sign(NpgsqlConnection connection, DateTimeOffset at)
    {
        var who = OnBehalfOf.Current;
        return connection.Run(
            "SELECT set_config('jiko.who', $1, true)",
            Sql.Of($"{who?.Kind.WireName}|{who?.Id}|{who?.Trace}|{at.UtcDateTime:O}"));
    }

    private static AuditEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetGuid(4),
        row.GetString(5), row.GetString(6), row.GetGuid(7), row.GetString(8), row.GetString(9),
        row.GetFieldValue<byte[]>(10));
}
