-- Mobile money: what has to be said to aggregators, and what they said. The session's state says what came of it; these
-- rows say what is still to be done. They are written with the state, and looked at by every host.

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND'));

CREATE TABLE jiko.payment_attempt (
    reference    text        PRIMARY KEY CHECK (length(reference) = 20),
    id           uuid        NOT NULL,
    session_id   uuid        NOT NULL,
    leg_id       uuid        NOT NULL,
    kitchen_id   uuid        NOT NULL,
    adapter      text        NOT NULL,
    phone        text        NOT NULL,
    amount       bigint      NOT NULL CHECK (amount > 0), -- whole shillings
    state        text        NOT NULL CHECK (state IN ('SENT', 'SUCCEEDED', 'FAILED')), -- SENT until it is known
    started_at   timestamptz NOT NULL,
    ask_by       timestamptz NOT NULL, -- when the session's time is over
    pushed       boolean     NOT NULL DEFAULT false,
    next_look_at timestamptz
);

CREATE INDEX payment_attempt_due ON jiko.payment_attempt (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE TABLE jiko.payment_refund (
    reference         text        PRIMARY KEY CHECK (length(reference) = 20),
    attempt_reference text        NOT NULL,
    session_id        uuid        NOT NULL,
    kitchen_id        uuid        NOT NULL,
    adapter           text        NOT NULL,
    phone             text        NOT NULL,
    amount            bigint      NOT NULL CHECK (amount > 0),
    done              boolean     NOT NULL DEFAULT false,
    tries             int         NOT NULL DEFAULT 0,
    next_try_at       timestamptz
);

CREATE INDEX payment_refund_due ON jiko.payment_refund (next_try_at) WHERE next_try_at IS NOT NULL;

-- Every event of an aggregator, as it came, for as long as there are disputes: a replay years later is still a replay.
CREATE TABLE jiko.payment_inbox (
    id          bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    adapter     text        NOT NULL,
    event_id    text        NOT NULL,
    body        bytea       NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT payment_inbox_once UNIQUE (adapter, event_id)
);

-- Those that nobody has dealt with yet: beside the events, which are written once and stay as they were received.
CREATE TABLE jiko.payment_inbox_waiting (
    id           bigint      PRIMARY KEY, -- the event's
    next_look_at timestamptz NOT NULL
);
