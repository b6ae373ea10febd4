-- What Orleans asks the database, on our own tables. Each statement has the name by which Orleans' ADO.NET providers
-- look for it; it is put into the table behind OrleansQuery when a process starts, beside those of other builds.
-- WriteToStorageKey is not here: it is made from the statement by which the writers commit.

-- name: GatewaysQueryKey
SELECT s.address AS Address, s.gateway_port AS ProxyPort, s.generation AS Generation FROM jiko_cluster.silo s
WHERE s.cluster = @DeploymentId AND s.status = @Status AND s.gateway_port > 0;

-- name: MembershipReadRowKey
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, m.version AS Version
FROM jiko_cluster.membership m
LEFT JOIN jiko_cluster.silo s
    ON s.cluster = m.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE m.cluster = @DeploymentId;

-- name: MembershipReadAllKey
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, m.version AS Version
FROM jiko_cluster.membership m
LEFT JOIN jiko_cluster.silo s ON s.cluster = m.cluster
WHERE m.cluster = @DeploymentId;

-- name: InsertMembershipVersionKey
WITH made AS (
    INSERT INTO jiko_cluster.membership (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*) FROM made;

-- The version is taken first: of two changes at once the second waits for the row, and finds it changed.
-- name: InsertMembershipKey
WITH taken AS (
    UPDATE jiko_cluster.membership m SET version = m.version + 1
    WHERE m.cluster = @DeploymentId AND m.version = @Version AND NOT EXISTS (
        SELECT FROM jiko_cluster.silo s
        WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING 1
), joined AS (
    INSERT INTO jiko_cluster.silo (
        cluster, address, port, generation, name, host, gateway_port, status, started_at, alive_at)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @ProxyPort, @Status, @StartTime,
        @IAmAliveTime
    FROM taken
    RETURNING 1)
SELECT count(*) FROM joined;

-- Who declares a silo dead waits for what it is committing, and it commits nothing afterwards: jiko_cluster.check_member.
-- name: UpdateMembershipKey
WITH fence AS MATERIALIZED (
    SELECT CASE WHEN @Status = 6 THEN pg_advisory_xact_lock(
        jiko_cluster.fence_of(@DeploymentId, @Address, @Port, @Generation)) END
), taken AS (
    UPDATE jiko_cluster.membership m SET version = m.version + 1
    FROM fence
    WHERE m.cluster = @DeploymentId AND m.version = @Version AND EXISTS (
        SELECT FROM jiko_cluster.silo s
        WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING 1
), changed AS (
    UPDATE jiko_cluster.silo s SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime
    FROM taken
    WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING 1)
SELECT count(*) FROM changed;

-- name: UpdateIAmAlivetimeKey
UPDATE jiko_cluster.silo s SET alive_at = @IAmAliveTime
WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation;

-- name: CleanupDefunctSiloEntriesKey
DELETE FROM jiko_cluster.silo s WHERE s.cluster = @DeploymentId AND s.status = 6 AND s.alive_at < @IAmAliveTime;

-- name: DeleteMembershipTableEntriesKey
WITH members AS (DELETE FROM jiko_cluster.silo s WHERE s.cluster = @DeploymentId)
DELETE FROM jiko_cluster.membership m WHERE m.cluster = @DeploymentId;

-- name: UpsertReminderRowKey
INSERT INTO jiko_cluster.reminder AS r (service, grain, name, grain_hash, start_at, period, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
ON CONFLICT (service, grain, name) DO UPDATE
SET grain_hash = excluded.grain_hash, start_at = excluded.start_at, period = excluded.period, version = r.version + 1
RETURNING r.version AS Version;

-- name: ReadReminderRowKey
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain = @GrainId AND r.name = @ReminderName;

-- name: ReadReminderRowsKey
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain = @GrainId;

-- A range of the ring of hashes: its beginning is not in it, and the second kind goes round over the end.
-- name: ReadRangeRows1Key
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain_hash > @BeginHash AND r.grain_hash <= @EndHash;

-- name: ReadRangeRows2Key
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND (r.grain_hash > @BeginHash OR r.grain_hash <= @EndHash);

-- name: DeleteReminderRowKey
WITH gone AS (
    DELETE FROM jiko_cluster.reminder r
    WHERE r.service = @ServiceId AND r.grain = @GrainId AND r.name = @ReminderName AND r.version = @Version
    RETURNING 1)
SELECT count(*) FROM gone;

-- name: DeleteReminderRowsKey
DELETE FROM jiko_cluster.reminder r WHERE r.service = @ServiceId;

-- The grains' states are the rows that lists read, too. Sessions are read beside the provider, as they are committed.
-- name: ReadFromStorageKey
SELECT convert_to(k.state, 'UTF8') AS PayloadBinary, k.version::int AS Version FROM jiko.kitchen_inventory k
WHERE @GrainTypeString = 'inventory' AND k.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1)
UNION ALL
SELECT convert_to(b.state, 'UTF8'), b.version::int FROM jiko.bill b
WHERE @GrainTypeString = 'bill' AND b.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1)
UNION ALL
SELECT convert_to(c.state, 'UTF8'), c.version::int FROM jiko.cart c
WHERE @GrainTypeString = 'cart' AND c.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1);

-- Nothing is ever forgotten: no version changes, and Orleans refuses.
-- name: ClearStorageKey
SELECT @GrainStateVersion AS NewGrainStateVersion;
