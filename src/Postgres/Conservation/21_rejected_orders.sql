-- Of an order that staff have not approved yet nothing has gone back; of one that was rejected everything has: each
-- shilling that was paid, and each plate that was sold.
WITH sale AS (
    SELECT o.id, o.status, s.total, o.status = 'REJECTED' AS rejected,
        (SELECT coalesce(sum(t.amount), 0) FROM jiko.ledger_transfer t
            WHERE t.session_id = s.id AND t.step = 'REVERSE' AND t.debit_kind = 'SALES') AS given_back,
        (SELECT coalesce(sum(r.quantity), 0) FROM jiko.session_plates r WHERE r.session_id = s.id) AS plates,
        (SELECT coalesce(sum(r.returned), 0) FROM jiko.session_plates r WHERE r.session_id = s.id) AS returned
    FROM jiko.customer_order o
    JOIN jiko.checkout_session s ON s.id = o.session_id
    WHERE o.status IN ('NEEDS_APPROVAL', 'REJECTED')
)
SELECT id::text AS subject,
    format('%s, %s of %s given back, %s of %s plates returned', status, given_back, total, returned, plates) AS detail
FROM sale
WHERE given_back <> CASE WHEN rejected THEN total ELSE 0 END
    OR returned <> CASE WHEN rejected THEN plates ELSE 0 END
