-- Each kitchen's inventory ends the sessions of its kitchen whose time is over. It looks for them by kitchen, and so
-- does the sweep over all kitchens, which finds what the inventories have missed.

CREATE INDEX checkout_session_kitchen_deadline ON jiko.checkout_session (kitchen_id, deadline)
    WHERE deadline IS NOT NULL;
DROP INDEX jiko.checkout_session_deadline;

-- Each build brings the statements that it gives Orleans, under its layout; those without one are of builds that did
-- not. They stay for as long as such a build may still run.
CREATE OR REPLACE VIEW jiko_cluster.OrleansQuery AS
SELECT s.name AS QueryKey, s.text AS QueryText FROM jiko_cluster.statement s
WHERE s.layout = current_setting('jiko.layout', true)
    OR s.layout = '' AND NOT EXISTS (
        SELECT FROM jiko_cluster.statement o
        WHERE o.name = s.name AND o.layout = current_setting('jiko.layout', true));
