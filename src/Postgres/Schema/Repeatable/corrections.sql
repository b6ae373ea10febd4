-- Which shift answers for a payment that a till took, and the cash that should be in its drawer: the shift that has
-- claimed the payment, else the one that runs at the till, else none.
CREATE OR REPLACE FUNCTION jiko.payment_shift(kitchen uuid, till uuid, payment uuid)
RETURNS TABLE (shift_id uuid, closed boolean, cash bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT s.id, s.closed_at IS NOT NULL INTO shift_id, closed
    FROM jiko.shift_entry e
    JOIN jiko.shift s ON s.id = e.shift_id
    WHERE e.leg_id = payment AND e.step IN ('PAY', 'HOLD');
    IF shift_id IS NULL THEN
        SELECT s.id INTO shift_id FROM jiko.shift s WHERE s.till_id = till AND s.ended_at IS NULL;
        closed := false;
    END IF;

    IF NOT closed THEN
        SELECT coalesce(sum(CASE WHEN t.debit_kind = 'DRAWER' THEN t.amount ELSE -t.amount END), 0) INTO cash
        FROM (
            SELECT * FROM jiko.shift_transfer(shift_id) WHERE shift_id IS NOT NULL
            UNION ALL
            SELECT * FROM jiko.till_unclaimed(kitchen, till) WHERE shift_id IS NULL) t
        WHERE 'DRAWER' IN (t.debit_kind, t.credit_kind);
    END IF;
    cash := coalesce(cash, 0);
    RETURN NEXT;
END
$$;

-- A correction was decided on a shift as it was read. The lock is that of openings, closings and cash movements: where
-- the shift is another one by now, or the drawer would give more than it holds, the commit fails as an old version does.
CREATE OR REPLACE FUNCTION jiko.correction_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_is record;
BEGIN
    PERFORM FROM jiko.device d WHERE d.id = NEW.till_id FOR NO KEY UPDATE;
    SELECT * INTO now_is FROM jiko.payment_shift(NEW.kitchen_id, NEW.till_id, NEW.leg_id);
    IF now_is.shift_id IS DISTINCT FROM NEW.shift_id OR now_is.closed <> NEW.after_closing
        OR (NEW.from_method = 'CASH' AND now_is.cash < 0) THEN
        RAISE unique_violation USING
            MESSAGE = format('the shift of payment %s has changed', NEW.leg_id), TABLE = 'payment_correction',
            CONSTRAINT = 'payment_correction_shift';
    END IF;

    -- A shift that waits for its count has claimed what it answers for; one that runs claims it when it ends.
    INSERT INTO jiko.shift_entry (leg_id, step, part, shift_id)
    SELECT t.leg_id, t.step, t.part, s.id
    FROM jiko.shift s
    JOIN jiko.ledger_transfer t ON t.leg_id = NEW.leg_id AND t.step = 'CORRECT'
        AND t.part IN (2 * NEW.number, 2 * NEW.number + 1)
    WHERE s.id = NEW.shift_id AND s.ended_at IS NOT NULL AND NOT NEW.after_closing;

    PERFORM jiko.audit_note(
        NEW.kitchen_id, 'payment.corrected', 'payment', NEW.leg_id,
        jsonb_build_object(
            'id', NEW.id, 'from', NEW.from_method, 'to', NEW.to_method, 'amount', NEW.amount, 'reason', NEW.reason,
            'shift_id', NEW.shift_id, 'after_closing', NEW.after_closing, 'corrects', NEW.corrects)::text,
        'STAFF', NEW.by_whom, NEW.at);
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER correction_fits AFTER INSERT ON jiko.payment_correction
    FOR EACH ROW EXECUTE FUNCTION jiko.correction_fits();
