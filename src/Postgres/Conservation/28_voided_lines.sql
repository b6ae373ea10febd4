-- What bills have voided of a round is what its kitchen was told, line by line; and of its plates exactly those came
-- back to the shelf that nobody had begun.
WITH billed AS (
    SELECT (line ->> 'sessionId')::uuid AS session_id, (line ->> 'place')::int AS place,
        (line -> 'voided' ->> 'restocked')::boolean AS restocked, sum((line -> 'dish' ->> 'quantity')::bigint) AS plates
    FROM jiko.bill b
    CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'lines') AS line
    WHERE line -> 'voided' IS NOT NULL
    GROUP BY 1, 2, 3
), told AS (
    SELECT s.id AS session_id, (void ->> 'place')::int AS place, (void ->> 'restocked')::boolean AS restocked,
        sum((void ->> 'quantity')::bigint) AS plates,
        (s.state::jsonb -> 'opening' -> 'lines' -> (void ->> 'place')::int ->> 'menuId')::uuid AS menu_id
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'afterSale' -> 'voids') AS void
    WHERE s.session_type = 'TAB'
    GROUP BY 1, 2, 3, 5
), restocked AS (
    SELECT session_id, menu_id, sum(plates) AS plates FROM told WHERE restocked GROUP BY session_id, menu_id
)
SELECT coalesce(b.session_id, t.session_id)::text AS subject,
    format('line %s: bills voided %s plates, kitchen heard of %s', coalesce(b.place, t.place), b.plates, t.plates)
        AS detail
FROM billed b
FULL JOIN told t ON t.session_id = b.session_id AND t.place = b.place AND t.restocked = b.restocked
WHERE b.plates IS DISTINCT FROM t.plates
UNION ALL
SELECT format('%s %s', r.session_id, r.menu_id),
    format('%s plates came back, %s were not begun', r.returned, coalesce(v.plates, 0))
FROM jiko.session_plates r
JOIN jiko.checkout_session s ON s.id = r.session_id AND s.session_type = 'TAB'
LEFT JOIN restocked v ON v.session_id = r.session_id AND v.menu_id = r.menu_id
WHERE r.returned <> coalesce(v.plates, 0)
