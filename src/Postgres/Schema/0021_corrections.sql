-- What was keyed wrongly, and what it should have been. Entries of their own: no row that was booked is changed.

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE',
            'FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT', 'CORRECT'));

-- The method of a payment. Its two rows of the ledger are (leg_id, CORRECT, 2 * number) and the one after it.
CREATE TABLE jiko.payment_correction (
    id            uuid        PRIMARY KEY,
    session_id    uuid        NOT NULL,
    leg_id        uuid        NOT NULL,
    number        int         NOT NULL, -- counts the corrections of the payment, from 0
    kitchen_id    uuid        NOT NULL,
    till_id       uuid        NOT NULL, -- that took the payment
    shift_id      uuid        REFERENCES jiko.shift (id), -- that answers for it; null while the till has had none
    after_closing boolean     NOT NULL, -- the shift was closed before, and its figures stay as they are
    from_method   text        NOT NULL,
    to_method     text        NOT NULL,
    amount        bigint      NOT NULL CHECK (amount > 0), -- whole shillings
    reason        text        NOT NULL,
    by_whom       uuid        NOT NULL,
    at            timestamptz NOT NULL,
    corrects      uuid        REFERENCES jiko.payment_correction (id),
    CONSTRAINT payment_correction_number UNIQUE (leg_id, number),
    CONSTRAINT payment_correction_closed CHECK (NOT after_closing OR shift_id IS NOT NULL),
    CONSTRAINT payment_correction_named CHECK ((corrects IS NULL) = (number = 0))
);

-- A correction is corrected once.
CREATE UNIQUE INDEX payment_correction_corrects ON jiko.payment_correction (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX payment_correction_list ON jiko.payment_correction (kitchen_id, at);
CREATE INDEX payment_correction_late ON jiko.payment_correction (shift_id, at) WHERE after_closing;

-- The count of a closed shift.
CREATE TABLE jiko.count_correction (
    id         uuid        PRIMARY KEY,
    shift_id   uuid        NOT NULL REFERENCES jiko.shift (id),
    number     int         NOT NULL, -- counts the corrections of the shift, from 0
    kitchen_id uuid        NOT NULL,
    before     bigint      NOT NULL, -- whole shillings
    counted    bigint      NOT NULL CHECK (counted >= 0),
    reason     text        NOT NULL,
    by_whom    uuid        NOT NULL,
    at         timestamptz NOT NULL,
    corrects   uuid        REFERENCES jiko.count_correction (id),
    CONSTRAINT count_correction_number UNIQUE (shift_id, number),
    CONSTRAINT count_correction_named CHECK ((corrects IS NULL) = (number = 0))
);

CREATE UNIQUE INDEX count_correction_corrects ON jiko.count_correction (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX count_correction_list ON jiko.count_correction (kitchen_id, at);

CREATE TRIGGER audit AFTER INSERT ON jiko.count_correction
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('count-correction');
