-- Of the plates that were sold: those that came back to the shelf, never more of any than there were.
CREATE OR REPLACE FUNCTION jiko.is_within(parts int[], wholes int[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(bool_and(part BETWEEN 0 AND whole), true) FROM unnest(parts, wholes) AS each(part, whole)
$$;
