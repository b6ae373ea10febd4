-- What was captured for a session is its total once it is confirmed, and nothing before or otherwise.
SELECT s.id::text AS subject,
    format('%s, total %s, captured %s', s.status, s.total, coalesce(c.captured, 0)) AS detail
FROM jiko.checkout_session s
LEFT JOIN (
    SELECT session_id, sum(amount) AS captured FROM jiko.ledger_transfer
    WHERE step IN ('PAY', 'SETTLE') AND credit_kind = 'SALES'
    GROUP BY session_id) c ON c.session_id = s.id
WHERE coalesce(c.captured, 0) <> CASE s.status WHEN 'CONFIRMED' THEN s.total ELSE 0 END
