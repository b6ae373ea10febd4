-- Gives the next committed events their positions, in the order of their ids, and answers how many. One caller at a
-- time: the statement after the lock sees whatever the one before has published, so positions become visible in order.
CREATE FUNCTION jiko.publish_events(most int)
RETURNS int
LANGUAGE plpgsql
AS $$
DECLARE
    published int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('jiko.publish_events'));

    -- By their places in the table, which nobody moves meanwhile: a plan made when nothing waited would compare each
    -- event with every other one.
    UPDATE jiko.event e SET position = n.position
    FROM (
        SELECT u.place, nextval('jiko.event_position') AS position
        FROM (SELECT ctid AS place FROM jiko.event WHERE position IS NULL ORDER BY id LIMIT most) u) n
    WHERE e.ctid = n.place;
    GET DIAGNOSTICS published = ROW_COUNT;

    IF published > 0 THEN
        NOTIFY jiko_event;
    END IF;
    RETURN published;
END
$$;
