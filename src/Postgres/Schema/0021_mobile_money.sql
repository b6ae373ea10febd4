-- The aggregator's own id for an attempt, for aggregators that are asked by theirs and not by ours.

ALTER TABLE jiko.payment_attempt ADD COLUMN provider_reference text;
