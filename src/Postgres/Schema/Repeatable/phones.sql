-- A push rings a phone only where it is free, and where not too many pushes of the last hour went unpaid: 5 to the
-- same phone by the same asker, 10 to the same phone by anybody, 15 by a guest to any phone. The first limit is the
-- lowest, so that whoever rings another person's phone is stopped at their own table, and its owner can pay elsewhere.
--
-- An aggregator is asked for a phone once at a time, whatever account of which kitchen asks it.
--
-- All pushes of a batch are looked at together, when they are written: one after the other, that was 14 % of what a
-- connection did that commits. Where two of a batch do not go together it fails, and its halves come again.
--
-- Phones are compared backwards, as the index has them, which also serves searches by a phone's last digits.
--
-- The locks make those who ring the same phone come one after the other, and the next one sees what the last one wrote.
-- They are taken after all row locks of jiko.commit, and in one order.
--
-- A refusal has in HINT when it ends, in milliseconds since 1970: Npgsql hides what is in DETAIL.
CREATE OR REPLACE FUNCTION jiko.aggregator_named(account text, vendor text, live_mode boolean)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(vendor || CASE WHEN live_mode THEN ' live' ELSE ' test' END, account)
$$;

CREATE OR REPLACE FUNCTION jiko.aggregator_of(account text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT jiko.aggregator_named(account, n.vendor, n.live_mode)
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
    recently  CONSTANT interval := '1 hour';
    busy_until timestamptz;
    counted_at timestamptz;
BEGIN
    -- Names by a join: a call of aggregator_of for each row costs as much as the lock and the looks below.
    PERFORM pg_advisory_xact_lock(k.key)
    FROM (
        SELECT DISTINCT
            hashtextextended(jiko.aggregator_named(r.adapter, n.vendor, n.live_mode) || ' ' || r.phone, 0) AS key
        FROM rung r
        LEFT JOIN jiko.payment_account_name n ON n.name = r.adapter
        WHERE r.rings_until IS NOT NULL
        ORDER BY key) k;
    IF NOT FOUND THEN RETURN NULL; END IF;

    -- One look for each push: OFFSET 0 keeps the planner from walking the whole index beside a batch, which it thinks
    -- cheaper while it knows little of the table.
    SELECT max(ringing.until) INTO busy_until
    FROM rung r
    CROSS JOIN LATERAL (
        SELECT a.rings_until AS until FROM jiko.payment_attempt a
        WHERE reverse(a.phone) = reverse(r.phone) AND a.reference <> r.reference
            AND a.state NOT IN ('SUCCEEDED', 'FAILED') AND a.rings_until > r.started_at
            AND jiko.aggregator_of(a.adapter) = jiko.aggregator_of(r.adapter)
        OFFSET 0) ringing
    WHERE r.rings_until IS NOT NULL;
    IF busy_until IS NOT NULL THEN
        RAISE unique_violation USING
            MESSAGE = 'the phone is being asked for another payment', TABLE = 'payment_attempt',
            CONSTRAINT = 'payment_attempt_one_prompt', HINT = floor(extract(epoch FROM busy_until) * 1000)::bigint;
    END IF;

    -- When the newest ones that reach a limit began to count: the oldest of them is the first to be forgotten.
    SELECT max(reached.began) INTO counted_at
    FROM rung r
    CROSS JOIN LATERAL (
        (SELECT a.started_at AS began FROM jiko.payment_attempt a
        WHERE reverse(a.phone) = reverse(r.phone) AND a.started_at > r.started_at - recently
            AND a.reference <> r.reference AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED'
            AND a.asked_by = r.asked_by
            AND jiko.aggregator_of(a.adapter) = jiko.aggregator_of(r.adapter)
        ORDER BY a.started_at DESC OFFSET per_asker - 1 LIMIT 1)
        UNION ALL
        (SELECT a.started_at FROM jiko.payment_attempt a
        WHERE reverse(a.phone) = reverse(r.phone) AND a.started_at > r.started_at - recently
            AND a.reference <> r.reference AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED'
            AND jiko.aggregator_of(a.adapter) = jiko.aggregator_of(r.adapter)
        ORDER BY a.started_at DESC OFFSET per_phone - 1 LIMIT 1)
        UNION ALL
        (SELECT a.started_at FROM jiko.payment_attempt a
        WHERE r.asked_by_guest AND a.asked_by_guest AND a.asked_by = r.asked_by
            AND a.started_at > r.started_at - recently AND a.reference <> r.reference
            AND a.rings_until IS NOT NULL AND a.state <> 'SUCCEEDED'
        ORDER BY a.started_at DESC OFFSET per_guest - 1 LIMIT 1)) reached
    WHERE r.rings_until IS NOT NULL;
    IF counted_at IS NOT NULL THEN
        RAISE unique_violation USING
            MESSAGE = 'too many requests to pay went unpaid', TABLE = 'payment_attempt',
            CONSTRAINT = 'payment_attempt_prompt_limit',
            HINT = floor(extract(epoch FROM counted_at + recently) * 1000)::bigint;
    END IF;

    RETURN NULL;
END
$$;

-- Beside its function, which a versioned file could not name yet.
CREATE OR REPLACE TRIGGER phone_rings AFTER INSERT ON jiko.payment_attempt
    REFERENCING NEW TABLE AS rung FOR EACH STATEMENT EXECUTE FUNCTION jiko.phone_rings();
