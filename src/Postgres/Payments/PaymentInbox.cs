using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class PaymentInbox(JikoDatabase database) : IPaymentInbox
{
    private const string Add = """
        INSERT INTO jiko.payment_inbox (adapter, event_id, body, received_at, next_look_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT ON CONSTRAINT payment_inbox_once DO NOTHING
        """;

    private const string Due = """
        UPDATE jiko.payment_inbox i SET next_look_at = $2
        FROM (
            SELECT id FROM jiko.payment_inbox WHERE next_look_at <= $1
            ORDER BY next_look_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
        WHERE i.id = due.id
        RETURNING i.id, i.adapter, i.body, i.received_at
        """;

    public Task Keep(string adapter, string eventId, byte[] body, DateTimeOffset at) =>
        database.Source.Run(Add, Sql.Of(adapter), Sql.Of(eventId), Sql.Of(body), Sql.Of(at));

    public async Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Source.Rows(
            Due,
            row => new InboxWork(
                row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<DateTimeOffset>(3)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task Done(long id) =>
        database.Source.Run("UPDATE jiko.payment_inbox SET next_look_at = NULL WHERE id = $1", Sql.Of(id));

    public Task Park(long id, DateTimeOffset until) => database.Source.Run(
        "UPDATE jiko.payment_inbox SET next_look_at = $2 WHERE id = $1", Sql.Of(id), Sql.Of(until));
}
