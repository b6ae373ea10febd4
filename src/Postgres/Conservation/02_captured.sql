-- What was captured for a session is its total once it is confirmed, and nothing before or otherwise. A round is paid by
-- the sessions that pay its bill.
SELECT s.id::text AS subject,
    format('%s, total %s, captured %s', s.status, s.total, coalesce(c.captured, 0)) AS detail
FROM jiko.checkout_session s
LEFT JOIN (
    SELECT session_id, sum(amount) AS captured FROM jiko.ledger_transfer
    WHERE step IN ('PAY', 'SETTLE') AND credit_kind = 'SALES'
    GROUP BY session_id) c ON c.session_id = s.id
WHERE coalesce(c.captured, 0) <> CASE WHEN s.status = 'CONFIRMED' AND s.session_type <> 'TAB' THEN s.total ELSE 0 END
