-- What a payment brought into the sales is what is left of it, by the method that it has now, and nothing by another
-- one. Each correction has its two rows in the books; a corrected count has what it changed.
WITH corrected AS (
    SELECT session_id, leg_id, method, sum(CASE WHEN credit_kind = 'SALES' THEN amount ELSE -amount END) AS net
    FROM jiko.ledger_transfer
    WHERE leg_id IN (SELECT leg_id FROM jiko.ledger_transfer WHERE step = 'CORRECT')
        AND 'SALES' IN (debit_kind, credit_kind)
    GROUP BY session_id, leg_id, method
), leg AS (
    SELECT (leg ->> 'id')::uuid AS id, leg ->> 'method' AS method,
        (leg ->> 'amount')::bigint - coalesce((leg ->> 'refunded')::bigint, 0) AS remaining
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    WHERE s.state LIKE '%"corrections"%' AND leg -> 'corrections' IS NOT NULL
)
SELECT coalesce(c.leg_id, l.id)::text AS subject,
    format('%s brought %s; payment: %s by %s', c.method, c.net, l.remaining, l.method) AS detail
FROM corrected c
FULL JOIN leg l ON l.id = c.leg_id
WHERE l.id IS NULL OR c.leg_id IS NULL
    OR c.net <> CASE WHEN c.method = l.method THEN l.remaining ELSE 0 END
UNION ALL
SELECT coalesce(p.leg_id, t.leg_id)::text,
    format('correction %s of %s; books: %s of %s', p.number, p.amount, t.part, t.amount)
FROM (
    SELECT leg_id, part, number, amount FROM jiko.payment_correction
    CROSS JOIN LATERAL (VALUES (2 * number), (2 * number + 1)) AS rows(part)) p
FULL JOIN (
    SELECT * FROM jiko.ledger_transfer WHERE step = 'CORRECT' AND session_id IS NOT NULL) t
    ON t.leg_id = p.leg_id AND t.part = p.part
WHERE p.amount IS DISTINCT FROM t.amount
UNION ALL
SELECT coalesce(c.id, t.leg_id)::text, format('count %s instead of %s; books: %s', c.counted, c.before, t.change)
FROM jiko.count_correction c
FULL JOIN (
    SELECT leg_id, CASE WHEN debit_kind = 'SAFE' THEN amount ELSE -amount END AS change FROM jiko.ledger_transfer
    WHERE step = 'CORRECT' AND session_id IS NULL) t
    ON t.leg_id = c.id
WHERE c.counted - c.before IS DISTINCT FROM t.change
UNION ALL
SELECT c.id::text, format('corrects a count of %s, which was %s', c.before, coalesce(p.counted, s.counted))
FROM jiko.count_correction c
JOIN jiko.shift s ON s.id = c.shift_id
LEFT JOIN jiko.count_correction p ON p.id = c.corrects
WHERE c.before IS DISTINCT FROM coalesce(p.counted, s.counted)
