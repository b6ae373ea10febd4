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
    ADD CONSTRAINT payment_refund_cash CHECK (
        (settled_as IS NOT DISTINCT FROM 'CASH') = (shift_id IS NOT NULL)
        AND (shift_id IS NULL) = (till_id IS NULL));

CREATE INDEX payment_refund_check ON jiko.payment_refund (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX payment_refund_owed ON jiko.payment_refund (reference) WHERE NOT done AND settled_as IS NULL;

ALTER TABLE jiko.payment_exception
    DROP CONSTRAINT payment_exception_kind_check,
    ADD CONSTRAINT payment_exception_kind_check CHECK (kind IN (
        'AMOUNT_UNCLEAR', 'REVERSED', 'CONTRADICTED', 'UNKNOWN_REFERENCE', 'REFUND_REFUSED', 'REFUND_PAID_TWICE')),
    DROP CONSTRAINT payment_exception_decision_check,
    ADD CONSTRAINT payment_exception_decision_check CHECK (decision IN (
        'RECEIVED', 'ASSIGN', 'CLOSE', 'PAID_BACK', 'ANOTHER_PHONE', 'CASH', 'BALANCE')),
    ADD COLUMN decided_by       uuid,
    ADD COLUMN decided_phone    text,
    ADD COLUMN decided_shift    uuid,
    ADD COLUMN decided_customer uuid;
