-- Kitchens' own payment methods: who says that a payment is made, what their tills tell, and what cashiers attest.

ALTER TABLE jiko.kitchen_payment_method
    ADD COLUMN shape            text    NOT NULL DEFAULT 'ATTESTED' CHECK (shape IN ('ATTESTED', 'TILL', 'ACCOUNT')),
    ADD COLUMN till_number      text    CHECK (till_number ~ '^[0-9]{3,15}$'),
    ADD COLUMN account          text, -- its name at this installation
    ADD COLUMN receipt_required boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT kitchen_payment_method_shape
        CHECK ((shape <> 'TILL' OR till_number IS NOT NULL) AND ((shape = 'ACCOUNT') = (account IS NOT NULL)));

CREATE UNIQUE INDEX kitchen_payment_method_till
    ON jiko.kitchen_payment_method (kitchen_id, upper(provider), till_number) WHERE shape = 'TILL' AND active;

-- What a till has said of a receipt first. Who paid is in the inbox, as long as that is kept.
CREATE TABLE jiko.till_notice (
    receipts    text        NOT NULL, -- under which name the network's receipts are kept for the kitchen
    receipt     text        NOT NULL,
    adapter     text        NOT NULL, -- the till's name
    kitchen_id  uuid        NOT NULL,
    amount      bigint      NOT NULL CHECK (amount > 0), -- whole shillings
    paid_at     timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    fits        text, -- the reference of the one payment that it fits
    PRIMARY KEY (receipts, receipt),
    CONSTRAINT till_notice_fits UNIQUE (fits)
);

-- Which payments wait for a till.
CREATE INDEX payment_attempt_till ON jiko.payment_attempt (adapter, amount)
    WHERE state = 'SENT' AND adapter LIKE 'till:%';

-- Receipts that cashiers have attested. Each is in jiko.payment_receipt as well, with the payment as its reference, so
-- that neither a cashier nor a till can use it for another payment.
CREATE TABLE jiko.attested_receipt (
    receipts    text        NOT NULL,
    receipt     text        NOT NULL,
    adapter     text        NOT NULL, -- the till's name, or that of the network's receipts
    leg_id      uuid        NOT NULL,
    session_id  uuid        NOT NULL,
    kitchen_id  uuid        NOT NULL,
    till_id     uuid, -- where the cashier stood
    amount      bigint      NOT NULL CHECK (amount > 0), -- whole shillings
    attested_by uuid        NOT NULL, -- the staff member
    at          timestamptz NOT NULL,
    PRIMARY KEY (receipts, receipt),
    CONSTRAINT attested_receipt_leg UNIQUE (leg_id)
);

CREATE INDEX attested_receipt_receipt ON jiko.attested_receipt (kitchen_id, receipt);

ALTER TABLE jiko.payment_exception
    DROP CONSTRAINT payment_exception_kind_check,
    ADD CONSTRAINT payment_exception_kind_check CHECK (kind IN (
        'AMOUNT_UNCLEAR', 'REVERSED', 'CONTRADICTED', 'UNKNOWN_REFERENCE', 'REFUND_REFUSED', 'TILL_UNMATCHED',
        'RECEIPT_DIFFERS'));
