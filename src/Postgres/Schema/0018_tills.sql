-- What a cashier may move at once without a manager, in whole shillings; and movements that undo a wrong one.

ALTER TABLE jiko.kitchen
    ADD COLUMN cash_movement_limit bigint NOT NULL DEFAULT 500000 CHECK (cash_movement_limit >= 0);

ALTER TABLE jiko.drawer_movement
    ADD COLUMN reverses uuid REFERENCES jiko.drawer_movement (id);

-- A movement is reversed once.
CREATE UNIQUE INDEX drawer_movement_reverses ON jiko.drawer_movement (reverses) WHERE reverses IS NOT NULL;
