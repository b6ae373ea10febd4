-- The platform's commission on a kitchen's sales by channel, in basis points: 1,000 are 10 %. What is taken at the counter
-- is the kitchen's alone.
ALTER TABLE jiko.kitchen
    ADD COLUMN commission_app int NOT NULL DEFAULT 0
        CONSTRAINT kitchen_commission_app_check CHECK (commission_app BETWEEN 0 AND 10000),
    ADD COLUMN commission_whatsapp int NOT NULL DEFAULT 0
        CONSTRAINT kitchen_commission_whatsapp_check CHECK (commission_whatsapp BETWEEN 0 AND 10000),
    ADD COLUMN commission_hosted int NOT NULL DEFAULT 0
        CONSTRAINT kitchen_commission_hosted_check CHECK (commission_hosted BETWEEN 0 AND 10000);
