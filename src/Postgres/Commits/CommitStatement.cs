namespace JikoXpress.Postgres.Commits;

/// <summary>
/// The statement around <c>jiko.commit</c>: what it answers, and the payments, bills, carts and orders of those it
/// committed. jiko.commit takes as many parameters as PostgreSQL allows; these go beside it into the same transaction.
/// </summary>
internal static class CommitStatement
{
    /// <param name="commit">How many parameters jiko.commit takes; those beside it come after.</param>
    /// <param name="all">How many there are together.</param>
    public static string Of(int commit, int all)
    {
        var places = Enumerable.Range(1, all).Select(place => $"${place}").ToArray();
        var beside = new Queue<string>(places[commit..]);
        return $"""
            WITH answered AS MATERIALIZED (SELECT * FROM jiko.commit({string.Join(", ", places[..commit])})),
            started AS (
                INSERT INTO jiko.payment_attempt (
                    reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                    next_look_at, pushed)
                SELECT s.reference, s.id, s.session_id, s.leg_id, s.kitchen_id, s.adapter, s.phone, s.amount,
                    CASE WHEN s.paid THEN 'SUCCEEDED' ELSE 'SENT' END, s.started_at, s.ask_by,
                    CASE WHEN NOT s.paid THEN s.started_at END, s.paid OR s.phone IS NULL
                FROM unnest({Next(beside, 12)})
                    AS s(item, reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, started_at,
                        ask_by, paid)
                JOIN answered a ON a.item = s.item AND a.answer = 0),
            closed AS (
                UPDATE jiko.payment_attempt p SET state = c.state, next_look_at = NULL,
                    parked = c.parked, parked_amount = c.amount, parked_at = c.at, paid_by = c.paid_by
                FROM unnest({Next(beside, 7)}) AS c(item, reference, state, parked, amount, paid_by, at)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                WHERE p.reference = c.reference),
            owed AS (
                INSERT INTO jiko.payment_refund (
                    reference, attempt_reference, session_id, kitchen_id, adapter, phone, amount, part, next_try_at)
                SELECT r.reference, r.attempt, r.session_id, r.kitchen_id, r.adapter, r.phone, r.amount, r.part, r.at
                FROM unnest({Next(beside, 10)})
                    AS r(item, reference, attempt, session_id, kitchen_id, adapter, phone, amount, part, at)
                JOIN answered a ON a.item = r.item AND a.answer = 0),
            repaid AS (
                UPDATE jiko.payment_refund p SET done = true, next_try_at = NULL
                FROM unnest({Next(beside, 2)}) AS c(item, reference)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                WHERE p.reference = c.reference),
            spent AS (
                INSERT INTO jiko.wallet_authorization_spent (authorization_id, leg_id)
                SELECT w.id, w.leg_id
                FROM unnest({Next(beside, 3)}) AS w(item, id, leg_id)
                JOIN answered a ON a.item = w.item AND a.answer = 0
                ORDER BY w.id),
            bills AS (
                INSERT INTO jiko.bill (
                    id, version, state, kitchen_id, status, table_number, opened_at, total, balance, order_ids)
                SELECT b.id, b.version, b.state, b.kitchen_id, b.status, b.table_number, b.opened_at, b.total,
                    b.balance, b.orders::uuid[]
                FROM unnest({Next(beside, 11)})
                    AS b(item, id, version, state, kitchen_id, status, table_number, opened_at, total, balance, orders)
                JOIN answered a ON a.item = b.item AND a.answer = 0
                ORDER BY b.id
                ON CONFLICT (id) DO UPDATE SET
                    version = excluded.version, state = excluded.state, status = excluded.status,
                    table_number = excluded.table_number, total = excluded.total, balance = excluded.balance,
                    order_ids = excluded.order_ids),
            paying AS (
                INSERT INTO jiko.bill_payment (session_id, bill_id)
                SELECT p.session_id, p.bill_id
                FROM unnest({Next(beside, 3)}) AS p(item, session_id, bill_id)
                JOIN answered a ON a.item = p.item AND a.answer = 0),
            carts AS (
                INSERT INTO jiko.cart (id, version, state, group_id)
                SELECT c.id, c.version, c.state, c.group_id
                FROM unnest({Next(beside, 5)}) AS c(item, id, version, state, group_id)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                ORDER BY c.id
                ON CONFLICT (id) DO UPDATE SET
                    version = excluded.version, state = excluded.state, group_id = excluded.group_id),
            moved AS (
                UPDATE jiko.customer_order o SET status = m.status, ticket = coalesce(m.ticket, o.ticket)
                FROM unnest({Next(beside, 4)}) AS m(item, id, status, ticket)
                JOIN answered a ON a.item = m.item AND a.answer = 0
                WHERE o.id = m.id)
            SELECT * FROM answered
            """;
    }

    /// <summary>
    /// Where no commit of a batch wants anything of an aggregator, a bill, a cart or an order: nine statements less.
    /// </summary>
    public static string Alone(int commit) =>
        $"SELECT * FROM jiko.commit({string.Join(", ", Enumerable.Range(1, commit).Select(place => $"${place}"))})";

    private static string Next(Queue<string> places, int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(_ => places.Dequeue()));
}
