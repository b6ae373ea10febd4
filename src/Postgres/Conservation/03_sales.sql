-- A kitchen's sales are what its confirmed sessions cost; of bills, what was paid for them. What went back is looked at
-- sale by sale.
SELECT coalesce(l.kitchen_id, s.kitchen_id)::text AS subject,
    format('sales %s, sessions %s', coalesce(l.sales, 0), coalesce(s.total, 0)) AS detail
FROM (
    SELECT kitchen_id, -sum(amount) AS sales FROM jiko.ledger_entry
    WHERE account = 'SALES' AND step <> 'REVERSE' GROUP BY kitchen_id) l
FULL JOIN (
    SELECT kitchen_id, sum(total) AS total FROM jiko.checkout_session WHERE status = 'CONFIRMED' AND session_type <> 'TAB'
    GROUP BY kitchen_id) s
    ON s.kitchen_id = l.kitchen_id
WHERE coalesce(l.sales, 0) <> coalesce(s.total, 0)
