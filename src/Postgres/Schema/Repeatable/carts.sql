-- A cart that has changed since it was read is not changed: the commit fails, as that of a bill does.
CREATE OR REPLACE FUNCTION jiko.cart_advances() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.version <> OLD.version + 1 THEN
        RAISE unique_violation USING
            MESSAGE = format('cart %s is at version %s', OLD.id, OLD.version), TABLE = 'cart',
            CONSTRAINT = 'cart_version';
    END IF;
    RETURN NEW;
END
$$;
