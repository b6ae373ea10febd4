-- What a cluster of silos keeps beside the grains' rows: who is a member, and whom to wake when. Orleans reads its
-- statements from OrleansQuery, which a silo's connections find by their search path.

CREATE SCHEMA jiko_cluster;

-- A cluster's members change one at a time: each change names the version that it was decided on.
CREATE TABLE jiko_cluster.membership (
    cluster text PRIMARY KEY,
    version int  NOT NULL
);

CREATE TABLE jiko_cluster.silo (
    cluster      text        NOT NULL,
    address      text        NOT NULL,
    port         int         NOT NULL,
    generation   int         NOT NULL, -- which start of the process at this address
    name         text        NOT NULL,
    host         text        NOT NULL,
    gateway_port int         NOT NULL, -- where clients come in; 0 where they do not
    status       int         NOT NULL, -- as Orleans counts them: 3 is active, 6 dead
    suspicions   text,
    started_at   timestamptz NOT NULL,
    alive_at     timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

CREATE TABLE jiko_cluster.reminder (
    service    text        NOT NULL,
    grain      text        NOT NULL,
    name       text        NOT NULL,
    grain_hash int         NOT NULL, -- silos share the reminders out by it
    start_at   timestamptz NOT NULL,
    period     bigint      NOT NULL, -- in milliseconds
    version    int         NOT NULL,
    PRIMARY KEY (service, grain, name)
);

CREATE INDEX reminder_hash ON jiko_cluster.reminder (service, grain_hash);

-- The statements. Those with a layout are a build's own, whose connections name it: builds that write commits
-- differently can share a database.
CREATE TABLE jiko_cluster.statement (
    name   text NOT NULL,
    layout text NOT NULL DEFAULT '',
    text   text NOT NULL,
    PRIMARY KEY (name, layout)
);

CREATE VIEW jiko_cluster.OrleansQuery AS
SELECT s.name AS QueryKey, s.text AS QueryText FROM jiko_cluster.statement s
WHERE s.layout IN ('', current_setting('jiko.layout', true));

-- A grain's key comes as the two halves of its bytes, each as a little-endian number, and the first half's three parts
-- are little-endian, too.
CREATE FUNCTION jiko_cluster.key_of(first_half bigint, second_half bigint) RETURNS uuid
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

INSERT INTO jiko_cluster.statement (name, text) VALUES

('GatewaysQueryKey', '
SELECT s.address AS Address, s.gateway_port AS ProxyPort, s.generation AS Generation FROM jiko_cluster.silo s
WHERE s.cluster = @DeploymentId AND s.status = @Status AND s.gateway_port > 0'),

('MembershipReadRowKey', '
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, m.version AS Version
FROM jiko_cluster.membership m
LEFT JOIN jiko_cluster.silo s
    ON s.cluster = m.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE m.cluster = @DeploymentId'),

('MembershipReadAllKey', '
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName,
    s.status AS Status, s.gateway_port AS ProxyPort, s.suspicions AS SuspectTimes, s.started_at AS StartTime,
    s.alive_at AS IAmAliveTime, m.version AS Version
FROM jiko_cluster.membership m
LEFT JOIN jiko_cluster.silo s ON s.cluster = m.cluster
WHERE m.cluster = @DeploymentId'),

('InsertMembershipVersionKey', '
WITH made AS (
    INSERT INTO jiko_cluster.membership (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*) FROM made'),

-- The version is taken first: of two changes at once the second waits for the row, and finds it changed.
('InsertMembershipKey', '
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
SELECT count(*) FROM joined'),

('UpdateMembershipKey', '
WITH taken AS (
    UPDATE jiko_cluster.membership m SET version = m.version + 1
    WHERE m.cluster = @DeploymentId AND m.version = @Version AND EXISTS (
        SELECT FROM jiko_cluster.silo s
        WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING 1
), changed AS (
    UPDATE jiko_cluster.silo s SET status = @Status, suspicions = @SuspectTimes, alive_at = @IAmAliveTime
    FROM taken
    WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING 1)
SELECT count(*) FROM changed'),

('UpdateIAmAlivetimeKey', '
UPDATE jiko_cluster.silo s SET alive_at = @IAmAliveTime
WHERE s.cluster = @DeploymentId AND s.address = @Address AND s.port = @Port AND s.generation = @Generation'),

('CleanupDefunctSiloEntriesKey', '
DELETE FROM jiko_cluster.silo s WHERE s.cluster = @DeploymentId AND s.status = 6 AND s.alive_at < @IAmAliveTime'),

('DeleteMembershipTableEntriesKey', '
WITH members AS (DELETE FROM jiko_cluster.silo s WHERE s.cluster = @DeploymentId)
DELETE FROM jiko_cluster.membership m WHERE m.cluster = @DeploymentId'),

('UpsertReminderRowKey', '
INSERT INTO jiko_cluster.reminder AS r (service, grain, name, grain_hash, start_at, period, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
ON CONFLICT (service, grain, name) DO UPDATE
SET grain_hash = excluded.grain_hash, start_at = excluded.start_at, period = excluded.period, version = r.version + 1
RETURNING r.version AS Version'),

('ReadReminderRowKey', '
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain = @GrainId AND r.name = @ReminderName'),

('ReadReminderRowsKey', '
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain = @GrainId'),

-- A range of the ring of hashes: its beginning is not in it, and the second kind goes round over the end.
('ReadRangeRows1Key', '
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND r.grain_hash > @BeginHash AND r.grain_hash <= @EndHash'),

('ReadRangeRows2Key', '
SELECT r.grain AS GrainId, r.name AS ReminderName, r.start_at AS StartTime, r.period AS Period, r.version AS Version
FROM jiko_cluster.reminder r
WHERE r.service = @ServiceId AND (r.grain_hash > @BeginHash OR r.grain_hash <= @EndHash)'),

('DeleteReminderRowKey', '
WITH gone AS (
    DELETE FROM jiko_cluster.reminder r
    WHERE r.service = @ServiceId AND r.grain = @GrainId AND r.name = @ReminderName AND r.version = @Version
    RETURNING 1)
SELECT count(*) FROM gone'),

('DeleteReminderRowsKey', '
DELETE FROM jiko_cluster.reminder r WHERE r.service = @ServiceId'),

-- The grains' states are the rows that every host reads. What is written is a commit, in its build's own layout.
-- Sessions are read beside the provider, as they are committed.
('ReadFromStorageKey', '
SELECT convert_to(k.state, ''UTF8'') AS PayloadBinary, k.version::int AS Version FROM jiko.kitchen_inventory k
WHERE @GrainTypeString = ''inventory'' AND k.id = jiko_cluster.key_of(@GrainIdN0, @GrainIdN1)'),

-- Nothing is ever forgotten: no version changes, and Orleans refuses.
('ClearStorageKey', '
SELECT @GrainStateVersion AS NewGrainStateVersion');
