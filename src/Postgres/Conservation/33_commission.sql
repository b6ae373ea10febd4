-- The platform's commission is that on what a confirmed sale has kept, at the rate of its opening, rounded half up; what
-- the kitchen pays is what the platform earns, and other sales pay none.
WITH book AS (
    SELECT session_id,
        sum(CASE 'COMMISSION' WHEN debit_kind THEN amount WHEN credit_kind THEN -amount ELSE 0 END) AS paid,
        sum(CASE 'PLATFORM_COMMISSION' WHEN credit_kind THEN amount WHEN debit_kind THEN -amount ELSE 0 END) AS earned
    FROM jiko.ledger_transfer
    WHERE step = 'COMMISSION'
    GROUP BY session_id
), sale AS (
    SELECT s.id, s.status, s.total, (s.state::jsonb #>> '{opening,commission}')::bigint AS rate,
        (SELECT coalesce(sum((leg ->> 'refunded')::bigint), 0)::bigint
            FROM jsonb_array_elements(s.state::jsonb -> 'legs') AS leg) AS refunded
    FROM jiko.checkout_session s
    WHERE s.channel IN ('APP', 'WHATSAPP', 'HOSTED') AND s.state LIKE '%"commission"%'
)
SELECT coalesce(s.id, b.session_id)::text AS subject,
    format('%s, total %s, refunded %s, rate %s; books: paid %s, earned %s',
        s.status, s.total, s.refunded, s.rate, b.paid, b.earned) AS detail
FROM sale s
FULL JOIN book b ON b.session_id = s.id
WHERE coalesce(b.paid, 0) <> coalesce(b.earned, 0)
    OR coalesce(b.paid, 0) <> CASE s.status
        WHEN 'CONFIRMED' THEN ((s.total - s.refunded) * s.rate + 5000) / 10000
        ELSE 0
    END
