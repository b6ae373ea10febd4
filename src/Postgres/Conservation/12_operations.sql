-- An operation's answer is a state that its session, bill or cart went through.
SELECT o.id::text AS subject, format('answered by version %s of session %s', o.version, o.grain_key) AS detail
FROM jiko.operation o
LEFT JOIN jiko.checkout_session s ON s.id = o.grain_key
WHERE o.grain_kind = 'SESSION' AND (s.id IS NULL OR s.version < o.version)
UNION ALL
SELECT o.id::text, format('answered by version %s of bill %s', o.version, o.grain_key)
FROM jiko.operation o
LEFT JOIN jiko.bill b ON b.id = o.grain_key
WHERE o.grain_kind = 'BILL' AND (b.id IS NULL OR b.version < o.version)
UNION ALL
SELECT o.id::text, format('answered by version %s of cart %s', o.version, o.grain_key)
FROM jiko.operation o
LEFT JOIN jiko.cart c ON c.id = o.grain_key
WHERE o.grain_kind = 'CART' AND (c.id IS NULL OR c.version < o.version)
