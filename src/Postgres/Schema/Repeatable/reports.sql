-- What orders have sold whose lines are not in jiko.order_line yet.
CREATE OR REPLACE FUNCTION jiko.unnoted_lines(kitchen uuid, since timestamptz, until timestamptz)
RETURNS SETOF jiko.order_line LANGUAGE sql STABLE AS $$
    SELECT o.kitchen_id, o.placed_at, o.id, l.place::int, s.channel, s.opened_by, s.session_type = 'TAB',
        (l.line ->> 'menuId')::uuid, l.line ->> 'name', (l.line ->> 'quantity')::int, (l.line ->> 'unitPrice')::bigint
    FROM jiko.customer_order o
    JOIN jiko.checkout_session s ON s.id = o.session_id
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'opening' -> 'lines') WITH ORDINALITY AS l(line, place)
    WHERE o.kitchen_id = kitchen AND o.placed_at >= since AND o.placed_at < until
        AND NOT EXISTS (
            SELECT FROM jiko.order_line n
            WHERE n.kitchen_id = o.kitchen_id AND n.placed_at = o.placed_at AND n.order_id = o.id)
$$;
