-- The sessions of a group are all pending, all confirmed or all over, and whoever pays for a cart, the cart knows.
WITH member AS (
    SELECT (s.state::jsonb -> 'opening' -> 'group' -> 'sessions' ->> 0)::uuid AS group_id, s.id, s.status, s.opened_by,
        jsonb_array_length(s.state::jsonb -> 'opening' -> 'group' -> 'sessions') AS size
    FROM jiko.checkout_session s
    WHERE s.channel = 'APP' AND s.state LIKE '%"group":{"sessions"%'
), party AS (
    SELECT m.group_id, min(m.size) AS size, count(*) AS members, min(m.status) AS status,
        count(DISTINCT m.status) AS statuses, (array_agg(m.opened_by))[1] AS account
    FROM member m
    GROUP BY m.group_id
)
SELECT p.group_id::text AS subject,
    format('%s of %s sessions, %s statuses, first %s', p.members, p.size, p.statuses, p.status) AS detail
FROM party p
WHERE p.members <> p.size OR p.statuses <> 1
UNION ALL
SELECT coalesce(c.id, p.account)::text, format('cart waits for %s, pending is %s', c.group_id, p.group_id)
FROM (SELECT * FROM party WHERE status = 'PENDING_PAYMENT') p
FULL JOIN (SELECT * FROM jiko.cart WHERE group_id IS NOT NULL) c ON c.id = p.account AND c.group_id = p.group_id
WHERE c.group_id IS DISTINCT FROM p.group_id
