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
