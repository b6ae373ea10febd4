-- The list of the day. Orders and the ledger say what was sold and paid; here is what only states knew.

-- What each order sold, line by line. A state never changes it, so it is drawn out of the states when a list first asks
-- for it (jiko.unnoted_lines), and a sale does not wait for it.
CREATE TABLE jiko.order_line (
    kitchen_id uuid        NOT NULL,
    placed_at  timestamptz NOT NULL,
    order_id   uuid        NOT NULL,
    place      int         NOT NULL, -- in the order, from 1
    channel    text        NOT NULL,
    seller     uuid        NOT NULL, -- who opened the session
    on_bill    boolean     NOT NULL,
    menu_id    uuid        NOT NULL,
    name       text        NOT NULL, -- as it was sold
    quantity   int         NOT NULL CHECK (quantity > 0),
    unit_price bigint      NOT NULL CHECK (unit_price >= 0), -- whole shillings
    PRIMARY KEY (kitchen_id, placed_at, order_id, place)
);

-- What was sold and is not paid in the end.
CREATE TABLE jiko.sale_change (
    kind       text        NOT NULL CHECK (kind IN ('VOID', 'REFUND', 'WRITE_OFF')),
    subject    uuid        NOT NULL, -- the line of the bill, the session, or the bill
    part       int         NOT NULL,
    kitchen_id uuid        NOT NULL,
    session_id uuid, -- null for a write-off
    menu_id    uuid,
    name       text,
    quantity   int         NOT NULL CHECK (quantity >= 0),
    amount     bigint      NOT NULL, -- whole shillings
    given_back bigint      NOT NULL CHECK (given_back BETWEEN 0 AND amount), -- of a void: what had been paid already
    at         timestamptz NOT NULL,
    PRIMARY KEY (subject, kind, part)
);

CREATE INDEX sale_change_list ON jiko.sale_change (kitchen_id, at);
CREATE INDEX bill_unpaid ON jiko.bill (kitchen_id) WHERE status IN ('OPEN', 'PAYMENT_PENDING');

-- What became of sales before this version. A void that gave money back has the moment of that refund.
INSERT INTO jiko.sale_change (kind, subject, part, kitchen_id, session_id, menu_id, name, quantity, amount, given_back, at)
SELECT 'VOID', (line ->> 'id')::uuid, 0, b.kitchen_id, (line ->> 'sessionId')::uuid, (line -> 'dish' ->> 'menuId')::uuid,
    line -> 'dish' ->> 'name', (line -> 'dish' ->> 'quantity')::int,
    (line -> 'dish' ->> 'quantity')::bigint * (line -> 'dish' ->> 'unitPrice')::bigint,
    coalesce((line -> 'voided' ->> 'givenBack')::bigint, 0), (line -> 'voided' ->> 'at')::timestamptz
FROM jiko.bill b
CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'lines') AS line
WHERE line -> 'voided' IS NOT NULL
UNION ALL
SELECT 'WRITE_OFF', b.id, 0, b.kitchen_id, NULL, NULL, NULL, 0, b.balance, 0, (entry ->> 'at')::timestamptz
FROM jiko.bill b
CROSS JOIN LATERAL jsonb_array_elements(b.state::jsonb -> 'timeline') AS entry
WHERE b.status = 'WRITTEN_OFF' AND entry ->> 'what' = 'WRITTEN_OFF';

INSERT INTO jiko.sale_change (kind, subject, part, kitchen_id, session_id, menu_id, name, quantity, amount, given_back, at)
SELECT 'REFUND', s.id, (r.number - 1) * 100 + coalesce(p.number - 1, 0), s.kitchen_id, s.id, (p.item ->> 'menuId')::uuid,
    line.name, coalesce((p.item ->> 'quantity')::int, 0),
    coalesce(
        (p.item ->> 'quantity')::bigint * line.price,
        (SELECT sum((leg ->> 'amount')::bigint) FROM jsonb_array_elements(r.refund -> 'legs') AS leg), 0),
    0, (r.refund ->> 'at')::timestamptz
FROM jiko.checkout_session s
CROSS JOIN LATERAL jsonb_array_elements(s.state::jsonb -> 'afterSale' -> 'refunds') WITH ORDINALITY AS r(refund, number)
LEFT JOIN LATERAL jsonb_array_elements(r.refund -> 'plates') WITH ORDINALITY AS p(item, number) ON true
LEFT JOIN LATERAL (
    SELECT l ->> 'name' AS name, (l ->> 'unitPrice')::bigint AS price
    FROM jsonb_array_elements(s.state::jsonb -> 'opening' -> 'lines') AS l
    WHERE l ->> 'menuId' = p.item ->> 'menuId'
    LIMIT 1) AS line ON true
WHERE s.status = 'CONFIRMED' AND s.state LIKE '%"afterSale"%'
    AND NOT EXISTS (
        SELECT FROM jiko.bill_payment b
        JOIN jiko.sale_change v ON v.kind = 'VOID' AND v.kitchen_id = s.kitchen_id AND v.given_back > 0
            AND v.at = (r.refund ->> 'at')::timestamptz
        WHERE b.session_id = s.id);
