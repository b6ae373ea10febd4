-- Every dish of every round is on exactly one bill, in all its plates.
WITH line AS (
    SELECT (line ->> 'sessionId')::uuid AS session_id,
        sum((line -> 'dish' ->> 'quantity')::bigint) AS plates,
        sum((line -> 'dish' ->> 'quantity')::bigint * (line -> 'dish' ->> 'unitPrice')::bigint) AS amount
    FROM jiko.bill b
    CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'lines') AS line
    GROUP BY 1
), round AS (
    SELECT s.id, s.total, sum((line ->> 'quantity')::bigint) AS plates
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'opening' -> 'lines') AS line
    WHERE s.session_type = 'TAB'
    GROUP BY s.id
)
SELECT coalesce(r.id, l.session_id)::text AS subject,
    format('round: %s plates, %s; bills: %s plates, %s', r.plates, r.total, l.plates, l.amount) AS detail
FROM round r
FULL JOIN line l ON l.session_id = r.id
WHERE r.plates IS DISTINCT FROM l.plates OR r.total IS DISTINCT FROM l.amount
