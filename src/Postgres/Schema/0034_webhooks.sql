-- Webhooks to merchants: where their events are sent, and what became of each of them.

CREATE TABLE jiko.webhook_subscription (
    id               uuid        PRIMARY KEY,
    merchant_id      uuid        NOT NULL REFERENCES jiko.merchant (id),
    -- A merchant has one of kind CALLBACK at most. It stands for the callbackUrl of its sessions, each of which has
    -- an address of its own: it holds their secrets, and what was sent there.
    kind             text        NOT NULL CHECK (kind IN ('SUBSCRIPTION', 'CALLBACK')),
    url              text,
    event_types      text[]      CHECK (cardinality(event_types) > 0), -- null for all
    store_ids        uuid[]      CHECK (cardinality(store_ids) > 0), -- null for all
    description      text,
    enabled          boolean     NOT NULL,
    disabled_because text        CHECK (disabled_because IN ('MERCHANT', 'GONE', 'FAILING')),
    from_position    bigint      NOT NULL, -- of the last event before it was made
    created_at       timestamptz NOT NULL,
    removed_at       timestamptz,
    CONSTRAINT webhook_subscription_address CHECK ((kind = 'SUBSCRIPTION') = (url IS NOT NULL)),
    CONSTRAINT webhook_subscription_disabled CHECK (enabled = (disabled_because IS NULL)),
    CONSTRAINT webhook_subscription_removed CHECK (removed_at IS NULL OR NOT enabled)
);

CREATE UNIQUE INDEX webhook_callback_once ON jiko.webhook_subscription (merchant_id) WHERE kind = 'CALLBACK';
CREATE INDEX webhook_subscription_list ON jiko.webhook_subscription (merchant_id, created_at DESC, id DESC);

-- What deliveries are signed with. Several can be good at one time, so that a receiver can change over.
CREATE TABLE jiko.webhook_secret (
    id              uuid        PRIMARY KEY,
    subscription_id uuid        NOT NULL REFERENCES jiko.webhook_subscription (id),
    secret          text        NOT NULL, -- encrypted; the audit trail hides it
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz,
    CONSTRAINT webhook_secret_life CHECK (expires_at >= created_at)
);

CREATE INDEX webhook_secret_subscription ON jiko.webhook_secret (subscription_id, created_at DESC);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.webhook_subscription
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('webhook-subscription');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.webhook_secret
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('webhook-secret');

-- Since when a subscription's receiver has taken nothing; none while it takes what it gets. Not a column of the
-- subscription: each of its changes would go into the audit trail.
CREATE TABLE jiko.webhook_failing (
    subscription_id uuid        PRIMARY KEY REFERENCES jiko.webhook_subscription (id),
    since           timestamptz NOT NULL
);

-- One event for one subscription. A replay begins the same row anew.
CREATE TABLE jiko.webhook_delivery (
    id              uuid        PRIMARY KEY,
    subscription_id uuid        NOT NULL REFERENCES jiko.webhook_subscription (id),
    event_id        text        NOT NULL, -- the header webhook-id
    type            text        NOT NULL,
    body            text        NOT NULL, -- JSON, as it is signed
    url             text, -- of a callback
    state           text        NOT NULL CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
    tries           int         NOT NULL CHECK (tries >= 0), -- since it was begun, or begun anew
    attempts        int         NOT NULL, -- all of them
    next_try_at     timestamptz, -- while it is claimed, when the claim ends
    created_at      timestamptz NOT NULL,
    done_at         timestamptz,
    CONSTRAINT webhook_delivery_once UNIQUE (subscription_id, event_id),
    CONSTRAINT webhook_delivery_attempts CHECK (attempts >= tries),
    CONSTRAINT webhook_delivery_waiting CHECK ((state = 'PENDING') = (next_try_at IS NOT NULL)),
    CONSTRAINT webhook_delivery_done CHECK ((state = 'PENDING') = (done_at IS NULL))
);

CREATE INDEX webhook_delivery_due ON jiko.webhook_delivery (subscription_id, next_try_at) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_list ON jiko.webhook_delivery (subscription_id, created_at DESC, id DESC);

-- What was sent when, and what came back. It goes with its delivery.
CREATE TABLE jiko.webhook_attempt (
    delivery_id  uuid        NOT NULL REFERENCES jiko.webhook_delivery (id) ON DELETE CASCADE,
    number       int         NOT NULL CHECK (number > 0),
    url          text        NOT NULL,
    at           timestamptz NOT NULL,
    milliseconds bigint      NOT NULL CHECK (milliseconds >= 0),
    status       int, -- null where there was no answer
    error        text, -- null where it was a success
    answer       text, -- its first KB
    PRIMARY KEY (delivery_id, number)
);

-- Up to which event of a store deliveries have been made.
CREATE TABLE jiko.webhook_progress (
    kitchen_id uuid   PRIMARY KEY REFERENCES jiko.merchant_store (kitchen_id),
    position   bigint NOT NULL
);

INSERT INTO jiko.webhook_progress (kitchen_id, position)
SELECT s.kitchen_id, coalesce((SELECT max(e.position) FROM jiko.event e WHERE e.kitchen_id = s.kitchen_id), 0)
FROM jiko.merchant_store s;
