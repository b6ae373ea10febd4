using JikoXpress.Domain;
using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Payments;

internal sealed class Attempts(JikoDatabase database) : IAttempts
{
    private const string Columns =
        "p.reference, p.session_id, p.adapter, p.phone, p.amount, p.started_at, p.ask_by, p.pushed, "
        + "p.next_look_at";

    private const string Due = $"""
        UPDATE jiko.payment_attempt p SET next_look_at = $2, looked_at = $1
        FROM (
            SELECT reference FROM jiko.payment_attempt WHERE next_look_at <= $1
            ORDER BY next_look_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
        WHERE p.reference = due.reference
        RETURNING {Columns}
        """;

    private const string Pushed = """
        UPDATE jiko.payment_attempt
        SET pushed = true, next_look_at = CASE WHEN next_look_at = $3 THEN $2 ELSE next_look_at END
        WHERE reference = $1
        """;

    // What is absent is left out of the comparison. Whoever speaks of a push that has come to an end has got it,
    // whether or not the host that sent it lived to note that.
    private const string Soon = """
        UPDATE jiko.payment_attempt
        SET pushed = true, next_look_at = least(next_look_at, greatest($2, looked_at + interval '10 seconds'))
        WHERE reference = $1 AND (pushed OR state <> 'SENT')
        """;

    public async Task<IReadOnlyList<AttemptWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Source.Rows(Due, Read, Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task<AttemptWork?> Find(string reference) => database.Source.Row(
        $"SELECT {Columns} FROM jiko.payment_attempt p WHERE p.reference = $1", Read, Sql.Of(reference));

    public Task LookAgain(AttemptWork claimed, DateTimeOffset? at) => database.Source.Run(
        Pushed, Sql.Of(claimed.Reference), Sql.Of(at?.ToUniversalTime()), Sql.Of(claimed.LookAt));

    public Task LookSoon(string reference, DateTimeOffset at) =>
        database.Source.Run(Soon, Sql.Of(reference), Sql.Of(at));

    private static AttemptWork Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        new Money(row.GetInt64(4)), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6),
        row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8));
}
