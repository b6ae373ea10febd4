-- Payment links: addresses of merchants that open a session for each visitor.
CREATE TABLE jiko.payment_link (
    id          uuid        PRIMARY KEY,
    merchant_id uuid        NOT NULL REFERENCES jiko.merchant (id),
    kitchen_id  uuid        NOT NULL REFERENCES jiko.kitchen (id),
    live_mode   boolean     NOT NULL,
    currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    secret      text        NOT NULL CHECK (secret ~ '^[A-Za-z0-9_-]{22}$'), -- of its address
    terms       text        NOT NULL,
    active      boolean     NOT NULL,
    created_at  timestamptz NOT NULL
);

CREATE INDEX payment_link_list ON jiko.payment_link (merchant_id, created_at DESC, id DESC);

-- How many sessions of a link hold a place. A row of its own: each of its changes would go into the audit trail, and
-- whoever changes the link would wait for its customers.
CREATE TABLE jiko.payment_link_use (
    link_id uuid PRIMARY KEY REFERENCES jiko.payment_link (id),
    most    int  CHECK (most > 0), -- NULL for any number
    open    int  NOT NULL DEFAULT 0 CHECK (open >= 0),
    paid    int  NOT NULL DEFAULT 0 CHECK (paid >= 0),
    CONSTRAINT payment_link_full CHECK (open + paid <= most)
);

CREATE TABLE jiko.payment_link_session (
    session_id uuid PRIMARY KEY,
    link_id    uuid NOT NULL REFERENCES jiko.payment_link (id),
    state      text NOT NULL CHECK (state IN ('OPEN', 'PAID', 'ENDED'))
);

CREATE INDEX payment_link_session_list ON jiko.payment_link_session (link_id, session_id);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.payment_link
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('payment-link');
