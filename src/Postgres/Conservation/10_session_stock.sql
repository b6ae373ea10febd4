-- A session that waits has its plates reserved, a confirmed one has them sold, and one that ended has none. Plates come
-- back only from those that were sold.
SELECT format('%s %s', r.session_id, r.menu_id) AS subject,
    format('%s, with %s %s', coalesce(s.status, 'no session'), r.quantity, r.state) AS detail
FROM jiko.session_plates r
LEFT JOIN jiko.checkout_session s ON s.id = r.session_id AND s.kitchen_id = r.kitchen_id
WHERE r.state IS DISTINCT FROM CASE s.status
    WHEN 'PENDING_PAYMENT' THEN 'RESERVED'
    WHEN 'CONFIRMED' THEN 'SOLD'
    WHEN 'EXPIRED' THEN 'RELEASED'
    WHEN 'CANCELLED' THEN 'RELEASED'
    WHEN 'FAILED' THEN 'RELEASED'
END
    OR (r.returned > 0 AND r.state <> 'SOLD')
