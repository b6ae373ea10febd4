-- Kitchens' own accounts at aggregators. Their secrets are encrypted; the keys are encrypted too, with a certificate
-- that is not in the database.

-- The keys of ASP.NET Core's Data Protection, as it writes them.
CREATE TABLE jiko.secrets_key (
    id         text        PRIMARY KEY,
    xml        text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Attempts and webhooks name an account, so a name is never used for another one: not after the account is removed, and
-- not for one of the installation's file and one of a kitchen.
CREATE TABLE jiko.payment_account_name (
    name       text NOT NULL CONSTRAINT payment_account_name_once PRIMARY KEY,
    kitchen_id uuid REFERENCES jiko.kitchen (id), -- null for one of the installation's
    vendor     text, -- null for the simulator, and for what an older build has used
    live_mode  boolean,
    CONSTRAINT payment_account_name_vendor CHECK ((vendor IS NULL) = (live_mode IS NULL))
);

INSERT INTO jiko.payment_account_name (name) SELECT DISTINCT adapter FROM jiko.payment_attempt;

CREATE TABLE jiko.payment_account (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    -- Not "name", which the audit trail hides where it is a person's.
    account    text        NOT NULL CONSTRAINT payment_account_named UNIQUE REFERENCES jiko.payment_account_name (name),
    vendor     text        NOT NULL CHECK (vendor IN ('CLICKPESA', 'AZAMPAY', 'SNIPPE', 'PAWAPAY')),
    settings   text        NOT NULL, -- JSON
    secret     text        NOT NULL, -- JSON, encrypted; the audit trail hides it
    hints      text        NOT NULL, -- JSON: which secrets there are, and their last characters
    active     boolean     NOT NULL,
    place      int         NOT NULL CHECK (place >= 0), -- in the order of preference, from 1; 0 when it is removed
    version    int         NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT payment_account_removed CHECK ((removed_at IS NULL) = (place > 0) AND (removed_at IS NULL OR NOT active))
);

CREATE INDEX payment_account_kitchen ON jiko.payment_account (kitchen_id, place);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.payment_account
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('payment-account');

-- Accounts that have not answered lately, of kitchens and of the installation: a hint for tills.
CREATE TABLE jiko.payment_account_trouble (
    account   text        PRIMARY KEY,
    condition text        NOT NULL CHECK (condition IN ('DEGRADED', 'DOWN')),
    noted_at  timestamptz NOT NULL
);

-- A phone is asked by one account of an aggregator at a time, so its prompts are found by the phone alone.
CREATE INDEX payment_attempt_rung ON jiko.payment_attempt (phone, started_at) WHERE rings_until IS NOT NULL;
DROP INDEX jiko.payment_attempt_prompt;
