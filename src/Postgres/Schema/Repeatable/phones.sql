-- A push rings a phone only where it is free, and where not too many pushes of the last hour went unpaid: 5 to the
-- same phone by the same asker, 10 to the same phone by anybody, 15 by a guest to any phone. The first limit is the
-- lowest, so that whoever rings another person's phone is stopped at their own table, and its owner can pay elsewhere.
--
-- An aggregator is asked for a phone once at a time, whatever account of which kitchen asks it.
--
-- The lock makes those who ring the same phone come one after the other, and the next one sees what the last one wrote.
-- It is taken after all row locks of jiko.commit, and for several phones in the order of their numbers.
--
-- A refusal has in HINT when it ends, in milliseconds since 1970: Npgsql hides what is in DETAIL.
CREATE OR REPLACE FUNCTION jiko.aggregator_of(account text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT n.vendor || CASE WHEN n.live_mode THEN ' live' ELSE ' test' END
        FROM jiko.payment_account_name n WHERE n.name = account),
        account)
$$;

CREATE OR REPLACE FUNCTION jiko.phone_rings() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    per_asker CONSTANT int := 5;
    per_phone CONSTANT int := 10;
    per_guest CONSTANT int := 15;
    recently  CONSTANT timestamptz := NEW.started_at - interval '1 hour';
    asked     CONSTANT text := jiko.aggregator_of(NEW.adapter);
    busy_until timestamptz;
    counted_at timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(asked || ' ' || NEW.phone, 0));

    -- Not written as state = 'SENT': then the index of all open attempts would do as well, and while the table is small
    -- the planner takes it, for as long as the connection lives.
    SELECT max(a.rings_until) INTO busy_until
    FROM jiko.payment_attempt a
    WHERE a.phone = NEW.phone AND a.state NOT IN ('SUCCEEDED', 'FAILED') AND a.rings_until > NEW.started_at
        AND jiko.aggregator_of(a.adapter) = asked;
    IF busy_until IS NOT NULL THEN
        RAISE unique_violation USING
            MESSAGE = 'the phone is being asked for another payment', TABLE = 'payment_attempt',
            CONSTRAINT = 'payment_attempt_one_prompt', HINT = floor(extract(epoch FROM busy_until) * 1000)::bigint;
    END IF;

    -- When the newest ones that reach a limit began to count: the oldest of them is the first to be forgotten.
    SELECT max(oldest) INTO counted_at
    FROM (
        (SELECT a.started_at AS oldest FROM jiko.payment_attempt a
        WHERE a.phone = NEW.phone AND a.started_at > recently AND jiko.aggregator_of(a.adapter) = asked
            AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED' AND a.asked_by = NEW.asked_by
        ORDER BY a.started_at DESC OFFSET per_asker - 1 LIMIT 1)
        UNION ALL
        (SELECT a.started_at FROM jiko.payment_attempt a
        WHERE a.phone = NEW.phone AND a.started_at > recently AND jiko.aggregator_of(a.adapter) = asked
            AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED'
        ORDER BY a.started_at DESC OFFSET per_phone - 1 LIMIT 1)
        UNION ALL
        (SELECT a.started_at FROM jiko.payment_attempt a
        WHERE NEW.asked_by_guest AND a.asked_by_guest AND a.asked_by = NEW.asked_by AND a.started_at > recently
            AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED'
        ORDER BY a.started_at DESC OFFSET per_guest - 1 LIMIT 1)) reached;
    IF counted_at IS NOT NULL THEN
        RAISE unique_violation USING
            MESSAGE = 'too many requests to pay went unpaid', TABLE = 'payment_attempt',
            CONSTRAINT = 'payment_attempt_prompt_limit',
            HINT = floor(extract(epoch FROM counted_at + interval '1 hour') * 1000)::bigint;
    END IF;

    RETURN NEW;
END
$$;

-- Beside its function, which a versioned file could not name yet.
CREATE OR REPLACE TRIGGER phone_rings BEFORE INSERT ON jiko.payment_attempt
    FOR EACH ROW WHEN (NEW.rings_until IS NOT NULL) EXECUTE FUNCTION jiko.phone_rings();
