-- App tokens of merchants: short-lived credentials of an API key, for an app in customers' hands. Null for all other
-- credentials, whose rights are those of their kind, or of their key.
ALTER TABLE jiko.credential ADD COLUMN scopes text[] CHECK (cardinality(scopes) > 0);

ALTER TABLE jiko.credential ADD CONSTRAINT credential_app_token_ends CHECK (scopes IS NULL OR expires_at IS NOT NULL);
