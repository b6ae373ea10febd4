-- A guest may pay a reference from any phone's menu: such an attempt has no phone, and nobody is told of it.

ALTER TABLE jiko.payment_attempt ALTER COLUMN phone DROP NOT NULL;
ALTER TABLE jiko.payment_refund ALTER COLUMN phone DROP NOT NULL;
