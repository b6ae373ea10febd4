using System.Text;

namespace JikoXpress.Postgres.Commits;

/// <summary>
/// The SQL around <c>jiko.commit</c>: it returns the answers, and writes the payment attempts, refunds, bills, carts,
/// orders, corrections, changes of sales, links and subscriptions of the successful commits. jiko.commit already has as
/// many parameters as PostgreSQL allows, so these are written beside its call, in the same transaction.
/// </summary>
internal static class CommitStatement
{
    /// <summary>Payment attempts that a commit starts or closes, and the receipts of what it counts.</summary>
    private static readonly Beside[] Attempts =
    [
        new(21, places => $"""
            started AS (
                INSERT INTO jiko.payment_attempt (
                    reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, state, started_at, ask_by,
                    next_look_at, pushed, parked, parked_amount, paid_by, parked_at, rings_until, asked_by,
                    asked_by_guest)
                SELECT s.reference, s.id, s.session_id, s.leg_id, s.kitchen_id, s.adapter, s.phone, s.amount, s.state,
                    s.started_at, s.ask_by, s.look_at, s.pushed, s.parked, s.parked_amount, s.paid_by, s.parked_at,
                    s.rings_until, s.asked_by, s.asked_by_guest
                FROM unnest({places})
                    AS s(item, reference, id, session_id, leg_id, kitchen_id, adapter, phone, amount, started_at,
                        ask_by, state, pushed, look_at, parked, parked_amount, paid_by, parked_at, rings_until,
                        asked_by, asked_by_guest)
                JOIN answered a ON a.item = s.item AND a.answer = 0
                ORDER BY s.phone, s.adapter)
            """),
        new(7, places => $"""
            closed AS (
                UPDATE jiko.payment_attempt p SET state = c.state, next_look_at = NULL,
                    parked = c.parked, parked_amount = c.amount, parked_at = c.at, paid_by = c.paid_by
                FROM unnest({places}) AS c(item, reference, state, parked, amount, paid_by, at)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                WHERE p.reference = c.reference)
            """),
        // A receipt that belongs to another reference already: see Schema/Repeatable/receipts.sql.
        new(5, places => $"""
            counted AS (
                INSERT INTO jiko.payment_receipt AS k (adapter, receipt, reference, claimed_at)
                SELECT r.adapter, r.receipt, r.reference, r.at
                FROM unnest({places}) AS r(item, adapter, receipt, reference, at)
                JOIN answered a ON a.item = r.item AND a.answer = 0
                ORDER BY r.adapter, r.receipt
                ON CONFLICT (receipt, adapter) DO UPDATE SET reference = excluded.reference
                WHERE k.reference <> excluded.reference)
            """),
    ];

    private static readonly Beside[] Others =
    [
        new(11, places => $"""
            owed AS (
                INSERT INTO jiko.payment_refund (
                    reference, attempt_reference, session_id, kitchen_id, adapter, phone, amount, part, next_try_at,
                    payout, owed_at)
                SELECT r.reference, r.attempt, r.session_id, r.kitchen_id, r.adapter, r.phone, r.amount, r.part, r.at,
                    r.payout, r.at
                FROM unnest({places})
                    AS r(item, reference, attempt, session_id, kitchen_id, adapter, phone, amount, part, at, payout)
                JOIN answered a ON a.item = r.item AND a.answer = 0)
            """),
        new(2, places => $"""
            repaid AS (
                UPDATE jiko.payment_refund p SET done = true, next_try_at = NULL
                FROM unnest({places}) AS c(item, reference)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                WHERE p.reference = c.reference)
            """),
        new(3, places => $"""
            spent AS (
                INSERT INTO jiko.wallet_authorization_spent (authorization_id, leg_id)
                SELECT w.id, w.leg_id
                FROM unnest({places}) AS w(item, id, leg_id)
                JOIN answered a ON a.item = w.item AND a.answer = 0
                ORDER BY w.id)
            """),
        new(11, places => $"""
            attested AS (
                INSERT INTO jiko.attested_receipt (
                    receipts, receipt, adapter, leg_id, session_id, kitchen_id, till_id, amount, attested_by, at)
                SELECT r.receipts, r.receipt, r.adapter, r.leg_id, r.session_id, r.kitchen_id, r.till_id, r.amount,
                    r.attested_by, r.at
                FROM unnest({places})
                    AS r(item, receipts, receipt, adapter, leg_id, session_id, kitchen_id, till_id, amount,
                        attested_by, at)
                JOIN answered a ON a.item = r.item AND a.answer = 0
                ORDER BY r.receipts, r.receipt
                RETURNING receipts, receipt, leg_id, at),
            claimed AS (
                INSERT INTO jiko.payment_receipt (adapter, receipt, reference, claimed_at)
                SELECT receipts, receipt, leg_id::text, at FROM attested ORDER BY receipts, receipt)
            """),
        new(11, places => $"""
            bills AS (
                INSERT INTO jiko.bill (
                    id, version, state, kitchen_id, status, table_number, opened_at, total, balance, order_ids)
                SELECT b.id, b.version, b.state, b.kitchen_id, b.status, b.table_number, b.opened_at, b.total,
                    b.balance, b.orders::uuid[]
                FROM unnest({places})
                    AS b(item, id, version, state, kitchen_id, status, table_number, opened_at, total, balance, orders)
                JOIN answered a ON a.item = b.item AND a.answer = 0
                ORDER BY b.id
                ON CONFLICT (id) DO UPDATE SET
                    version = excluded.version, state = excluded.state, status = excluded.status,
                    table_number = excluded.table_number, total = excluded.total, balance = excluded.balance,
                    order_ids = excluded.order_ids)
            """),
        new(3, places => $"""
            paying AS (
                INSERT INTO jiko.bill_payment (session_id, bill_id)
                SELECT p.session_id, p.bill_id
                FROM unnest({places}) AS p(item, session_id, bill_id)
                JOIN answered a ON a.item = p.item AND a.answer = 0)
            """),
        new(5, places => $"""
            carts AS (
                INSERT INTO jiko.cart (id, version, state, group_id)
                SELECT c.id, c.version, c.state, c.group_id
                FROM unnest({places}) AS c(item, id, version, state, group_id)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                ORDER BY c.id
                ON CONFLICT (id) DO UPDATE SET
                    version = excluded.version, state = excluded.state, group_id = excluded.group_id)
            """),
        new(4, places => $"""
            moved AS (
                UPDATE jiko.customer_order o SET status = m.status, ticket = coalesce(m.ticket, o.ticket)
                FROM unnest({places}) AS m(item, id, status, ticket)
                JOIN answered a ON a.item = m.item AND a.answer = 0
                WHERE o.id = m.id)
            """),
        new(12, places => $"""
            changes AS (
                INSERT INTO jiko.sale_change (
                    kind, subject, part, kitchen_id, session_id, menu_id, name, quantity, amount, given_back, at)
                SELECT c.kind, c.subject, c.part, c.kitchen_id, c.session_id, c.menu_id, c.name, c.quantity, c.amount,
                    c.given_back, c.at
                FROM unnest({places})
                    AS c(item, kind, subject, part, kitchen_id, session_id, menu_id, name, quantity, amount, given_back,
                        at)
                JOIN answered a ON a.item = c.item AND a.answer = 0)
            """),
        new(16, places => $"""
            corrections AS (
                INSERT INTO jiko.payment_correction (
                    id, session_id, leg_id, number, kitchen_id, till_id, shift_id, after_closing, from_method,
                    to_method, amount, reason, by_whom, at, corrects)
                SELECT c.id, c.session_id, c.leg_id, c.number, c.kitchen_id, c.till_id, c.shift_id, c.after_closing,
                    c.from_method, c.to_method, c.amount, c.reason, c.by_whom, c.at, c.corrects
                FROM unnest({places})
                    AS c(item, id, session_id, leg_id, number, kitchen_id, till_id, shift_id, after_closing,
                        from_method, to_method, amount, reason, by_whom, at, corrects)
                JOIN answered a ON a.item = c.item AND a.answer = 0
                ORDER BY c.till_id)
            """),
        new(6, places => $"""
            settled AS (
                UPDATE jiko.payment_refund p SET settled_as = s.way, settled_at = s.at, shift_id = s.shift_id,
                    till_id = s.till_id, done = s.way <> 'ANOTHER_PHONE', next_try_at = NULL,
                    check_at = s.at + interval '1 minute'
                FROM unnest({places}) AS s(item, reference, way, shift_id, till_id, at)
                JOIN answered a ON a.item = s.item AND a.answer = 0
                WHERE p.reference = s.reference)
            """),
        new(4, places => $"""
            linked AS (
                INSERT INTO jiko.payment_link_session (session_id, link_id, state)
                SELECT l.session_id, l.link_id, l.state
                FROM unnest({places}) AS l(item, session_id, link_id, state)
                JOIN answered a ON a.item = l.item AND a.answer = 0
                ORDER BY l.link_id, l.session_id
                ON CONFLICT (session_id) DO UPDATE SET state = excluded.state)
            """),
        new(10, places => $"""
            subscribed AS (
                INSERT INTO jiko.subscription (
                    id, merchant_id, kitchen_id, live_mode, status, state, version, created_at, phone, due_at)
                SELECT s.id, s.merchant_id, s.kitchen_id, s.live_mode, s.status, s.state, 1, s.at, s.phone, s.due_at
                FROM unnest({places})
                    AS s(item, id, merchant_id, kitchen_id, live_mode, status, state, at, phone, due_at)
                JOIN answered a ON a.item = s.item AND a.answer = 0)
            """),
        new(3, places => $"""
            woken AS (
                UPDATE jiko.subscription s SET due_at = w.at
                FROM unnest({places}) AS w(item, id, at)
                JOIN answered a ON a.item = w.item AND a.answer = 0
                WHERE s.id = w.id)
            """),
    ];

    /// <param name="commit">The number of jiko.commit's parameters; the others come after them.</param>
    public static string Whole(int commit) => Of(commit, [.. Attempts, .. Others]);

    /// <summary>
    /// For a batch without refunds, wallet codes, receipts, bills, carts, corrections, links, subscriptions, order and
    /// sale changes.
    /// </summary>
    public static string WithAttempts(int commit) => Of(commit, Attempts);

    /// <summary>For a batch that also has no payment attempts: sixteen statements less.</summary>
    public static string Alone(int commit) => $"SELECT * FROM jiko.commit({Places(1, commit)})";

    private static string Of(int commit, IReadOnlyList<Beside> statements)
    {
        var text = new StringBuilder($"WITH answered AS MATERIALIZED (SELECT * FROM jiko.commit({Places(1, commit)}))");
        var place = commit + 1;
        foreach (var (columns, sql) in statements)
        {
            text.Append(",\n").Append(sql(Places(place, columns)));
            place += columns;
        }

        return text.Append("\nSELECT * FROM answered").ToString();
    }

    private static string Places(int first, int count) =>
        string.Join(", ", Enumerable.Range(first, count).Select(place => $"${place}"));

    /// <param name="Columns">How many columns it takes.</param>
    /// <param name="Sql">Makes the common table expression from the placeholders of its columns.</param>
    private sealed record Beside(int Columns, Func<string, string> Sql);
}
