-- Sessions that the walk over phones has passed while they still needed theirs: they can be paid, as with a long trial,
-- or have money that waits for a decision. They are looked at again by each pass.
CREATE TABLE jiko.retention_phones_later (
    session_id uuid PRIMARY KEY,
    kitchen_id uuid NOT NULL
);
CREATE INDEX retention_phones_later_kitchen ON jiko.retention_phones_later (kitchen_id, session_id);

-- What was passed before this table was there is found by one more walk.
DELETE FROM jiko.retention_phones;
