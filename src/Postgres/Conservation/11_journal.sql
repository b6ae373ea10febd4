-- What was received and wasted is what the stock journal says.
SELECT format('%s %s', coalesce(i.kitchen_id, j.kitchen_id), coalesce(i.menu_id, j.menu_id)) AS subject,
    format('received %s, wasted %s; journal: received %s, wasted %s',
        i.received, i.wasted, coalesce(j.received, 0), coalesce(j.wasted, 0)) AS detail
FROM jiko.stock_item i
FULL JOIN (
    SELECT kitchen_id, menu_id, sum(greatest(difference, 0)) AS received, sum(greatest(-difference, 0)) AS wasted
    FROM jiko.stock_journal
    GROUP BY kitchen_id, menu_id) j ON j.kitchen_id = i.kitchen_id AND j.menu_id = i.menu_id
WHERE i.received IS DISTINCT FROM coalesce(j.received, 0) OR i.wasted IS DISTINCT FROM coalesce(j.wasted, 0)
