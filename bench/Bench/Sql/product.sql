-- Kitchens that sell for as long as anybody measures: $1 their ids, $2 their tills' token hashes, $3 all dishes with
-- their kitchens $4 and places $5, $6 how many plates of each there are.
WITH kitchen AS (
    INSERT INTO jiko.kitchen (
        id, name, live_mode, time_zone, day_starts_at, payment_timeout_seconds, slip_timeout_seconds,
        low_stock_threshold, created_at)
    SELECT id, 'Kitchen ' || number, false, 'Africa/Dar_es_Salaam', '04:00', 300, 900, 5, now()
    FROM unnest($1::uuid[]) WITH ORDINALITY AS k(id, number)
    RETURNING id
), credential AS (
    INSERT INTO jiko.credential (token_hash, kind, subject_id, kitchen_id, device_id, role, live_mode, created_at)
    SELECT hash, 'STAFF', id, id, id, 'CASHIER', false, now() FROM unnest($1::uuid[], $2::bytea[]) AS c(id, hash)
), dish AS (
    INSERT INTO jiko.menu_item (id, kitchen_id, name, price, category, available, position)
    SELECT d.id, d.kitchen_id, 'Pilau ya kuku ' || d.place, 3500, 'Chakula', true, d.place
    FROM unnest($3::uuid[], $4::uuid[], $5::int[]) AS d(id, kitchen_id, place)
    JOIN kitchen k ON k.id = d.kitchen_id
), stock AS (
    INSERT INTO jiko.stock_item (kitchen_id, menu_id, on_hand, received)
    SELECT kitchen_id, id, $6, $6 FROM unnest($3::uuid[], $4::uuid[]) AS d(id, kitchen_id)
)
INSERT INTO jiko.stock_journal (id, kitchen_id, menu_id, kind, quantity, difference, by_whom, at)
SELECT gen_random_uuid(), kitchen_id, id, 'RECEIPT', $6, $6, kitchen_id, now()
FROM unnest($3::uuid[], $4::uuid[]) AS d(id, kitchen_id)
