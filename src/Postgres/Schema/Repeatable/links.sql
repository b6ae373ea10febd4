-- A session that is opened takes a place of its payment link, and one that ends unpaid gives it back. The next session
-- waits for the row of the counts: however many silos open sessions at once, no place is given out twice.
--
-- The link's row is locked against changes: a session is opened before the link is switched off, or not at all.
CREATE OR REPLACE FUNCTION jiko.link_places() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM jiko.payment_link l WHERE l.id = NEW.link_id AND l.active FOR SHARE;
        IF NOT FOUND THEN
            RAISE unique_violation USING
                MESSAGE = 'the payment link is switched off', TABLE = 'payment_link',
                CONSTRAINT = 'payment_link_closed';
        END IF;

        UPDATE jiko.payment_link_use u SET open = u.open + 1
        WHERE u.link_id = NEW.link_id AND (u.most IS NULL OR u.open + u.paid < u.most);
        IF NOT FOUND THEN
            RAISE unique_violation USING
                MESSAGE = 'the payment link has no place left', TABLE = 'payment_link_use',
                CONSTRAINT = 'payment_link_full';
        END IF;
    ELSIF OLD.state = 'OPEN' AND NEW.state <> 'OPEN' THEN
        UPDATE jiko.payment_link_use u
        SET open = u.open - 1, paid = u.paid + CASE NEW.state WHEN 'PAID' THEN 1 ELSE 0 END
        WHERE u.link_id = NEW.link_id;
    END IF;

    RETURN NULL;
END
$$;

-- Beside its function, which a versioned file could not name yet. After the row, so that a session that is there
-- already is not counted as a new one.
CREATE OR REPLACE TRIGGER link_places AFTER INSERT OR UPDATE ON jiko.payment_link_session
    FOR EACH ROW EXECUTE FUNCTION jiko.link_places();
