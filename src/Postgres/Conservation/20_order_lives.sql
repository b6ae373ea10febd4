-- An order's row says what its session says; only what is placed is cooked.
SELECT o.id::text AS subject,
    format('%s with ticket %s; session: %s with %s',
        o.status, coalesce(o.ticket, 'none'), l.status, coalesce(l.ticket, 'none')) AS detail
FROM jiko.customer_order o
JOIN jiko.checkout_session s ON s.id = o.session_id
CROSS JOIN LATERAL (
    SELECT coalesce(a.life ->> 'status', 'PLACED') AS status,
        CASE WHEN a.life IS NULL THEN 'NEW' ELSE a.life ->> 'ticket' END AS ticket
    FROM (SELECT s.state::jsonb -> 'afterSale' AS life) a) l
WHERE o.status <> l.status OR o.ticket IS DISTINCT FROM l.ticket OR (o.status = 'PLACED') <> (o.ticket IS NOT NULL)
