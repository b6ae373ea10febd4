using JikoXpress.Postgres.Reads;
using Npgsql;

namespace JikoXpress.Postgres.Retention;

/// <summary>One walk over a table. Each statement is a transaction of its own, and looks at few rows.</summary>
internal abstract record Pass(string Table, TimeSpan Kept)
{
    /// <summary>Yields after each statement, so that the caller pauses.</summary>
    public abstract IAsyncEnumerable<Step> Walk(NpgsqlConnection connection, DateTimeOffset before, Pace pace);
}

/// <summary>What one statement did.</summary>
/// <param name="Rows">Removed, or without a phone now.</param>
/// <param name="Oldest">The oldest row that it saw and left; null if there is none, or if it removes none.</param>
internal sealed record Step(long Rows, DateTimeOffset? Oldest = null);

/// <summary>
/// Walks a table block by block. It needs no index on the time, which every sale would have to keep up. A row that
/// another transaction holds is left for the next pass: nothing waits for anything.
/// </summary>
/// <param name="At">An expression for the time that counts; t is the row. Null keeps the row.</param>
/// <param name="Over">What else must be true.</param>
/// <param name="Change">What is set on the row; null removes it.</param>
internal sealed record BlockPass(string Table, TimeSpan Kept, string At, string Over = "true", string? Change = null)
    : Pass(Table, Kept)
{
    private const string Size =
        "SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::bigint";

    private string Statement => $"""
        WITH rows AS MATERIALIZED (
            SELECT t.ctid AS place, {At} AS at FROM {Table} t WHERE t.ctid >= $1::tid AND t.ctid < $2::tid),
        done AS (
            {(Change is null ? $"DELETE FROM {Table} t" : $"UPDATE {Table} t SET {Change}")}
            WHERE t.ctid = ANY (ARRAY(
                SELECT t.ctid FROM {Table} t
                WHERE t.ctid >= $1::tid AND t.ctid < $2::tid AND {At} < $3 AND {Over}
                FOR UPDATE OF t SKIP LOCKED))
            RETURNING 1)
        SELECT (SELECT count(*) FROM done), (SELECT min(at) FROM rows WHERE at >= $3)
        """;

    public override async IAsyncEnumerable<Step> Walk(NpgsqlConnection connection, DateTimeOffset before, Pace pace)
    {
        var blocks = (await connection.Rows(Size, row => row.GetInt64(0), Sql.Of(Table))).Single();
        for (var block = 0L; block < blocks; block += pace.Blocks)
        {
            yield return (await connection.Rows(
                Statement,
                row => new Step(row.GetInt64(0), row.Optional<DateTimeOffset>(1)),
                Sql.Of($"({block},0)"), Sql.Of($"({block + pace.Blocks},0)"), Sql.Of(before))).Single();
        }
    }
}

/// <summary>
/// Removes each kitchen's oldest events, from the first on: a stream that goes on from an event that is there misses
/// none after it. While a statement removes events, the feed waits for it, as it waits for whoever writes them.
/// </summary>
internal sealed record EventPass(TimeSpan Kept) : Pass("jiko.event", Kept)
{
    private const string NextKitchen = """
        SELECT kitchen_id, at FROM jiko.event WHERE kitchen_id > $1 ORDER BY kitchen_id, position LIMIT 1
        """;

    private const string OldestOf = "SELECT at FROM jiko.event WHERE kitchen_id = $1 ORDER BY position LIMIT 1";

    private const string Remove = """
        WITH first AS MATERIALIZED (
            SELECT position, at FROM jiko.event WHERE kitchen_id = $1 ORDER BY position LIMIT $3),
        gone AS (
            DELETE FROM jiko.event WHERE kitchen_id = $1 AND position < coalesce(
                (SELECT min(position) FROM first WHERE at >= $2), (SELECT max(position) + 1 FROM first))
            RETURNING 1)
        SELECT count(*) FROM gone
        """;

    public override async IAsyncEnumerable<Step> Walk(NpgsqlConnection connection, DateTimeOffset before, Pace pace)
    {
        for (var kitchen = Guid.Empty; await Next(connection, kitchen) is var (id, oldest); kitchen = id)
        {
            if (oldest < before)
            {
                for (var removed = (long)pace.Rows; removed == pace.Rows;)
                {
                    removed = (await connection.Rows(
                        Remove, row => row.GetInt64(0), Sql.Of(id), Sql.Of(before), Sql.Of(pace.Rows))).Single();
                    yield return new Step(removed);
                }
            }

            var left = await connection.Rows(OldestOf, row => row.GetFieldValue<DateTimeOffset>(0), Sql.Of(id));
            yield return new Step(0, left.Count > 0 ? left[0] : null);
        }
    }

    private static async Task<(Guid Id, DateTimeOffset Oldest)?> Next(NpgsqlConnection connection, Guid after)
    {
        var found = await connection.Rows(
            NextKitchen, row => (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1)), Sql.Of(after));
        return found.Count > 0 ? found[0] : null;
    }
}

/// <summary>
/// Takes the guests' phones out of the states of sessions that are over. A session's version rises with it, so that a
/// grain that still has the phone in memory cannot write it back: its commit is refused, and it reads the row again.
/// A session with money that waits for a decision keeps its phone: it may have to go back there. It is looked at again
/// by each pass, and so is one that can still be paid.
/// </summary>
internal sealed record SessionPhonePass(TimeSpan Kept) : Pass("jiko.checkout_session", Kept)
{
    /// <summary>As StateJson writes them: + is \u002B there.</summary>
    private const string Phone = @"""(customerPhone|phoneNumber)"":""(\\u002[Bb]|\+)[0-9]{8,15}""";

    private const string NextKitchen =
        "SELECT kitchen_id FROM jiko.checkout_session WHERE kitchen_id > $1 ORDER BY kitchen_id LIMIT 1";

    private const string Waits = """
        (s.status = 'PENDING_PAYMENT' OR EXISTS (
            SELECT FROM jiko.payment_attempt a
            WHERE a.kitchen_id = $1 AND a.parked IS NOT NULL AND a.session_id = s.id))
        """;

    private const string Change = $"""
        UPDATE jiko.checkout_session s
        SET version = s.version + 1, state = regexp_replace(s.state, $2, '"\1":null', 'g')
        WHERE s.id = ANY (ARRAY(SELECT id FROM held)) AND s.state ~ $2 AND NOT {Waits}
        RETURNING 1
        """;

    /// <summary>Sessions are locked in the order of their ids, as everywhere, and never waited for.</summary>
    private const string Statement = $"""
        WITH seen AS MATERIALIZED (
            SELECT s.id, s.business_date, s.number FROM jiko.checkout_session s
            WHERE s.kitchen_id = $1 AND s.business_date < $3 AND (s.business_date, s.number) > (
                coalesce((SELECT p.business_date FROM jiko.retention_phones p WHERE p.kitchen_id = $1), '-infinity'),
                coalesce((SELECT p.number FROM jiko.retention_phones p WHERE p.kitchen_id = $1), 0))
            ORDER BY s.business_date, s.number LIMIT $4),
        held AS MATERIALIZED (
            SELECT s.id FROM jiko.checkout_session s WHERE s.id = ANY (ARRAY(SELECT id FROM seen))
            ORDER BY s.id FOR UPDATE SKIP LOCKED),
        changed AS ({Change}),
        later AS (
            INSERT INTO jiko.retention_phones_later (session_id, kitchen_id)
            SELECT s.id, $1 FROM jiko.checkout_session s WHERE s.id = ANY (ARRAY(SELECT id FROM held)) AND {Waits}
            ON CONFLICT (session_id) DO NOTHING),
        marked AS (
            INSERT INTO jiko.retention_phones (kitchen_id, business_date, number)
            SELECT $1, business_date, number FROM seen
            WHERE (SELECT count(*) FROM seen) = (SELECT count(*) FROM held)
            ORDER BY business_date DESC, number DESC LIMIT 1
            ON CONFLICT (kitchen_id) DO UPDATE
            SET business_date = excluded.business_date, number = excluded.number
            RETURNING 1)
        SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM seen), (SELECT count(*) FROM marked)
        """;

    /// <summary>Those that were passed while they needed their phone.</summary>
    private const string Passed = $"""
        WITH seen AS MATERIALIZED (
            SELECT l.session_id AS id FROM jiko.retention_phones_later l
            WHERE l.kitchen_id = $1 AND l.session_id > $3 ORDER BY l.session_id LIMIT $4),
        held AS MATERIALIZED (
            SELECT s.id FROM jiko.checkout_session s WHERE s.id = ANY (ARRAY(SELECT id FROM seen))
            ORDER BY s.id FOR UPDATE SKIP LOCKED),
        changed AS ({Change}),
        done AS (
            DELETE FROM jiko.retention_phones_later l USING jiko.checkout_session s
            WHERE l.session_id = s.id AND s.id = ANY (ARRAY(SELECT id FROM held)) AND NOT {Waits})
        SELECT (SELECT count(*) FROM changed), (SELECT id FROM seen ORDER BY id DESC LIMIT 1)
        """;

    public override async IAsyncEnumerable<Step> Walk(NpgsqlConnection connection, DateTimeOffset before, Pace pace)
    {
        var day = DateOnly.FromDateTime(before.UtcDateTime);
        for (var kitchen = Guid.Empty; await Next(connection, kitchen) is { } id; kitchen = id)
        {
            for (Guid? passed = Guid.Empty; passed is { } after;)
            {
                (var changed, passed) = (await connection.Rows(
                    Passed, row => (row.GetInt64(0), row.Optional<Guid>(1)),
                    Sql.Of(id), Sql.Of(Phone), Sql.Of(after), Sql.Of(pace.Rows))).Single();
                yield return new Step(changed);
            }

            // Where a session is held by somebody, the kitchen's turn ends, and comes again with the next pass.
            for (var goesOn = true; goesOn;)
            {
                var (changed, seen, marked) = (await connection.Rows(
                    Statement, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
                    Sql.Of(id), Sql.Of(Phone), Sql.Of(day), Sql.Of(pace.Rows))).Single();
                goesOn = seen == pace.Rows && marked > 0;
                yield return new Step(changed);
            }
        }
    }

    private static async Task<Guid?> Next(NpgsqlConnection connection, Guid after)
    {
        var found = await connection.Rows(NextKitchen, row => row.GetGuid(0), Sql.Of(after));
        return found.Count > 0 ? found[0] : null;
    }
}
