-- A bill that has changed since it was read is not changed: the commit fails, as where an order is there already.
CREATE OR REPLACE FUNCTION jiko.bill_advances() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.version <> OLD.version + 1 THEN
        RAISE unique_violation USING
            MESSAGE = format('bill %s is at version %s', OLD.id, OLD.version), TABLE = 'bill',
            CONSTRAINT = 'bill_version';
    END IF;
    RETURN NEW;
END
$$;

-- An order is paid when every bill that something of it is on is paid, or void. The order's row is locked first, so that
-- of two bills that are paid at the same moment the second one sees the first.
CREATE OR REPLACE FUNCTION jiko.bill_settles() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM jiko.customer_order o WHERE o.id = ANY (NEW.order_ids) ORDER BY o.id FOR UPDATE;

    UPDATE jiko.customer_order o SET payment_state = 'PAID'
    WHERE o.id = ANY (NEW.order_ids)
        AND EXISTS (SELECT FROM jiko.bill b WHERE b.order_ids @> ARRAY[o.id] AND b.status = 'PAID')
        AND NOT EXISTS (
            SELECT FROM jiko.bill b WHERE b.order_ids @> ARRAY[o.id] AND b.status NOT IN ('PAID', 'VOID'));
    RETURN NULL;
END
$$;
