-- A receipt never changes hands. A commit that counts money with a receipt of another reference would change it here,
-- and fails; one that claims again what is its own changes nothing.
CREATE OR REPLACE FUNCTION jiko.receipt_used() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE unique_violation USING
        MESSAGE = format('receipt %s of %s belongs to %s', OLD.receipt, OLD.adapter, OLD.reference),
        TABLE = 'payment_receipt', CONSTRAINT = 'payment_receipt_pkey';
END
$$;

CREATE OR REPLACE TRIGGER payment_receipt_used BEFORE UPDATE ON jiko.payment_receipt
    FOR EACH ROW EXECUTE FUNCTION jiko.receipt_used();
