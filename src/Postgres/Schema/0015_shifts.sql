-- Shifts: who answers for the money at a till, from the float to the count. A sale knows nothing of them: its rows in
-- the ledger name the till, and the closing of a shift claims those that no shift has claimed. A row that is committed
-- after a closing is left for the next one, whichever clock it bears.

ALTER TABLE jiko.ledger_transfer
    DROP CONSTRAINT ledger_transfer_step_check,
    ADD CONSTRAINT ledger_transfer_step_check
        CHECK (step IN ('PAY', 'HOLD', 'SETTLE', 'RELEASE', 'RETURN', 'TOP_UP', 'PARK', 'REFUND', 'CREDIT', 'REVERSE',
            'FLOAT', 'PAY_IN', 'PAY_OUT', 'OVER_SHORT', 'DEPOSIT'));

CREATE TABLE jiko.shift (
    id         uuid        PRIMARY KEY,
    kitchen_id uuid        NOT NULL REFERENCES jiko.kitchen (id),
    till_id    uuid        NOT NULL REFERENCES jiko.device (id),
    kind       text        NOT NULL CHECK (kind IN ('REGULAR', 'RESCUE')),
    opened_by  uuid,
    opened_at  timestamptz NOT NULL,
    float      bigint      NOT NULL CHECK (float >= 0), -- whole shillings
    ended_at   timestamptz, -- from when on the till's money belongs to another shift
    closed_by  uuid,
    closed_at  timestamptz,
    counted    bigint      CHECK (counted >= 0),
    expected   bigint,
    note       text,
    CONSTRAINT shift_opener CHECK ((opened_by IS NULL) = (kind = 'RESCUE')),
    CONSTRAINT shift_closed CHECK (num_nulls(closed_by, closed_at, counted, expected) IN (0, 4)),
    CONSTRAINT shift_ended CHECK (closed_at IS NULL OR ended_at IS NOT NULL)
);

-- A till's money belongs to one shift at a time.
CREATE UNIQUE INDEX shift_running ON jiko.shift (till_id) WHERE ended_at IS NULL;
CREATE INDEX shift_list ON jiko.shift (kitchen_id, opened_at DESC, id DESC);
CREATE INDEX shift_till ON jiko.shift (till_id, closed_at DESC);

CREATE TABLE jiko.drawer_movement (
    id         uuid        PRIMARY KEY,
    shift_id   uuid        NOT NULL REFERENCES jiko.shift (id),
    kitchen_id uuid        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('PAY_IN', 'PAY_OUT')),
    amount     bigint      NOT NULL CHECK (amount > 0),
    reason     text        NOT NULL,
    by_whom    uuid        NOT NULL,
    at         timestamptz NOT NULL
);

CREATE INDEX drawer_movement_shift ON jiko.drawer_movement (shift_id, at);

-- Which shift answers for a row of the ledger: one, and for ever.
CREATE TABLE jiko.shift_entry (
    leg_id   uuid NOT NULL,
    step     text NOT NULL,
    part     int  NOT NULL,
    shift_id uuid NOT NULL REFERENCES jiko.shift (id),
    PRIMARY KEY (leg_id, step, part)
);

CREATE INDEX shift_entry_shift ON jiko.shift_entry (shift_id);

-- What no shift of the till answers for yet. A row may be committed after a closing and bear an earlier time, but not
-- by a day: so much is looked back, and not all that the kitchen has ever taken.
CREATE FUNCTION jiko.till_unclaimed(kitchen uuid, till uuid) RETURNS SETOF jiko.ledger_transfer
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM jiko.ledger_transfer t
    WHERE t.kitchen_id = kitchen AND t.till_id = till
        AND t.at >= coalesce(
            (SELECT max(s.closed_at) - interval '1 day' FROM jiko.shift s WHERE s.till_id = till), '-infinity')
        AND NOT EXISTS (
            SELECT FROM jiko.shift_entry e WHERE e.leg_id = t.leg_id AND e.step = t.step AND e.part = t.part)
$$;

-- What a shift answers for, as it stands.
CREATE FUNCTION jiko.shift_transfer(shift uuid) RETURNS SETOF jiko.ledger_transfer
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM jiko.shift_entry e
    JOIN jiko.ledger_transfer t ON t.leg_id = e.leg_id AND t.step = e.step AND t.part = e.part
    WHERE e.shift_id = shift
    UNION ALL
    SELECT t.* FROM jiko.shift s CROSS JOIN LATERAL jiko.till_unclaimed(s.kitchen_id, s.till_id) t
    WHERE s.id = shift AND s.ended_at IS NULL
$$;

-- A rescue shift is nothing to speak of until there is something in it.
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON jiko.shift
    FOR EACH ROW WHEN (NEW.kind = 'REGULAR' OR NEW.ended_at IS NOT NULL) EXECUTE FUNCTION jiko.audit_row('shift');
CREATE TRIGGER audit AFTER INSERT ON jiko.drawer_movement
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_row('drawer-movement');
