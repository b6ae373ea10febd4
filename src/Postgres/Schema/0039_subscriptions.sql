-- Subscriptions of merchants' customers. The clock opens a session for each period.
CREATE TABLE jiko.subscription (
    id          uuid        PRIMARY KEY, -- derived from that of the first session
    merchant_id uuid        NOT NULL REFERENCES jiko.merchant (id),
    kitchen_id  uuid        NOT NULL REFERENCES jiko.kitchen (id),
    live_mode   boolean     NOT NULL,
    status      text        NOT NULL
        CHECK (status IN ('INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'ENDED')),
    state       text        NOT NULL,
    version     bigint      NOT NULL CHECK (version > 0),
    phone       text, -- which is asked; not in the state, so that the audit trail does not have it
    due_at      timestamptz, -- when somebody has to look at it next
    created_at  timestamptz NOT NULL,
    ended_at    timestamptz
);

CREATE INDEX subscription_list ON jiko.subscription (merchant_id, created_at DESC, id DESC);
CREATE INDEX subscription_due ON jiko.subscription (due_at) WHERE due_at IS NOT NULL;

CREATE TRIGGER audit AFTER UPDATE ON jiko.subscription
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION jiko.audit_row('subscription');
