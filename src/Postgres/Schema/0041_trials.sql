-- Subscriptions with a trial: their first session need not be paid before it is over.
ALTER TABLE jiko.subscription
    DROP CONSTRAINT subscription_status_check,
    ADD CONSTRAINT subscription_status_check CHECK (status IN (
        'INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'ENDED'));
