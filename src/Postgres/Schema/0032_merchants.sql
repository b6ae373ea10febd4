-- Merchants: businesses whose web shops are paid through hosted sessions. Their stores are kitchens, each of one merchant.
CREATE TABLE jiko.merchant (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    live_mode  boolean     NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE jiko.merchant_store (
    kitchen_id  uuid NOT NULL REFERENCES jiko.kitchen (id),
    merchant_id uuid NOT NULL REFERENCES jiko.merchant (id),
    CONSTRAINT merchant_store_once PRIMARY KEY (kitchen_id)
);

CREATE INDEX merchant_store_merchant ON jiko.merchant_store (merchant_id);

-- API keys of merchants' backends. The hash of each, and when it ends, is in jiko.credential.
CREATE TABLE jiko.merchant_key (
    id          uuid        PRIMARY KEY,
    merchant_id uuid        NOT NULL REFERENCES jiko.merchant (id),
    name        text        NOT NULL,
    scopes      text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    active      boolean     NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz
);

CREATE INDEX merchant_key_list ON jiko.merchant_key (merchant_id, created_at DESC, id DESC);

-- Not a column of the key: each of its changes would go into the audit trail.
CREATE TABLE jiko.merchant_key_use (
    key_id uuid        PRIMARY KEY,
    at     timestamptz NOT NULL
);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.merchant
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('merchant');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.merchant_store
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('merchant-store');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.merchant_key
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('merchant-key');

-- A merchant's own sessions, of whichever store.
CREATE INDEX checkout_session_merchant ON jiko.checkout_session (opened_by, opened_at DESC, id DESC)
    WHERE channel = 'HOSTED';
