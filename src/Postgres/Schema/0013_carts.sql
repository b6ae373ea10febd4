-- Carts of app users. A cart's row is written beside jiko.commit, in the same statement as the sessions that it was
-- checked out as: those are opened, confirmed and ended together, and the cart hears of it with them.

CREATE TABLE jiko.cart (
    id       uuid   PRIMARY KEY, -- the account's
    version  bigint NOT NULL CHECK (version > 0),
    state    text   NOT NULL,
    group_id uuid -- the session that takes the payment, while it is awaited
);

-- A cart that has changed since it was read is not changed: the commit fails, as that of a bill does.
CREATE FUNCTION jiko.cart_advances() RETURNS trigger
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

CREATE TRIGGER cart_version BEFORE UPDATE ON jiko.cart
    FOR EACH ROW EXECUTE FUNCTION jiko.cart_advances();

ALTER TABLE jiko.operation
    DROP CONSTRAINT operation_grain_kind_check,
    ADD CONSTRAINT operation_grain_kind_check CHECK (grain_kind IN ('SESSION', 'INVENTORY', 'BILL', 'CART', 'NONE'));

-- A cluster's storage provider reads carts, too.
UPDATE jiko_cluster.statement SET text = text || '
UNION ALL
SELECT convert_to(c.state, ''UTF8''), c.version::int FROM jiko.cart c
WHERE @GrainTypeString = ''cart'' AND c.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1)'
WHERE name = 'ReadFromStorageKey';
