-- Registers of merchants' stores, and the wallets that their sales settle into.

CREATE TABLE jiko.settlement_wallet (
    id          uuid        PRIMARY KEY,
    merchant_id uuid        NOT NULL REFERENCES jiko.merchant (id),
    name        text        NOT NULL,
    currency    text        NOT NULL,
    time_zone   text        NOT NULL, -- of the merchant's first store; a statement has its days
    created_at  timestamptz NOT NULL,
    CONSTRAINT settlement_wallet_of UNIQUE (id, merchant_id)
);

CREATE UNIQUE INDEX settlement_wallet_name ON jiko.settlement_wallet (merchant_id, lower(name));

-- Every merchant has a wallet for each currency of its stores: new ones are made with the merchant.
INSERT INTO jiko.settlement_wallet (id, merchant_id, name, currency, time_zone, created_at)
SELECT DISTINCT ON (m.id, k.currency) gen_random_uuid(), m.id, 'Main ' || k.currency, k.currency, k.time_zone,
    m.created_at
FROM jiko.merchant m
JOIN jiko.merchant_store s ON s.merchant_id = m.id
JOIN jiko.kitchen k ON k.id = s.kitchen_id
ORDER BY m.id, k.currency, k.created_at, k.id;

ALTER TABLE jiko.merchant_store ADD CONSTRAINT merchant_store_of UNIQUE (kitchen_id, merchant_id);

-- A register has the merchant of its store and of its wallet: no merchant's sales settle into another one's wallet.
CREATE TABLE jiko.register (
    id          uuid        PRIMARY KEY,
    kitchen_id  uuid        NOT NULL,
    merchant_id uuid        NOT NULL,
    number      int         NOT NULL CHECK (number > 0), -- counted within the store; checkoutId for merchants
    description text        NOT NULL,
    wallet_id   uuid        NOT NULL,
    code        text        NOT NULL, -- what its QR code says
    active      boolean     NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT register_number UNIQUE (kitchen_id, number),
    CONSTRAINT register_code UNIQUE (code),
    FOREIGN KEY (kitchen_id, merchant_id) REFERENCES jiko.merchant_store (kitchen_id, merchant_id),
    FOREIGN KEY (wallet_id, merchant_id) REFERENCES jiko.settlement_wallet (id, merchant_id)
);

CREATE TABLE jiko.payout (
    id          uuid        PRIMARY KEY,
    wallet_id   uuid        NOT NULL REFERENCES jiko.settlement_wallet (id),
    amount      bigint      NOT NULL CHECK (amount > 0), -- in the smallest unit of the wallet's currency
    reference   text        NOT NULL,
    paid_at     timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT payout_reference UNIQUE (wallet_id, reference)
);

CREATE INDEX payout_list ON jiko.payout (wallet_id, recorded_at DESC, id DESC);

CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.settlement_wallet
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('settlement-wallet');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.register
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('register');
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.payout
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('payout');

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE',
            'FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT', 'CORRECT', 'CHARGE_BACK', 'ASSIGN', 'DISBURSE',
            'COMMISSION'));

-- A balance is a sum over these: the sums are read from the indexes alone.
CREATE INDEX ledger_transfer_settlement_debit ON jiko.ledger_transfer (debit_owner, at)
    INCLUDE (amount, step, kitchen_id) WHERE debit_kind = 'SETTLEMENT_WALLET';
CREATE INDEX ledger_transfer_settlement_credit ON jiko.ledger_transfer (credit_owner, at)
    INCLUDE (amount, step, kitchen_id) WHERE credit_kind = 'SETTLEMENT_WALLET';

-- What moved in merchants' wallets; below zero, what left them. An id, so that a list can be read page by page.
CREATE VIEW jiko.settlement_entry AS
    SELECT md5(format('%s %s %s', leg_id, step, part))::uuid AS id, wallet_id, kitchen_id, session_id, leg_id, at,
        amount,
        CASE step
            WHEN 'DISBURSE' THEN 'PAID_OUT'
            WHEN 'COMMISSION' THEN 'COMMISSION'
            ELSE CASE WHEN amount > 0 THEN 'RECEIVED' ELSE 'REFUNDED' END
        END AS kind
    FROM (
        SELECT debit_owner AS wallet_id, kitchen_id, session_id, leg_id, step, part, at, amount
        FROM jiko.ledger_transfer WHERE debit_kind = 'SETTLEMENT_WALLET'
        UNION ALL
        SELECT credit_owner, kitchen_id, session_id, leg_id, step, part, at, -amount
        FROM jiko.ledger_transfer WHERE credit_kind = 'SETTLEMENT_WALLET') AS side;

-- The sessions of one register, newest first: its list, and the one that waits behind its QR code.
CREATE INDEX checkout_session_register ON jiko.checkout_session (
    kitchen_id, (state::json #>> '{opening,hosted,register,number}'), opened_at DESC, id DESC)
    WHERE channel = 'HOSTED';
