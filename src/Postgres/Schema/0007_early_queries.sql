-- When an aggregator was last told or asked about an attempt: whoever wants it asked early waits from then.

ALTER TABLE jiko.payment_attempt ADD COLUMN looked_at timestamptz;
