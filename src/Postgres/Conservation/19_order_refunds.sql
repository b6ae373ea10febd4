-- What a payment has given back is what the books took out of the sales for it, and never more than it was.
WITH reversed AS (
    SELECT session_id, leg_id, sum(amount) AS amount FROM jiko.ledger_transfer
    WHERE step = 'REVERSE' AND debit_kind = 'SALES'
    GROUP BY session_id, leg_id
), leg AS (
    SELECT s.id AS session_id, (leg ->> 'id')::uuid AS id, (leg ->> 'amount')::bigint AS amount,
        coalesce((leg ->> 'refunded')::bigint, 0) AS refunded
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    WHERE s.id IN (SELECT session_id FROM reversed) OR s.state LIKE '%"refunded"%'
)
SELECT coalesce(l.id, r.leg_id)::text AS subject,
    format('paid %s, gave back %s; books: %s', l.amount, l.refunded, r.amount) AS detail
FROM leg l
FULL JOIN reversed r ON r.session_id = l.session_id AND r.leg_id = l.id
WHERE l.refunded IS DISTINCT FROM coalesce(r.amount, 0) OR l.refunded > l.amount
