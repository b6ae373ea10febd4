-- The order of a round is paid when every bill that something of it is on is paid, or void; all other orders are paid.
SELECT o.id::text AS subject,
    format('%s, %s, on bills that are %s', s.session_type, o.payment_state, string_agg(b.status, ', ')) AS detail
FROM jiko.customer_order o
JOIN jiko.checkout_session s ON s.id = o.session_id
LEFT JOIN jiko.bill b ON b.order_ids @> ARRAY[o.id]
GROUP BY o.id, o.payment_state, s.session_type
HAVING (o.payment_state = 'PAID') <> CASE s.session_type
    WHEN 'TAB' THEN coalesce(bool_and(b.status IN ('PAID', 'VOID')) AND bool_or(b.status = 'PAID'), false)
    ELSE true
END
