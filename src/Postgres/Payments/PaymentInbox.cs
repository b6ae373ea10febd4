using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class PaymentInbox : IPaymentInbox
{
    // Always in the same order, so that processes that store the same events cannot deadlock.
    private const string Add = """
        WITH kept AS (
            INSERT INTO jiko.payment_inbox (adapter, event_id, body, received_at)
            SELECT * FROM unnest($1, $2, $3, $4) AS e(adapter, event_id, body, received_at)
            ORDER BY adapter, event_id
            ON CONFLICT ON CONSTRAINT payment_inbox_once DO NOTHING
            RETURNING id, adapter, event_id),
        waiting AS (
            INSERT INTO jiko.payment_inbox_waiting (id, next_look_at)
            SELECT k.id, min(e.look_at)
            FROM kept k
            JOIN unnest($1, $2, $5) AS e(adapter, event_id, look_at)
                ON e.adapter = k.adapter AND e.event_id = k.event_id
            GROUP BY k.id)
        SELECT id, adapter, event_id FROM kept
        """;

    // The oldest first, by the key: many rows have been in this table, and few are in it now.
    private const string Due = """
        WITH due AS (
            UPDATE jiko.payment_inbox_waiting w SET next_look_at = $2
            WHERE w.id = ANY (ARRAY(
                SELECT id FROM jiko.payment_inbox_waiting WHERE next_look_at <= $1
                ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING w.id)
        SELECT i.id, i.adapter, i.body, i.received_at FROM due JOIN jiko.payment_inbox i ON i.id = due.id
        """;

    // Every statement that locks several of these rows locks them in the order of their keys.
    private const string Finish = """
        DELETE FROM jiko.payment_inbox_waiting WHERE id = ANY (ARRAY(
            SELECT id FROM jiko.payment_inbox_waiting WHERE id = ANY ($1) ORDER BY id FOR UPDATE))
        """;

    private const string LookLater = "UPDATE jiko.payment_inbox_waiting SET next_look_at = $2 WHERE id = $1";

    private readonly JikoDatabase database;
    private readonly Batcher<NewEvent, InboxWork?> keeping;
    private readonly Batcher<long, bool> finishing;

    public PaymentInbox(JikoDatabase database)
    {
        this.database = database;
        keeping = new(Keep);
        finishing = new(Finished, Batcher.ForNotes);
    }

    public Task<InboxWork?> Keep(NewEvent arrived) => keeping.Ask(arrived);

    public async Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Background.Rows(
            Due,
            row => new InboxWork(
                row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<DateTimeOffset>(3)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task Done(long id) => finishing.Ask(id);

    public Task Postpone(long id, DateTimeOffset until) =>
        database.Background.Run(LookLater, Sql.Of(id), Sql.Of(until.ToUniversalTime()));

    private async Task<IReadOnlyList<InboxWork?>> Keep(IReadOnlyList<NewEvent> arrived)
    {
        var rows = await database.Source.Rows(
            Add,
            row => (Id: row.GetInt64(0), Event: (row.GetString(1), row.GetString(2))),
            Sql.Of(arrived.Select(each => each.Adapter).ToArray()),
            Sql.Of(arrived.Select(each => each.EventId).ToArray()),
            Sql.Of(arrived.Select(each => each.Body).ToArray()),
            Sql.Of(arrived.Select(each => each.ReceivedAt.ToUniversalTime()).ToArray()),
            Sql.Of(arrived.Select(each => each.LookAt.ToUniversalTime()).ToArray()));
        var ids = rows.ToDictionary(row => row.Event, row => row.Id);
        // If the same event arrived twice at once, only the first was stored.
        return
        [
            .. arrived.Select(each => ids.Remove((each.Adapter, each.EventId), out var id)
                ? new InboxWork(id, each.Adapter, each.Body, each.ReceivedAt)
                : null),
        ];
    }

    private async Task<IReadOnlyList<bool>> Finished(IReadOnlyList<long> ids)
    {
        await database.Background.Run(Finish, Sql.Of(ids.ToArray()));
        return [.. ids.Select(_ => true)];
    }
}
