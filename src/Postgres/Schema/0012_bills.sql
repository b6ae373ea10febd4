-- Bills: what a table owes for the rounds that it was served, and who has paid for it. A bill's row is written beside
-- jiko.commit, in the same statement as the session that puts a round onto it or pays it.

CREATE TABLE jiko.bill (
    id           uuid        PRIMARY KEY,
    version      bigint      NOT NULL CHECK (version > 0),
    state        text        NOT NULL,
    kitchen_id   uuid        NOT NULL,
    status       text        NOT NULL
        CHECK (status IN ('OPEN', 'PAYMENT_PENDING', 'PAID', 'VOID', 'MERGED', 'WRITTEN_OFF')),
    table_number text        NOT NULL,
    opened_at    timestamptz NOT NULL,
    total        bigint      NOT NULL CHECK (total >= 0),
    balance      bigint      NOT NULL CHECK (balance >= 0),
    order_ids    uuid[]      NOT NULL, -- of which something is on it
    CONSTRAINT bill_paid CHECK (status NOT IN ('PAID', 'VOID', 'MERGED') OR balance = 0)
);

CREATE INDEX bill_list ON jiko.bill (kitchen_id, opened_at DESC, id DESC);
CREATE INDEX bill_orders ON jiko.bill USING gin (order_ids);

-- The sessions that take money for a bill. They sell nothing, and have no orders.
CREATE TABLE jiko.bill_payment (
    session_id uuid PRIMARY KEY,
    bill_id    uuid NOT NULL
);

CREATE INDEX bill_payment_bill ON jiko.bill_payment (bill_id);

-- A bill that has changed since it was read is not changed: the commit fails, as where an order is there already.
CREATE FUNCTION jiko.bill_advances() RETURNS trigger
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

CREATE TRIGGER bill_version BEFORE UPDATE ON jiko.bill
    FOR EACH ROW EXECUTE FUNCTION jiko.bill_advances();

-- An order is paid when every bill that something of it is on is paid, or void. The order's row is locked first, so that
-- of two bills that are paid at the same moment the second one sees the first.
CREATE FUNCTION jiko.bill_settles() RETURNS trigger
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

CREATE TRIGGER bill_settled AFTER INSERT OR UPDATE ON jiko.bill
    FOR EACH ROW WHEN (NEW.status IN ('PAID', 'VOID')) EXECUTE FUNCTION jiko.bill_settles();

ALTER TABLE jiko.operation
    DROP CONSTRAINT operation_grain_kind_check,
    ADD CONSTRAINT operation_grain_kind_check CHECK (grain_kind IN ('SESSION', 'INVENTORY', 'BILL', 'NONE'));

ALTER TABLE jiko.kitchen ADD COLUMN allow_part_payments boolean NOT NULL DEFAULT false;

-- A cluster's storage provider reads bills, too.
UPDATE jiko_cluster.statement SET text = text || '
UNION ALL
SELECT convert_to(b.state, ''UTF8''), b.version::int FROM jiko.bill b
WHERE @GrainTypeString = ''bill'' AND b.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1)'
WHERE name = 'ReadFromStorageKey';
