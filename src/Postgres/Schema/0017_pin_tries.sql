-- Wrong PINs in a row, by till: who guesses at one till locks a number there, and nobody out at another. Kept by number,
-- whether somebody has it or not, so that a lock does not tell. Builds before this one go on with jiko.pin_try.
CREATE TABLE jiko.till_pin_try (
    kitchen_id   uuid        NOT NULL REFERENCES jiko.kitchen (id),
    staff_number int         NOT NULL,
    device_id    uuid        NOT NULL,
    wrong_tries  int         NOT NULL,
    locked_until timestamptz,
    PRIMARY KEY (kitchen_id, staff_number, device_id)
);

CREATE TRIGGER audit AFTER UPDATE ON jiko.till_pin_try
    FOR EACH ROW WHEN (NEW.locked_until IS NOT NULL AND NEW.locked_until IS DISTINCT FROM OLD.locked_until)
    EXECUTE FUNCTION jiko.audit_lock();
