-- Run in a database that was restored from a backup, before the first host starts on it; docs/guides.md says when.

-- Events that the backup does not have were given positions all the same, and screens have seen them. A position that is
-- given out twice would let such a screen go on as if nothing had happened: so the next ones are far beyond. A screen
-- from before hears tickets.reset, and reads its list again.
SELECT setval('jiko.event_position', (SELECT last_value + 1000000000 FROM jiko.event_position));

-- The processes that were running when the backup was made.
DELETE FROM jiko_cluster.silo;
DELETE FROM jiko_cluster.membership;
