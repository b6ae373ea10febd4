-- What a careful team would store of a checkout: its state, the stock, the order, double entry, and the outbox.
CREATE TABLE IF NOT EXISTS session (
    id         uuid        PRIMARY KEY,
    version    bigint      NOT NULL,
    kitchen_id uuid        NOT NULL,
    status     text        NOT NULL,
    opened_at  timestamptz NOT NULL,
    total      bigint      NOT NULL,
    state      text        NOT NULL
);
CREATE INDEX IF NOT EXISTS session_list ON session (kitchen_id, opened_at DESC);

CREATE TABLE IF NOT EXISTS stock (
    kitchen_id uuid NOT NULL,
    menu_id    uuid NOT NULL,
    on_hand    int  NOT NULL CHECK (on_hand >= 0),
    reserved   int  NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    PRIMARY KEY (kitchen_id, menu_id)
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS customer_order (
    id         uuid        PRIMARY KEY,
    session_id uuid        NOT NULL UNIQUE,
    kitchen_id uuid        NOT NULL,
    placed_at  timestamptz NOT NULL,
    content    text        NOT NULL
);

CREATE TABLE IF NOT EXISTS ledger_entry (
    id         bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    session_id uuid        NOT NULL,
    kitchen_id uuid        NOT NULL,
    account    text        NOT NULL,
    amount     bigint      NOT NULL,
    at         timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS outbox (
    id         bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    kitchen_id uuid        NOT NULL,
    type       text        NOT NULL,
    payload    text        NOT NULL,
    at         timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS inbox (
    event_id    text        PRIMARY KEY,
    body        bytea       NOT NULL,
    received_at timestamptz NOT NULL
);

-- For pgbench: in the order of time, as the programs' ids are.
CREATE OR REPLACE FUNCTION ordered_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint), 16, '0')
        || substr(md5(random()::text), 1, 16))::uuid
$$;
