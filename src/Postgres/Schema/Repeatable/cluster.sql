-- A grain's key comes as the two halves of its bytes, each as a little-endian number, and the first half's three parts
-- are little-endian, too.
CREATE OR REPLACE FUNCTION jiko_cluster.key_of(first_half bigint, second_half bigint) RETURNS uuid
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
    high CONSTANT text := lpad(to_hex(first_half), 16, '0');
    low  CONSTANT text := lpad(to_hex(second_half), 16, '0');
BEGIN
    RETURN substr(high, 9, 8) || substr(high, 5, 4) || substr(high, 1, 4)
        || substr(low, 15, 2) || substr(low, 13, 2) || substr(low, 11, 2) || substr(low, 9, 2)
        || substr(low, 7, 2) || substr(low, 5, 2) || substr(low, 3, 2) || substr(low, 1, 2);
END
$$;

-- The key of the lock by which a silo's commits and its declaration of death follow each other. In PL/pgSQL, which keeps
-- its plan: format is no immutable function, so that SQL would be parsed and planned anew by each commit.
CREATE OR REPLACE FUNCTION jiko_cluster.fence_of(cluster text, address text, port int, generation int) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN hashtextextended(format('fence %s %s:%s@%s', cluster, address, port, generation), 0);
END
$$;

-- Called by every commit. Fails if the connection belongs to a silo that was declared dead: where it hung, another silo
-- may meanwhile have answered for it, and what it had begun must not be committed any more. The connections of a silo
-- name it in the setting jiko.member: cluster, address, port and generation. Without the setting nothing is checked.
CREATE OR REPLACE FUNCTION jiko_cluster.check_member() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    member CONSTANT text[] := nullif(current_setting('jiko.member', true), '')::text[];
BEGIN
    IF member IS NULL THEN
        RETURN;
    END IF;

    PERFORM pg_advisory_xact_lock_shared(
        jiko_cluster.fence_of(member[1], member[2], member[3]::int, member[4]::int));
    IF NOT EXISTS (
        SELECT FROM jiko_cluster.silo s
        WHERE s.cluster = member[1] AND s.address = member[2] AND s.port = member[3]::int
            AND s.generation = member[4]::int AND s.status <> 6)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'JK002', MESSAGE = 'This silo was declared dead, and commits nothing any more.';
    END IF;
END
$$;
