-- Copies the one sale that is there so often, as sales of the last month over all kitchens, with all that belongs to
-- them. Their ids are in the order of time, as the product's are.
CREATE FUNCTION bench_id(number int, kind text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(1770000000000 + number), 12, '0') || '7' || substr(md5(kind || number), 1, 3)
        || '8' || substr(md5(kind || number), 4, 15))::uuid
$$;

CREATE FUNCTION bench_fill(count int) RETURNS void LANGUAGE plpgsql
SET statement_timeout = 0
SET lock_timeout = 0
AS $$
DECLARE
    sold jiko.checkout_session;
BEGIN
    SELECT * INTO sold FROM jiko.checkout_session;

    CREATE TEMP TABLE sale AS
    SELECT number, bench_id(number, 'session') AS id, bench_id(number, 'order') AS order_id,
        (lpad(to_hex(1 + number % 200), 8, '0') || '-0000-7000-8000-000000000000')::uuid AS kitchen_id,
        (number / 200) % 10 AS variant, 1 + number / 200 AS place,
        now() - interval '1 day' - make_interval(secs => (count - number) * 2.5) AS at
    FROM generate_series(1, count) AS number;

    CREATE TEMP TABLE line AS
    SELECT n.id, n.kitchen_id, quantity,
        (substr(n.kitchen_id::text, 1, 24) || lpad(to_hex(1 + (n.variant + apart) % 10), 12, '0'))::uuid AS menu_id
    FROM sale n CROSS JOIN (VALUES (0, 1), (3, 2)) AS each(apart, quantity);

    INSERT INTO jiko.checkout_session (
        id, version, state, kitchen_id, status, channel, session_type, opened_at, business_date, number, total,
        live_mode, opened_by, plates, plate_menu_ids, plate_quantities)
    SELECT n.id, 1, replace(sold.state, sold.id::text, n.id::text), n.kitchen_id, sold.status, sold.channel,
        sold.session_type, n.at, DATE '2026-01-01', n.place, sold.total, false, n.kitchen_id,
        'SOLD', l.menu_ids, l.quantities
    FROM sale n
    JOIN (
        SELECT id, array_agg(menu_id) AS menu_ids, array_agg(quantity) AS quantities FROM line GROUP BY id) l
        ON l.id = n.id;

    INSERT INTO jiko.customer_order (id, session_id, kitchen_id, placed_at, status, payment_state, ticket)
    SELECT n.order_id, n.id, n.kitchen_id, n.at, 'PLACED', 'PAID', 'SERVED'
    FROM sale n;

    INSERT INTO jiko.ledger_transfer (
        leg_id, step, part, session_id, kitchen_id, method, debit_kind, debit_owner, credit_kind, credit_owner,
        amount, at)
    SELECT bench_id(n.number, 'leg'), t.step, t.part, n.id, n.kitchen_id, t.method, t.debit_kind, n.kitchen_id,
        t.credit_kind, n.kitchen_id, t.amount, n.at
    FROM sale n CROSS JOIN (SELECT * FROM jiko.ledger_transfer WHERE session_id = sold.id) t;

    INSERT INTO jiko.event (kitchen_id, payload, at)
    SELECT n.kitchen_id, replace(e.payload, sold.id::text, n.id::text), n.at
    FROM sale n CROSS JOIN (SELECT payload FROM jiko.event WHERE payload LIKE '%' || sold.id || '%') e;

    UPDATE jiko.stock_item s SET on_hand = s.on_hand - l.sold, sold = s.sold + l.sold
    FROM (SELECT kitchen_id, menu_id, sum(quantity)::int AS sold FROM line GROUP BY kitchen_id, menu_id) l
    WHERE s.kitchen_id = l.kitchen_id AND s.menu_id = l.menu_id;

    DROP TABLE sale, line;
END
$$;
