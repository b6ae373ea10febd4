-- The engine's tables. A grain's row holds its state as it was sent (nothing queries inside it) and, beside it, the
-- plain columns that lists filter on and sweeps look for. Words are kept as text, as the reference spells them.
-- No foreign keys between them: every row is written by jiko.commit, which writes both ends in one transaction.

CREATE TABLE jiko.checkout_session (
    id               uuid        PRIMARY KEY,
    version          bigint      NOT NULL CHECK (version > 0),
    state            text        NOT NULL,
    kitchen_id       uuid        NOT NULL,
    status           text        NOT NULL
        CHECK (status IN ('PENDING_PAYMENT', 'CONFIRMED', 'EXPIRED', 'CANCELLED', 'FAILED')),
    channel          text        NOT NULL,
    session_type     text        NOT NULL,
    table_number     text,
    client_reference text,
    opened_at        timestamptz NOT NULL,
    business_date    date        NOT NULL,
    number           int         NOT NULL CHECK (number > 0),
    slip_code        text,
    total            bigint      NOT NULL CHECK (total >= 0),
    live_mode        boolean     NOT NULL,
    opened_by        uuid        NOT NULL,
    deadline         timestamptz,
    CONSTRAINT checkout_session_number UNIQUE (kitchen_id, business_date, number) -- in this order they are listed, too
);

CREATE UNIQUE INDEX checkout_session_slip_code ON jiko.checkout_session (slip_code) WHERE slip_code IS NOT NULL;
CREATE INDEX checkout_session_slip_number ON jiko.checkout_session (kitchen_id, number, opened_at DESC)
    WHERE session_type = 'SLIP';
CREATE INDEX checkout_session_reference ON jiko.checkout_session (kitchen_id, client_reference, opened_at DESC)
    WHERE client_reference IS NOT NULL;
CREATE INDEX checkout_session_deadline ON jiko.checkout_session (deadline) WHERE deadline IS NOT NULL;

CREATE TABLE jiko.kitchen_inventory (
    id      uuid   PRIMARY KEY, -- the kitchen's
    version bigint NOT NULL,
    state   text   NOT NULL
);

-- What a caller asked for once, with the state that answered it.
CREATE TABLE jiko.operation (
    id          uuid        PRIMARY KEY,
    fingerprint uuid        NOT NULL,
    grain_kind  text        NOT NULL CHECK (grain_kind IN ('SESSION', 'INVENTORY', 'NONE')),
    grain_key   uuid        NOT NULL,
    version     bigint      NOT NULL,
    state       text        NOT NULL,
    at          timestamptz NOT NULL
);

-- An item without a row is not tracked, and always sellable.
CREATE TABLE jiko.stock_item (
    kitchen_id uuid NOT NULL,
    menu_id    uuid NOT NULL,
    on_hand    int  NOT NULL DEFAULT 0, -- the reserved ones included
    reserved   int  NOT NULL DEFAULT 0,
    sold       int  NOT NULL DEFAULT 0,
    wasted     int  NOT NULL DEFAULT 0,
    received   int  NOT NULL DEFAULT 0,
    PRIMARY KEY (kitchen_id, menu_id),
    -- Two for all: each is prepared anew by every statement that changes a row.
    CONSTRAINT stock_item_available CHECK (on_hand >= reserved AND least(reserved, sold, wasted) >= 0),
    CONSTRAINT stock_item_identity CHECK (on_hand + sold + wasted = received)
) WITH (fillfactor = 50);

-- What sessions keep and what they bought, of the items that are tracked. A straight sale writes SOLD at once, so that
-- an item's sold plates are the sum of those in SOLD rows, always.
CREATE TABLE jiko.stock_reservation (
    session_id uuid   PRIMARY KEY,
    kitchen_id uuid   NOT NULL,
    menu_ids   uuid[] NOT NULL,
    quantities int[]  NOT NULL, -- one for each
    state      text   NOT NULL,
    lapses_at  timestamptz, -- null for a straight sale
    CONSTRAINT stock_reservation_plates CHECK (
        state IN ('RESERVED', 'SOLD', 'RELEASED')
        AND cardinality(menu_ids) = cardinality(quantities) AND 0 < ALL (quantities))
);

CREATE INDEX stock_reservation_kept ON jiko.stock_reservation (kitchen_id) WHERE state = 'RESERVED';

-- Goods received, wasted and counted, for people to read.
CREATE TABLE jiko.stock_journal (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL,
    menu_id    uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('RECEIPT', 'WASTE', 'COUNT')),
    quantity   int         NOT NULL, -- as it was said: received, wasted, or found on the shelf
    difference int         NOT NULL, -- what that changed on hand
    reason     text,
    by_whom    uuid        NOT NULL,
    at         timestamptz NOT NULL
);

CREATE INDEX stock_journal_list ON jiko.stock_journal (kitchen_id, menu_id, at DESC);

-- What an order is for was agreed at the opening of its session, and never changes: it is not written twice.
CREATE TABLE jiko.customer_order (
    id            uuid        PRIMARY KEY,
    session_id    uuid        NOT NULL CONSTRAINT customer_order_session UNIQUE,
    kitchen_id    uuid        NOT NULL,
    placed_at     timestamptz NOT NULL,
    status        text        NOT NULL CHECK (status IN ('PLACED', 'NEEDS_APPROVAL', 'REJECTED')),
    payment_state text        NOT NULL CHECK (payment_state IN ('PAID', 'ON_BILL')),
    -- What the kitchen's screen says; null while it may not be cooked.
    ticket        text        CHECK (ticket IN ('NEW', 'PREPARING', 'READY', 'SERVED', 'CANCELLED'))
);

CREATE INDEX customer_order_list ON jiko.customer_order (kitchen_id, placed_at DESC, id DESC);
CREATE INDEX customer_order_tickets ON jiko.customer_order (kitchen_id, ticket, placed_at, id)
    WHERE ticket IS NOT NULL;

-- Double entry: each row debits one account and credits another with the same amount, so the books cannot but balance.
CREATE TABLE jiko.ledger_transfer (
    leg_id       uuid        NOT NULL,
    step         text        NOT NULL CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP')),
    part         int         NOT NULL,
    session_id   uuid, -- null for what belongs to no session, such as a top-up
    kitchen_id   uuid        NOT NULL, -- the nil uuid for the platform's own
    method       text        NOT NULL,
    debit_kind   text        NOT NULL,
    debit_owner  uuid        NOT NULL,
    credit_kind  text        NOT NULL,
    credit_owner uuid        NOT NULL,
    amount       bigint      NOT NULL CHECK (amount > 0), -- whole shillings
    operation_id uuid,
    till_id      uuid, -- the device at which staff took it or handed it out; null where no hand has touched it
    at           timestamptz NOT NULL,
    CONSTRAINT ledger_transfer_once PRIMARY KEY (leg_id, step, part)
);

CREATE INDEX ledger_transfer_kitchen ON jiko.ledger_transfer (kitchen_id, at);
CREATE INDEX ledger_transfer_held ON jiko.ledger_transfer (session_id) WHERE step = 'HOLD';

-- Both sides of every transfer; debits are positive.
CREATE VIEW jiko.ledger_entry AS
    SELECT leg_id, step, part, session_id, kitchen_id, method, side.account, side.owner, side.amount, at
    FROM jiko.ledger_transfer
    CROSS JOIN LATERAL (VALUES (debit_kind, debit_owner, amount), (credit_kind, credit_owner, -amount))
        AS side(account, owner, amount);

-- The accounts that must never go negative. They are liabilities: a debit lowers and a credit raises them.
CREATE TABLE jiko.wallet (
    owner      uuid   PRIMARY KEY,
    kind       text   NOT NULL CHECK (kind IN ('KITCHEN', 'PLATFORM')),
    kitchen_id uuid   CHECK ((kitchen_id IS NOT NULL) = (kind = 'KITCHEN')),
    available  bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
    held       bigint NOT NULL DEFAULT 0 CHECK (held >= 0)
) WITH (fillfactor = 50);
