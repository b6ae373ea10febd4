-- What stands in suspense for a session is what phones paid and no leg took, less what went back or onto balances. What
-- the network took back is a claim in the place of the money. A refund in cash or onto a balance leaves the phone's
-- money where it is; so does a merchant's wallet, which has the money after that.
WITH concerned AS (
    SELECT DISTINCT session_id AS id FROM jiko.payment_attempt WHERE state = 'SUCCEEDED'
    UNION
    SELECT session_id FROM jiko.ledger_transfer WHERE step IN ('PARK', 'REFUND', 'CREDIT')
), paid AS (
    SELECT c.id,
        coalesce(sum((attempt ->> 'received')::bigint), 0) AS received,
        coalesce(sum((
            SELECT sum((refund ->> 'amount')::bigint) FROM jsonb_array_elements(attempt -> 'refunds') AS refund
            WHERE (refund ->> 'done')::boolean)), 0) AS refunded,
        coalesce(sum((
            SELECT sum((refund ->> 'amount')::bigint) FROM jsonb_array_elements(attempt -> 'refunds') AS refund
            WHERE (refund ->> 'done')::boolean AND refund -> 'decided' ->> 'way' IN ('CASH', 'BALANCE'))), 0) AS kept,
        coalesce(sum((attempt -> 'credit' ->> 'amount')::bigint), 0) AS credited
    FROM concerned c
    JOIN jiko.checkout_session s ON s.id = c.id
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    CROSS JOIN LATERAL jsonb_array_elements(leg -> 'attempts') AS attempt
    GROUP BY c.id
), taken AS (
    SELECT s.id,
        coalesce(sum((leg ->> 'amount')::bigint - coalesce((leg ->> 'refunded')::bigint, 0)), 0) AS amount
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    WHERE s.id IN (SELECT id FROM concerned) AND leg ->> 'status' IN ('HELD', 'PAID')
        AND (leg ->> 'method' = 'MOBILE_MONEY'
            OR (leg ->> 'method' = 'CARD' AND leg -> 'attempts' IS NOT NULL)
            OR (leg ->> 'method' = 'KITCHEN_CHANNEL' AND leg -> 'channel' IS NOT NULL AND leg -> 'attested' IS NULL))
    GROUP BY s.id
), by_hand AS (
    SELECT (leg ->> 'id')::uuid AS leg_id
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    WHERE s.id IN (SELECT id FROM concerned) AND leg ->> 'method' <> 'MOBILE_MONEY'
        AND (leg -> 'channel' IS NULL OR leg -> 'attested' IS NOT NULL)
), book AS (
    SELECT e.session_id,
        coalesce(sum(e.amount) FILTER (
            WHERE e.account IN ('MOBILE_MONEY', 'CARD_GATEWAY', 'CHARGED_BACK', 'KITCHEN_CHANNEL')), 0)
            AS mobile_money,
        coalesce(sum(-e.amount) FILTER (WHERE e.account = 'SUSPENSE'), 0) AS suspense
    FROM jiko.ledger_entry e
    WHERE e.session_id IN (SELECT id FROM concerned) AND e.step <> 'ASSIGN'
        AND NOT (e.account = 'KITCHEN_CHANNEL' AND e.leg_id IN (SELECT leg_id FROM by_hand))
    GROUP BY e.session_id
)
SELECT c.id::text AS subject,
    format('phones paid %s, got back %s, balances got %s, legs took %s; books: mobile money %s, suspense %s',
        coalesce(p.received, 0), coalesce(p.refunded, 0), coalesce(p.credited, 0), coalesce(t.amount, 0),
        coalesce(b.mobile_money, 0), coalesce(b.suspense, 0)) AS detail
FROM concerned c
LEFT JOIN paid p ON p.id = c.id
LEFT JOIN taken t ON t.id = c.id
LEFT JOIN book b ON b.session_id = c.id
WHERE coalesce(b.mobile_money, 0) <> coalesce(p.received, 0) - coalesce(p.refunded, 0) + coalesce(p.kept, 0)
    OR coalesce(b.suspense, 0)
        <> coalesce(p.received, 0) - coalesce(p.refunded, 0) - coalesce(p.credited, 0) - coalesce(t.amount, 0)
