-- A phone is asked for one payment at a time, and not too often by those who do not pay. These are null for an attempt
-- that rings no phone, and for one that an older build has started.

ALTER TABLE jiko.payment_attempt
    ADD COLUMN rings_until    timestamptz, -- the phone is free from then on, or as soon as the state is not SENT
    ADD COLUMN asked_by       uuid,        -- the till, kiosk or table, or else the account or key
    ADD COLUMN asked_by_guest boolean;

CREATE INDEX payment_attempt_prompt ON jiko.payment_attempt (adapter, phone, started_at)
    WHERE rings_until IS NOT NULL;

CREATE INDEX payment_attempt_asker ON jiko.payment_attempt (asked_by, started_at)
    WHERE rings_until IS NOT NULL AND asked_by_guest;
