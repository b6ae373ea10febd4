-- A refund was decided about as it was read. Where it is being tried again by now, or the shift is closed or its drawer
-- would give more than it holds, the commit fails as an old version does. The lock of the till is that of openings,
-- closings and cash movements.
CREATE OR REPLACE FUNCTION jiko.refund_settles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.done OR OLD.settled_as IS NOT NULL
        -- What people paid in the aggregator's dashboard is paid, whatever the aggregator says of its own try.
        OR (NEW.settled_as <> 'DASHBOARD' AND OLD.refused_try IS DISTINCT FROM OLD.tries) THEN
        RAISE unique_violation USING
            MESSAGE = format('refund %s may be under way', NEW.reference), TABLE = 'payment_refund',
            CONSTRAINT = 'payment_refund_under_way';
    END IF;

    IF NEW.settled_as = 'CASH' THEN
        PERFORM FROM jiko.device d WHERE d.id = NEW.till_id FOR NO KEY UPDATE;
        IF NOT EXISTS (SELECT FROM jiko.open_drawer(NEW.kitchen_id, NEW.shift_id) o
            WHERE o.till_id = NEW.till_id AND o.cash >= 0) THEN
            RAISE unique_violation USING
                MESSAGE = format('the drawer of shift %s has changed', NEW.shift_id), TABLE = 'payment_refund',
                CONSTRAINT = 'payment_refund_drawer';
        END IF;
    END IF;

    RETURN NULL;
END
$$;

-- The drawer of a shift, while that is open, and the cash that should be in it.
CREATE OR REPLACE FUNCTION jiko.open_drawer(kitchen uuid, shift uuid) RETURNS TABLE (till_id uuid, cash bigint)
LANGUAGE sql STABLE AS $$
    SELECT s.till_id, coalesce((
        SELECT sum(CASE WHEN t.debit_kind = 'DRAWER' THEN t.amount ELSE -t.amount END)
        FROM jiko.shift_transfer(s.id) t
        WHERE 'DRAWER' IN (t.debit_kind, t.credit_kind)), 0)::bigint
    FROM jiko.shift s
    WHERE s.id = shift AND s.kitchen_id = kitchen AND s.kind = 'REGULAR' AND s.ended_at IS NULL
$$;

CREATE OR REPLACE TRIGGER refund_settles AFTER UPDATE ON jiko.payment_refund
    FOR EACH ROW WHEN (NEW.settled_at IS DISTINCT FROM OLD.settled_at) EXECUTE FUNCTION jiko.refund_settles();
