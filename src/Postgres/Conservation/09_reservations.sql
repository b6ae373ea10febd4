-- An item's reserved and sold plates are those of its sessions.
SELECT format('%s %s', coalesce(i.kitchen_id, r.kitchen_id), coalesce(i.menu_id, r.menu_id)) AS subject,
    format('reserved %s, sold %s; sessions: reserved %s, sold %s',
        i.reserved, i.sold, coalesce(r.reserved, 0), coalesce(r.sold, 0)) AS detail
FROM jiko.stock_item i
FULL JOIN (
    SELECT kitchen_id, menu_id,
        coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
        coalesce(sum(quantity - returned) FILTER (WHERE state = 'SOLD'), 0) AS sold
    FROM jiko.session_plates
    GROUP BY kitchen_id, menu_id) r ON r.kitchen_id = i.kitchen_id AND r.menu_id = i.menu_id
WHERE i.reserved IS DISTINCT FROM coalesce(r.reserved, 0) OR i.sold IS DISTINCT FROM coalesce(r.sold, 0)
