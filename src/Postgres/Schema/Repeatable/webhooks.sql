-- Webhooks to merchants. The tables are in 0034_webhooks.sql.

-- A new store of a merchant is watched from its next event on, whichever build has added it.
CREATE OR REPLACE FUNCTION jiko.watch_store() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jiko.webhook_progress (kitchen_id, position)
    SELECT NEW.kitchen_id, coalesce(max(e.position), 0) FROM jiko.event e WHERE e.kitchen_id = NEW.kitchen_id;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER webhooks AFTER INSERT ON jiko.merchant_store
    FOR EACH ROW EXECUTE FUNCTION jiko.watch_store();
