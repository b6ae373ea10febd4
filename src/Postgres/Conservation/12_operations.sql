-- An operation's answer is a state that its session went through.
SELECT o.id::text AS subject, format('answered by version %s of session %s', o.version, o.grain_key) AS detail
FROM jiko.operation o
LEFT JOIN jiko.checkout_session s ON s.id = o.grain_key
WHERE o.grain_kind = 'SESSION' AND (s.id IS NULL OR s.version < o.version)
