-- The catalogue: the kitchens, what they sell, who works there, who buys there, and who may call. Words are kept as
-- text, as the reference spells them. What has been sold, or has sold, is switched off and never deleted.

CREATE TABLE jiko.kitchen (
    id                      uuid        PRIMARY KEY,
    name                    text        NOT NULL,
    live_mode               boolean     NOT NULL,
    time_zone               text        NOT NULL,
    day_starts_at           time        NOT NULL,
    payment_timeout_seconds int         NOT NULL CHECK (payment_timeout_seconds > 0),
    slip_timeout_seconds    int         NOT NULL CHECK (slip_timeout_seconds > 0),
    low_stock_threshold     int         NOT NULL CHECK (low_stock_threshold >= 0),
    last_staff_number       int         NOT NULL DEFAULT 0,
    created_at              timestamptz NOT NULL
);

CREATE INDEX kitchen_list ON jiko.kitchen (created_at DESC, id DESC);

CREATE TABLE jiko.menu_item (
    id         uuid    PRIMARY KEY,
    kitchen_id uuid    NOT NULL REFERENCES jiko.kitchen (id),
    name       text    NOT NULL,
    price      bigint  NOT NULL CHECK (price BETWEEN 1 AND 1000000000000), -- whole shillings
    category   text    NOT NULL,
    available  boolean NOT NULL,
    position   int     NOT NULL,
    CONSTRAINT menu_item_position UNIQUE (kitchen_id, position)
);

CREATE UNIQUE INDEX menu_item_name ON jiko.menu_item (kitchen_id, lower(name));

CREATE TABLE jiko.kitchen_payment_method (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    name       text        NOT NULL,
    provider   text        NOT NULL,
    active     boolean     NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX kitchen_payment_method_name ON jiko.kitchen_payment_method (kitchen_id, lower(name));

-- The balance is the customer's row in jiko.wallet, made with it.
CREATE TABLE jiko.kitchen_customer (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    name       text        NOT NULL,
    phone      text        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT kitchen_customer_phone UNIQUE (kitchen_id, phone)
);

CREATE INDEX kitchen_customer_list ON jiko.kitchen_customer (kitchen_id, created_at DESC, id DESC);

CREATE INDEX ledger_transfer_wallet_debit ON jiko.ledger_transfer (debit_owner, at DESC)
    WHERE debit_kind = 'KITCHEN_WALLET';
CREATE INDEX ledger_transfer_wallet_credit ON jiko.ledger_transfer (credit_owner, at DESC)
    WHERE credit_kind = 'KITCHEN_WALLET';

CREATE TABLE jiko.staff (
    id           uuid        PRIMARY KEY,
    kitchen_id   uuid        NOT NULL REFERENCES jiko.kitchen (id),
    staff_number int         NOT NULL CHECK (staff_number > 0),
    name         text        NOT NULL,
    role         text        NOT NULL CHECK (role IN ('CASHIER', 'MANAGER', 'KITCHEN')),
    pin_hash     text        NOT NULL,
    active       boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT staff_number UNIQUE (kitchen_id, staff_number)
);

-- Wrong PINs in a row. Kept by number, whether somebody has it or not, so that a lock does not tell.
CREATE TABLE jiko.pin_try (
    kitchen_id   uuid        NOT NULL REFERENCES jiko.kitchen (id),
    staff_number int         NOT NULL,
    wrong_tries  int         NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (kitchen_id, staff_number)
);

CREATE TABLE jiko.device (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    kind       text        NOT NULL CHECK (kind IN ('POS', 'KIOSK')),
    name       text        NOT NULL,
    active     boolean     NOT NULL,
    paired_at  timestamptz NOT NULL,
    -- Who stands at it, or it itself, sends an Idempotency-Key with every POST that moves money.
    key_required boolean   NOT NULL DEFAULT false
);

CREATE INDEX device_list ON jiko.device (kitchen_id, paired_at);

CREATE TABLE jiko.pairing_code (
    code_hash  bytea       PRIMARY KEY, -- SHA-256
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    kind       text        NOT NULL CHECK (kind IN ('POS', 'KIOSK')),
    name       text        NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE jiko.app_account (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    phone      text        NOT NULL,
    live_mode  boolean     NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT app_account_phone UNIQUE (phone, live_mode)
);

-- WhatsApp bots, each with the kitchens whose numbers it answers.
CREATE TABLE jiko.bot_key (
    id          uuid        PRIMARY KEY,
    name        text        NOT NULL,
    kitchen_ids uuid[]      NOT NULL CHECK (cardinality(kitchen_ids) > 0),
    live_mode   boolean     NOT NULL,
    active      boolean     NOT NULL,
    created_at  timestamptz NOT NULL
);

CREATE TABLE jiko.operator_key (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    active     boolean     NOT NULL,
    created_at timestamptz NOT NULL
);

-- Tokens of all kinds. They are 256 random bits, so a plain hash keeps them as safe as a slow one would.
CREATE TABLE jiko.credential (
    token_hash   bytea       PRIMARY KEY, -- SHA-256
    kind         text        NOT NULL,
    subject_id   uuid        NOT NULL, -- the staff member, device, account, bot or operator key
    kitchen_id   uuid,
    device_id    uuid,
    role         text,
    live_mode    boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz
);

CREATE INDEX credential_subject ON jiko.credential (subject_id) WHERE revoked_at IS NULL;
CREATE INDEX credential_device ON jiko.credential (device_id) WHERE revoked_at IS NULL;
CREATE INDEX credential_expiry ON jiko.credential (expires_at) WHERE expires_at IS NOT NULL;

-- The secrets that GET /demo shows. Only the demo writes here, and it never runs in Production.
CREATE TABLE jiko.demo (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    content  text    NOT NULL
);
