-- An app user's and a bot's own sessions, of whichever kitchens.
CREATE INDEX checkout_session_opener ON jiko.checkout_session (opened_by, opened_at DESC, id DESC)
    WHERE channel IN ('APP', 'WHATSAPP');

-- What guests show of a sale that they paid by phone.
CREATE INDEX payment_receipt_receipt ON jiko.payment_receipt (receipt);
CREATE INDEX payment_attempt_phone ON jiko.payment_attempt (kitchen_id, right(phone, 4), started_at DESC);

-- A tablet beside the till, at which staff sign in, and a screen in the kitchen, at which nobody does.
ALTER TABLE jiko.device
    DROP CONSTRAINT device_kind_check,
    ADD CONSTRAINT device_kind_check CHECK (kind IN ('POS', 'KIOSK', 'STORE_TABLET', 'KITCHEN_DISPLAY'));
ALTER TABLE jiko.pairing_code
    DROP CONSTRAINT pairing_code_kind_check,
    ADD CONSTRAINT pairing_code_kind_check CHECK (kind IN ('POS', 'KIOSK', 'STORE_TABLET', 'KITCHEN_DISPLAY'));
