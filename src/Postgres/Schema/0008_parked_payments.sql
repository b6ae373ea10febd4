-- Mobile money that waits for somebody to decide, and what a kitchen wants to become of money that comes too late.

ALTER TABLE jiko.kitchen
    ADD COLUMN late_payments text NOT NULL DEFAULT 'REFUND'
        CHECK (late_payments IN ('REFUND', 'CREDIT_KITCHEN_WALLET', 'MANUAL'));

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT'));

-- All four are there while somebody has to decide, and none of them before or after.
ALTER TABLE jiko.payment_attempt
    ADD COLUMN parked        text CHECK (parked IN ('LATE', 'UNDERPAID')),
    ADD COLUMN parked_amount bigint CHECK (parked_amount > 0), -- whole shillings
    ADD COLUMN parked_at     timestamptz,
    ADD COLUMN paid_by       text, -- null where nobody knows
    ADD CONSTRAINT payment_attempt_parked
        CHECK ((parked IS NULL) = (parked_amount IS NULL) AND (parked IS NULL) = (parked_at IS NULL));

CREATE INDEX payment_attempt_parked_list ON jiko.payment_attempt (kitchen_id, parked_at DESC, id DESC)
    WHERE parked IS NOT NULL;
