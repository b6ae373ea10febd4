-- The aggregator's own id for an attempt, for aggregators that are asked by theirs and not by ours.

ALTER TABLE jiko.payment_attempt ADD COLUMN provider_reference text;

-- Whose each receipt is: the network's, and the aggregator's own id for a payment. Nothing is counted under two
-- references; a second one is a conflict that people look into.
CREATE TABLE jiko.payment_receipt (
    adapter    text        NOT NULL,
    receipt    text        NOT NULL,
    reference  text        NOT NULL,
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (adapter, receipt)
);

CREATE TABLE jiko.payment_conflict (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    adapter         text        NOT NULL,
    receipt         text        NOT NULL,
    reference       text        NOT NULL, -- under which it was told of again
    known_reference text        NOT NULL, -- whose it is
    seen_at         timestamptz NOT NULL,
    CONSTRAINT payment_conflict_once UNIQUE (adapter, receipt, reference)
);
