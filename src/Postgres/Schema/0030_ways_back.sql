-- Ways back for a refund that the aggregator refuses, and what operators see of payments without an end.

ALTER TABLE jiko.payment_refund
    ADD COLUMN payout      boolean     NOT NULL DEFAULT false, -- to another phone than the one that paid
    ADD COLUMN refused_try int, -- the try that was answered with a certain no: it is certain while it was the last one
    ADD COLUMN settled_as  text CHECK (settled_as IN ('DASHBOARD', 'ANOTHER_PHONE', 'CASH', 'BALANCE')), -- by people
    ADD COLUMN settled_at  timestamptz,
    ADD COLUMN shift_id    uuid REFERENCES jiko.shift (id), -- whose drawer gave the cash
    ADD COLUMN till_id     uuid,
    ADD COLUMN check_at    timestamptz, -- when the aggregator is asked whether it has paid it after all
    ADD CONSTRAINT payment_refund_settled CHECK ((settled_as IS NULL) = (settled_at IS NULL)),
    -- Also for an older build, whose hung try comes back when people have decided.
    ADD CONSTRAINT payment_refund_settled_once CHECK (settled_as IS NULL OR next_try_at IS NULL),
    ADD CONSTRAINT payment_refund_cash CHECK (
        (settled_as IS NOT DISTINCT FROM 'CASH') = (shift_id IS NOT NULL)
        AND (shift_id IS NULL) = (till_id IS NULL));

CREATE INDEX payment_refund_check ON jiko.payment_refund (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX payment_refund_owed ON jiko.payment_refund (reference) WHERE NOT done AND settled_as IS NULL;

ALTER TABLE jiko.payment_exception
    DROP CONSTRAINT payment_exception_kind_check,
    ADD CONSTRAINT payment_exception_kind_check CHECK (kind IN (
        'AMOUNT_UNCLEAR', 'REVERSED', 'CONTRADICTED', 'UNKNOWN_REFERENCE', 'REFUND_REFUSED', 'TILL_UNMATCHED',
        'RECEIPT_DIFFERS', 'REFUND_PAID_TWICE', 'NOT_LISTED', 'AMOUNT_DIFFERS')),
    DROP CONSTRAINT payment_exception_decision_check,
    ADD CONSTRAINT payment_exception_decision_check CHECK (decision IN (
        'RECEIVED', 'ASSIGN', 'CLOSE', 'PAID_BACK', 'ANOTHER_PHONE', 'CASH', 'BALANCE', 'RETURNED')),
    ADD COLUMN decided_by       uuid,
    ADD COLUMN decided_phone    text,
    ADD COLUMN decided_shift    uuid,
    ADD COLUMN decided_customer uuid,
    ADD COLUMN listed           boolean NOT NULL DEFAULT false; -- found in an aggregator's list, and not told of

-- Retention takes phones out; that is nobody's decision.
DROP TRIGGER audit ON jiko.payment_exception;
CREATE TRIGGER audit AFTER UPDATE ON jiko.payment_exception
    FOR EACH ROW WHEN (OLD.decision IS DISTINCT FROM NEW.decision) EXECUTE FUNCTION jiko.audit_row('payment-exception');

-- Money that nobody could place, on its way back to the phone that paid it: once for each exception, by the product
-- itself. Where it is refused, the exception waits for people again.
CREATE TABLE jiko.payment_return (
    exception_id uuid        PRIMARY KEY REFERENCES jiko.payment_exception (id),
    reference    text        NOT NULL UNIQUE CHECK (length(reference) = 20),
    state        text        NOT NULL CHECK (state IN ('PENDING', 'RETURNED', 'REFUSED')),
    tries        int         NOT NULL DEFAULT 0,
    next_try_at  timestamptz,
    begun_at     timestamptz NOT NULL,
    ended_at     timestamptz,
    CONSTRAINT payment_return_tried CHECK ((state = 'PENDING') = (next_try_at IS NOT NULL)),
    CONSTRAINT payment_return_ended CHECK ((state = 'PENDING') = (ended_at IS NULL))
);

CREATE INDEX payment_return_due ON jiko.payment_return (next_try_at) WHERE next_try_at IS NOT NULL;

-- What operators see of payments by phone that have no end yet.

ALTER TABLE jiko.payment_attempt ADD COLUMN questions int NOT NULL DEFAULT 0; -- how often the aggregator was asked

CREATE INDEX payment_attempt_unresolved ON jiko.payment_attempt (started_at, id)
    WHERE state = 'SENT' AND phone IS NOT NULL;

ALTER TABLE jiko.payment_refund ADD COLUMN owed_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE jiko.payment_conflict
    ADD COLUMN closed_at timestamptz, -- when people had settled it with the aggregator
    ADD COLUMN closed_by uuid,
    ADD CONSTRAINT payment_conflict_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL));

CREATE TRIGGER audit AFTER UPDATE ON jiko.payment_conflict
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('payment-conflict');

-- Webhooks that proved nothing, by account and day (UTC).
CREATE TABLE jiko.forged_webhook (
    id       uuid        NOT NULL DEFAULT gen_random_uuid(),
    adapter  text        NOT NULL,
    day      date        NOT NULL,
    count    bigint      NOT NULL CHECK (count > 0),
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    PRIMARY KEY (adapter, day)
);

-- What waits for a decision. What has settled itself since waits no more: the amount became clear, the payment came, the
-- refund was paid, a cashier attested a till's money.
CREATE VIEW jiko.waiting_payment_exception AS
    SELECT e.id FROM jiko.payment_exception e
    WHERE e.decision IS NULL
        AND NOT (e.kind = 'AMOUNT_UNCLEAR' AND EXISTS (
            SELECT FROM jiko.payment_attempt p
            WHERE p.reference = e.reference AND p.state = 'SUCCEEDED'
                -- It was this payment of the reference, and not another one.
                AND (e.receipt IN ('', coalesce(p.provider_reference, e.receipt)) OR EXISTS (
                    SELECT FROM jiko.payment_receipt r WHERE r.adapter = e.adapter AND r.receipt = e.receipt))))
        AND NOT (e.kind = 'UNKNOWN_REFERENCE' AND EXISTS (
            SELECT FROM jiko.payment_attempt p WHERE p.reference = e.reference AND p.adapter = e.adapter))
        AND NOT (e.kind = 'REFUND_REFUSED' AND EXISTS (
            SELECT FROM jiko.payment_refund r
            WHERE r.reference = e.reference AND (r.done OR r.settled_as IS NOT NULL)))
        AND NOT (e.kind = 'TILL_UNMATCHED' AND EXISTS (
            SELECT FROM jiko.payment_receipt r
            LEFT JOIN jiko.attested_receipt a ON a.receipts = r.adapter AND a.receipt = r.receipt
            WHERE r.adapter = substring(e.adapter FROM '^till:[^:]+:[^:]+') AND r.receipt = e.receipt
                AND (a.amount IS NULL OR a.amount = e.amount)));

CREATE VIEW jiko.unresolved_payment AS
    SELECT p.id, 'ATTEMPT' AS kind, NULL AS exception_kind, p.adapter, p.reference, p.provider_reference,
        NULL AS receipt, p.kitchen_id, p.session_id, p.amount, p.phone, p.started_at AS at, p.next_look_at AS next_at,
        p.questions::bigint AS times
    FROM jiko.payment_attempt p
    WHERE p.state = 'SENT' AND p.phone IS NOT NULL AND NOT starts_with(p.adapter, 'till:') -- which cannot be asked
    UNION ALL
    SELECT p.id, 'PARKED', NULL, p.adapter, p.reference, p.provider_reference, NULL, p.kitchen_id, p.session_id,
        p.parked_amount, p.paid_by, p.parked_at, NULL, NULL
    FROM jiko.payment_attempt p
    WHERE p.parked IS NOT NULL
    UNION ALL
    SELECT e.id, 'EXCEPTION', e.kind, e.adapter, e.reference, NULL, nullif(e.receipt, ''), e.kitchen_id, e.session_id,
        e.amount, e.phone, e.seen_at, r.next_try_at, r.tries
    FROM jiko.waiting_payment_exception
    JOIN jiko.payment_exception e USING (id)
    LEFT JOIN jiko.payment_refund r ON e.kind = 'REFUND_REFUSED' AND r.reference = e.reference
    UNION ALL
    -- What people have to decide about is listed as an exception.
    SELECT md5(r.reference)::uuid, 'REFUND', NULL, r.adapter, r.reference, NULL, NULL, r.kitchen_id, r.session_id,
        r.amount, r.phone, r.owed_at, r.next_try_at, r.tries
    FROM jiko.payment_refund r
    WHERE NOT r.done AND r.settled_as IS NULL AND NOT EXISTS (
        SELECT FROM jiko.payment_exception e
        WHERE e.kind = 'REFUND_REFUSED' AND e.reference = r.reference AND e.adapter = r.adapter
            AND e.decision IS NULL)
    UNION ALL
    SELECT e.id, 'RETURN', e.kind, e.adapter, r.reference, NULL, nullif(e.receipt, ''), NULL, NULL, e.amount, e.phone,
        r.begun_at, r.next_try_at, r.tries
    FROM jiko.payment_return r
    JOIN jiko.payment_exception e ON e.id = r.exception_id
    WHERE r.state = 'PENDING'
    UNION ALL
    SELECT c.id, 'CONFLICT', NULL, c.adapter, c.reference, NULL, c.receipt, NULL, NULL, NULL, NULL, c.seen_at, NULL,
        NULL
    FROM jiko.payment_conflict c
    WHERE c.closed_at IS NULL
    UNION ALL
    SELECT f.id, 'FORGED_WEBHOOKS', NULL, f.adapter, NULL, NULL, NULL, NULL, NULL, NULL, NULL, f.first_at, NULL, f.count
    FROM jiko.forged_webhook f;

-- The daily lists of aggregators, compared with the books.
CREATE TABLE jiko.reconciliation (
    id             uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    adapter        text        NOT NULL,
    day            date        NOT NULL, -- in East Africa Time
    state          text        NOT NULL CHECK (state IN ('PENDING', 'DONE', 'FAILED')),
    tries          int         NOT NULL DEFAULT 0,
    next_try_at    timestamptz,
    done_at        timestamptz,
    listed         int         NOT NULL DEFAULT 0, -- payments in the aggregator's list
    listed_amount  bigint      NOT NULL DEFAULT 0, -- whole shillings
    counted        int         NOT NULL DEFAULT 0, -- payments that began that day and are paid in the books
    counted_amount bigint      NOT NULL DEFAULT 0,
    missing_here   int         NOT NULL DEFAULT 0,
    missing_there  int         NOT NULL DEFAULT 0,
    differing      int         NOT NULL DEFAULT 0,
    CONSTRAINT reconciliation_once UNIQUE (adapter, day),
    CONSTRAINT reconciliation_tried CHECK ((state = 'PENDING') = (next_try_at IS NOT NULL))
);

CREATE INDEX reconciliation_due ON jiko.reconciliation (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX reconciliation_list ON jiko.reconciliation (day DESC, adapter DESC);
