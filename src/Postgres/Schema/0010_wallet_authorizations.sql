-- Codes that app users show at tills. One of them pays one leg: that is written with the leg, and can be written once.

CREATE TABLE jiko.wallet_authorization (
    id             uuid        PRIMARY KEY,
    code_hash      bytea       NOT NULL CONSTRAINT wallet_authorization_code UNIQUE, -- SHA-256
    account_id     uuid        NOT NULL CONSTRAINT wallet_authorization_account UNIQUE REFERENCES jiko.app_account (id),
    live_mode      boolean     NOT NULL,
    largest_amount bigint      CHECK (largest_amount > 0), -- whole shillings; null for no limit
    expires_at     timestamptz NOT NULL
);

CREATE TABLE jiko.wallet_authorization_spent (
    authorization_id uuid NOT NULL CONSTRAINT wallet_authorization_spent_once PRIMARY KEY,
    leg_id           uuid NOT NULL
);
