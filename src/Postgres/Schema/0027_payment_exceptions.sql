-- Payments by phone that no rule can decide: they wait here for a person, who decides once.

CREATE TABLE jiko.payment_exception (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    kind        text        NOT NULL CHECK (kind IN (
        'AMOUNT_UNCLEAR', 'REVERSED', 'CONTRADICTED', 'UNKNOWN_REFERENCE', 'REFUND_REFUSED')),
    adapter     text        NOT NULL,
    reference   text        NOT NULL, -- of the payment or the refund; an unknown one as the aggregator writes it
    receipt     text        NOT NULL, -- the network's, or the aggregator's own id; empty where there is none
    kitchen_id  uuid, -- null where nobody knows whose it is
    session_id  uuid,
    amount      bigint      CHECK (amount > 0), -- whole shillings; null where it is not a valid amount
    said        text, -- the amount and currency as the aggregator wrote them
    phone       text,
    seen_at     timestamptz NOT NULL,
    decision    text        CHECK (decision IN ('RECEIVED', 'ASSIGN', 'CLOSE', 'PAID_BACK')), -- null while it waits
    decided_at  timestamptz,
    decided_amount    bigint,
    decided_reference text,
    note        text,
    CONSTRAINT payment_exception_once UNIQUE (adapter, reference, kind, receipt),
    CONSTRAINT payment_exception_decided CHECK ((decision IS NULL) = (decided_at IS NULL))
);

CREATE INDEX payment_exception_waiting ON jiko.payment_exception (seen_at DESC, id DESC) WHERE decision IS NULL;

-- Who decided, and what: the trail's who is the caller of the change.
CREATE TRIGGER audit AFTER UPDATE ON jiko.payment_exception
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('payment-exception');

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE',
            'FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT', 'CORRECT', 'CHARGE_BACK'));
