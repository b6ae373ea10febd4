-- A receipt comes through jiko.commit, whose batch is many callers': who attested it is in the row.
CREATE OR REPLACE FUNCTION jiko.audit_attested() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jiko.audit_note(
        NEW.kitchen_id, 'payment.attested', 'payment', NEW.leg_id,
        jsonb_build_object('session_id', NEW.session_id, 'receipt', NEW.receipt, 'amount', NEW.amount)::text,
        'STAFF', NEW.attested_by, NEW.at);
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER audit AFTER INSERT ON jiko.attested_receipt
    FOR EACH ROW EXECUTE FUNCTION jiko.audit_attested();
