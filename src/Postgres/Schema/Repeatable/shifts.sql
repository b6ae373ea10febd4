-- What no shift of the till answers for yet. A row may be committed after a closing and bear an earlier time, but not
-- by a day: so much is looked back, and not all that the kitchen has ever taken.
CREATE OR REPLACE FUNCTION jiko.till_unclaimed(kitchen uuid, till uuid) RETURNS SETOF jiko.ledger_transfer
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM jiko.ledger_transfer t
    WHERE t.kitchen_id = kitchen AND t.till_id = till
        AND t.at >= coalesce(
            (SELECT max(s.closed_at) - interval '1 day' FROM jiko.shift s WHERE s.till_id = till), '-infinity')
        AND NOT EXISTS (
            SELECT FROM jiko.shift_entry e WHERE e.leg_id = t.leg_id AND e.step = t.step AND e.part = t.part)
$$;

-- What a shift answers for, as it stands.
CREATE OR REPLACE FUNCTION jiko.shift_transfer(shift uuid) RETURNS SETOF jiko.ledger_transfer
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM jiko.shift_entry e
    JOIN jiko.ledger_transfer t ON t.leg_id = e.leg_id AND t.step = e.step AND t.part = e.part
    WHERE e.shift_id = shift
    UNION ALL
    SELECT t.* FROM jiko.shift s CROSS JOIN LATERAL jiko.till_unclaimed(s.kitchen_id, s.till_id) t
    WHERE s.id = shift AND s.ended_at IS NULL
$$;
