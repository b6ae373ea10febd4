-- What waits for somebody to decide is listed, and nothing else is.
WITH attempt AS (
    SELECT s.id AS session_id, attempt ->> 'reference' AS reference, attempt ->> 'parked' AS parked,
        (attempt ->> 'received')::bigint AS received
    FROM jiko.payment_attempt p
    JOIN jiko.checkout_session s ON s.id = p.session_id
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'legs') AS leg
    CROSS JOIN LATERAL jsonb_array_elements(leg -> 'attempts') AS attempt
    WHERE p.state = 'SUCCEEDED' AND attempt ->> 'reference' = p.reference
)
SELECT p.reference AS subject,
    format('listed as %s with %s; session: %s with %s',
        coalesce(p.parked, 'nothing'), p.parked_amount, coalesce(a.parked, 'nothing'), a.received) AS detail
FROM jiko.payment_attempt p
LEFT JOIN attempt a ON a.session_id = p.session_id AND a.reference = p.reference
WHERE p.parked IS DISTINCT FROM a.parked OR (p.parked IS NOT NULL AND p.parked_amount IS DISTINCT FROM a.received)
