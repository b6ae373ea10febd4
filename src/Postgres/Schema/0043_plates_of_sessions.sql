-- What a session keeps or bought, of the items that are tracked, stands in its own row: it changes only together with
-- it, and each sale writes a row and an index entry less, each slip and each phone payment two of them.
-- Here every session is written once more, 11 s for a million; meanwhile nobody sells.

ALTER TABLE jiko.checkout_session
    ADD COLUMN plates           text, -- null where nothing is tracked
    ADD COLUMN plate_menu_ids   uuid[],
    ADD COLUMN plate_quantities int[], -- one for each item
    ADD COLUMN plates_returned  int[], -- of those that were sold, one for each item; null where nothing came back
    ADD COLUMN plates_lapse_at  timestamptz; -- null for a straight sale

UPDATE jiko.checkout_session s
SET plates = r.state, plate_menu_ids = r.menu_ids, plate_quantities = r.quantities, plates_returned = r.returned,
    plates_lapse_at = r.lapses_at
FROM jiko.stock_reservation r
WHERE r.session_id = s.id;

DROP VIEW jiko.session_plates;
DROP TABLE jiko.stock_reservation;

ALTER TABLE jiko.checkout_session
    ADD CONSTRAINT checkout_session_plates CHECK (
        CASE WHEN plates IS NULL
            THEN num_nonnulls(plate_menu_ids, plate_quantities, plates_returned, plates_lapse_at) = 0
            ELSE plates IN ('RESERVED', 'SOLD', 'RELEASED')
                AND num_nonnulls(plate_menu_ids, plate_quantities) = 2
                AND cardinality(plate_menu_ids) = cardinality(plate_quantities) AND 0 < ALL (plate_quantities)
        END),
    ADD CONSTRAINT checkout_session_plates_returned CHECK (
        plates_returned IS NULL
        OR cardinality(plates_returned) = cardinality(plate_quantities)
            AND jiko.is_within(plates_returned, plate_quantities));

CREATE INDEX checkout_session_reserved ON jiko.checkout_session (kitchen_id) WHERE plates = 'RESERVED';

-- The name under which builds of before read them.
CREATE VIEW jiko.stock_reservation AS
    SELECT id AS session_id, kitchen_id, plate_menu_ids AS menu_ids, plate_quantities AS quantities, plates AS state,
        plates_lapse_at AS lapses_at, plates_returned AS returned
    FROM jiko.checkout_session
    WHERE plates IS NOT NULL;

-- A build of before that was in the middle of a commit goes on with a function that is replaced right after this, and
-- would insert here. It is told so as if it had waited too long for a lock, and tries again at once.
CREATE FUNCTION jiko.plates_are_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE lock_not_available USING MESSAGE = 'plates are in the rows of their sessions now: try again';
END
$$;

CREATE TRIGGER elsewhere INSTEAD OF INSERT ON jiko.stock_reservation
    FOR EACH ROW EXECUTE FUNCTION jiko.plates_are_elsewhere();

-- Item by item.
CREATE VIEW jiko.session_plates AS
    SELECT s.id AS session_id, s.kitchen_id, p.menu_id, p.quantity, coalesce(p.returned, 0) AS returned,
        s.plates AS state, s.plates_lapse_at AS lapses_at
    FROM jiko.checkout_session s
    CROSS JOIN LATERAL unnest(s.plate_menu_ids, s.plate_quantities, s.plates_returned)
        AS p(menu_id, quantity, returned);
