-- For pgbench: so many checkouts in one transaction, in one statement, with none of them in another client's way.
\set kitchen 1 + :client_id + 16 * random(0, 11)
WITH sale AS MATERIALIZED (
    SELECT number, ordered_id() AS id, ordered_id() AS order_id,
        (lpad(to_hex(:kitchen::int), 8, '0') || '-0000-7000-8000-000000000000')::uuid AS kitchen_id
    FROM generate_series(1, :n::int) AS number
), opened AS (
    INSERT INTO session (id, version, kitchen_id, status, opened_at, total, state)
    SELECT id, 1, kitchen_id, 'CONFIRMED', now(), 10500, repeat('state of a sale ', 68) FROM sale
), placed AS (
    INSERT INTO customer_order (id, session_id, kitchen_id, placed_at, content)
    SELECT order_id, id, kitchen_id, now(), repeat('order of a sale ', 34) FROM sale
), posted AS (
    INSERT INTO ledger_entry (session_id, kitchen_id, account, amount, at)
    SELECT id, kitchen_id, side.account, side.amount, now()
    FROM sale CROSS JOIN (VALUES ('DRAWER', 10500), ('SALES', -10500)) AS side(account, amount)
), told AS (
    INSERT INTO outbox (kitchen_id, type, payload, at)
    SELECT kitchen_id, 'checkout_session.confirmed',
        '{"sessionId":"' || id || '","orderId":"' || order_id || '"}', now() FROM sale
)
UPDATE stock s SET on_hand = s.on_hand - l.quantity
FROM (
    SELECT kitchen_id, line.dish, sum(line.quantity) AS quantity
    FROM sale CROSS JOIN LATERAL (VALUES (1 + number % 5, 1), (6 + number % 5, 2)) AS line(dish, quantity)
    GROUP BY kitchen_id, line.dish) l
WHERE s.kitchen_id = l.kitchen_id
    AND s.menu_id = (
        substr(l.kitchen_id::text, 1, 24) || lpad(to_hex(l.dish), 12, '0'))::uuid;
