using JikoXpress.Grains.Ports;
using JikoXpress.Postgres.Reads;

namespace JikoXpress.Postgres.Payments;

internal sealed class PaymentInbox : IPaymentInbox
{
    // In one order everywhere: hosts that keep the same events wait for each other, and never both.
    private const string Add = """
        INSERT INTO jiko.payment_inbox (adapter, event_id, body, received_at, next_look_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS e(adapter, event_id, body, received_at, next_look_at)
        ORDER BY adapter, event_id
        ON CONFLICT ON CONSTRAINT payment_inbox_once DO NOTHING
        RETURNING id, adapter, event_id
        """;

    private const string Due = """
        UPDATE jiko.payment_inbox i SET next_look_at = $2
        WHERE i.id = ANY (ARRAY(
            SELECT id FROM jiko.payment_inbox WHERE next_look_at <= $1
            ORDER BY next_look_at LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING i.id, i.adapter, i.body, i.received_at
        """;

    private const string Look = """
        UPDATE jiko.payment_inbox i SET next_look_at = l.at
        FROM (
            SELECT i.id, l.at FROM unnest($1, $2) AS l(id, at) JOIN jiko.payment_inbox i ON i.id = l.id
            ORDER BY i.id FOR UPDATE OF i) l
        WHERE i.id = l.id
        """;

    private readonly JikoDatabase database;
    private readonly Gathered<NewEvent, InboxWork?> keeping;
    private readonly Gathered<(long Id, DateTimeOffset? At), bool> looking;

    public PaymentInbox(JikoDatabase database)
    {
        this.database = database;
        keeping = new(Keep);
        looking = new(LookAt);
    }

    public Task<InboxWork?> Keep(NewEvent arrived) => keeping.Ask(arrived);

    public async Task<IReadOnlyList<InboxWork>> Claim(DateTimeOffset now, TimeSpan lease, int limit) =>
        await database.Source.Rows(
            Due,
            row => new InboxWork(
                row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<DateTimeOffset>(3)),
            Sql.Of(now), Sql.Of(now + lease), Sql.Of(limit));

    public Task Done(long id) => looking.Ask((id, null));

    public Task Park(long id, DateTimeOffset until) => looking.Ask((id, until.ToUniversalTime()));

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
        // Of an event that came twice at once, the first was kept.
        return
        [
            .. arrived.Select(each => ids.Remove((each.Adapter, each.EventId), out var id)
                ? new InboxWork(id, each.Adapter, each.Body, each.ReceivedAt)
                : null),
        ];
    }

    private async Task<IReadOnlyList<bool>> LookAt(IReadOnlyList<(long Id, DateTimeOffset? At)> looks)
    {
        await database.Source.Run(
            Look,
            Sql.Of(looks.Select(look => look.Id).ToArray()), Sql.Of(looks.Select(look => look.At).ToArray()));
        return [.. looks.Select(_ => true)];
    }
}
