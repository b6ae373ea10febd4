-- The life of orders. What has become of one stands in its session's state; its row says what lists ask for, and is
-- written beside jiko.commit, in the same statement.

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE'));

CREATE INDEX ledger_transfer_reversed ON jiko.ledger_transfer (session_id) WHERE step = 'REVERSE';

-- Of the plates that were sold: those that came back to the shelf, never more of any than there were.
CREATE FUNCTION jiko.is_within(parts int[], wholes int[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(bool_and(part BETWEEN 0 AND whole), true) FROM unnest(parts, wholes) AS each(part, whole)
$$;

ALTER TABLE jiko.stock_reservation
    ADD COLUMN returned int[], -- one for each item; null where nothing came back
    ADD CONSTRAINT stock_reservation_returned CHECK (
        returned IS NULL OR cardinality(returned) = cardinality(quantities) AND jiko.is_within(returned, quantities));

-- The plates of sessions, item by item.
CREATE VIEW jiko.session_plates AS
    SELECT r.session_id, r.kitchen_id, p.menu_id, p.quantity, coalesce(p.returned, 0) AS returned, r.state, r.lapses_at
    FROM jiko.stock_reservation r
    CROSS JOIN LATERAL unnest(r.menu_ids, r.quantities, r.returned) AS p(menu_id, quantity, returned);

-- 0 for what a leg got, 1 for what was paid beyond that, from 2 on for the refunds of an order.
ALTER TABLE jiko.payment_refund ADD COLUMN part int NOT NULL DEFAULT 0 CHECK (part >= 0);

-- With what lists filter on.
CREATE VIEW jiko.placed_order AS
    SELECT o.id, o.kitchen_id, o.placed_at, o.status, o.payment_state, s.state AS session, s.number, s.business_date,
        s.channel, s.session_type, s.table_number, s.client_reference, o.ticket
    FROM jiko.customer_order o
    JOIN jiko.checkout_session s ON s.id = o.session_id;

-- How long an order that a guest has paid at the table waits for staff, and what becomes of it then.
ALTER TABLE jiko.kitchen
    ADD COLUMN approval_timeout_seconds int NOT NULL DEFAULT 600 CHECK (approval_timeout_seconds > 0),
    ADD COLUMN unanswered_orders text NOT NULL DEFAULT 'REJECT' CHECK (unanswered_orders IN ('APPROVE', 'REJECT'));

-- Tables whose guests order by QR code. The secret signs what the code says, and is another one after each rotation.
CREATE TABLE jiko.dining_table (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    number     text        NOT NULL,
    secret     bytea       NOT NULL CHECK (length(secret) = 32),
    active     boolean     NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT dining_table_number UNIQUE (kitchen_id, number)
);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.dining_table
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('table');
