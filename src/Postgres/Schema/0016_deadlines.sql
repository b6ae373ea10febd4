-- Each kitchen's inventory ends the sessions of its kitchen whose time is over. It looks for them by kitchen, and so
-- does the sweep over all kitchens, which finds what the inventories have missed.

CREATE INDEX checkout_session_kitchen_deadline ON jiko.checkout_session (kitchen_id, deadline)
    WHERE deadline IS NOT NULL;
DROP INDEX jiko.checkout_session_deadline;
