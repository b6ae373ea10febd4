-- A kitchen's orders of a time, from each stage that an order can be in, as the index has them.
CREATE OR REPLACE FUNCTION jiko.orders_placed(kitchen uuid, since timestamptz, until timestamptz)
RETURNS SETOF jiko.customer_order LANGUAGE sql STABLE AS $$
    SELECT o.*
    FROM unnest(ARRAY[
        'NEW', 'PREPARING', 'READY', 'SERVED', 'CANCELLED', 'PLACED', 'NEEDS_APPROVAL', 'REJECTED']) AS stage
    CROSS JOIN LATERAL (
        SELECT * FROM jiko.customer_order k
        WHERE k.kitchen_id = kitchen AND coalesce(k.ticket, k.status) = stage
            AND k.placed_at >= since AND k.placed_at < until) AS o
$$;

-- What orders have sold whose lines are not in jiko.order_line yet: usually none. Their states are looked at last.
CREATE OR REPLACE FUNCTION jiko.unnoted_lines(kitchen uuid, since timestamptz, until timestamptz)
RETURNS SETOF jiko.order_line LANGUAGE sql STABLE AS $$
    WITH missing AS MATERIALIZED (
        SELECT o.kitchen_id, o.placed_at, o.id, o.session_id FROM jiko.orders_placed(kitchen, since, until) o
        WHERE NOT EXISTS (
            SELECT FROM jiko.order_line n
            WHERE n.kitchen_id = kitchen AND n.placed_at >= since AND n.placed_at < until
                AND n.placed_at = o.placed_at AND n.order_id = o.id AND n.place = 1))
    SELECT m.kitchen_id, m.placed_at, m.id, l.place::int, s.channel, s.opened_by, s.session_type = 'TAB',
        (l.line ->> 'menuId')::uuid, l.line ->> 'name', (l.line ->> 'quantity')::int, (l.line ->> 'unitPrice')::bigint
    FROM missing m
    JOIN jiko.checkout_session s ON s.id = m.session_id
    CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'opening' -> 'lines') WITH ORDINALITY AS l(line, place)
$$;
