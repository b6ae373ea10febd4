-- A posting for a session belongs to a session of its kitchen, and money held belongs to one that is pending.
SELECT t.leg_id::text AS subject,
    format('%s for session %s of another kitchen, or of none', t.step, t.session_id) AS detail
FROM jiko.ledger_transfer t
LEFT JOIN jiko.checkout_session s ON s.id = t.session_id AND s.kitchen_id = t.kitchen_id
WHERE t.session_id IS NOT NULL AND s.id IS NULL
UNION ALL
SELECT e.session_id::text, format('%s still holds %s', min(s.status), -sum(e.amount))
FROM jiko.ledger_entry e
JOIN jiko.checkout_session s ON s.id = e.session_id
WHERE e.account IN ('PENDING', 'KITCHEN_WALLET_HOLD', 'PLATFORM_WALLET_HOLD') AND s.status <> 'PENDING_PAYMENT'
GROUP BY e.session_id
HAVING sum(e.amount) <> 0
