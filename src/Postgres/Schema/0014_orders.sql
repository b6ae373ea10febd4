-- The life of orders. What has become of one stands in its session's state; its row, and its ticket's, say what lists
-- ask for, and are written beside jiko.commit, in the same statement.

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE'));

CREATE INDEX ledger_transfer_reversed ON jiko.ledger_transfer (session_id) WHERE step = 'REVERSE';

-- Of the plates that were sold: those that came back to the shelf.
ALTER TABLE jiko.stock_reservation
    ADD COLUMN returned int NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND quantity);

-- 0 for what a leg got, 1 for what was paid beyond that, from 2 on for the refunds of an order.
ALTER TABLE jiko.payment_refund ADD COLUMN part int NOT NULL DEFAULT 0 CHECK (part >= 0);

-- With what lists filter on.
CREATE OR REPLACE VIEW jiko.placed_order AS
    SELECT o.id, o.kitchen_id, o.placed_at, o.status, o.payment_state, s.state AS session, o.number, o.business_date,
        s.channel, s.session_type, s.table_number, s.client_reference, t.status AS ticket
    FROM jiko.customer_order o
    JOIN jiko.checkout_session s ON s.id = o.session_id
    LEFT JOIN jiko.kitchen_ticket t ON t.order_id = o.id;
