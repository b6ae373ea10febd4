-- A confirmed session has exactly one order, and no other session has any; nor has what pays a bill, or a web
-- shop. An order has one ticket once it may be cooked.
SELECT coalesce(s.id, o.session_id)::text AS subject,
    format('%s, with %s orders and %s tickets', coalesce(s.status, 'no session'), count(o.id), count(o.ticket))
        AS detail
FROM jiko.checkout_session s
FULL JOIN jiko.customer_order o ON o.session_id = s.id
LEFT JOIN jiko.bill_payment p ON p.session_id = s.id
GROUP BY coalesce(s.id, o.session_id), s.status, s.channel
HAVING CASE
    WHEN s.status = 'CONFIRMED' AND s.channel <> 'HOSTED' AND count(p.bill_id) = 0
        THEN count(o.id) <> 1 OR count(o.ticket) <> count(*) FILTER (WHERE o.status = 'PLACED')
    ELSE count(o.id) > 0
END
