-- What a session's legs hold, and what it has to return, is what the books hold for it.
WITH concerned AS (
    SELECT id FROM jiko.checkout_session WHERE status = 'PENDING_PAYMENT'
    UNION
    SELECT session_id FROM jiko.ledger_transfer WHERE step = 'HOLD' AND session_id IS NOT NULL
), leg AS (
    SELECT c.id,
        coalesce(sum((leg ->> 'amount')::bigint) FILTER (WHERE leg ->> 'status' = 'HELD'), 0) AS held,
        coalesce(sum((leg ->> 'amount')::bigint) FILTER (WHERE leg ->> 'status' = 'TO_RETURN'), 0) AS to_return
    FROM concerned c
    LEFT JOIN jiko.checkout_session s ON s.id = c.id
    LEFT JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg ON true
    GROUP BY c.id
), book AS (
    SELECT session_id,
        coalesce(sum(-amount) FILTER (
            WHERE account IN ('PENDING', 'KITCHEN_WALLET_HOLD', 'PLATFORM_WALLET_HOLD')), 0) AS held,
        coalesce(sum(-amount) FILTER (WHERE account = 'TO_RETURN'), 0) AS to_return
    FROM jiko.ledger_entry
    WHERE session_id IS NOT NULL
    GROUP BY session_id
)
SELECT l.id::text AS subject,
    format('legs: held %s, to return %s; books: held %s, to return %s',
        l.held, l.to_return, coalesce(b.held, 0), coalesce(b.to_return, 0)) AS detail
FROM leg l
LEFT JOIN book b ON b.session_id = l.id
WHERE l.held <> coalesce(b.held, 0) OR l.to_return <> coalesce(b.to_return, 0)
