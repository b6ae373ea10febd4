-- Tickets by which browsers open an event stream. Each lives for a minute and is deleted when it is used.
CREATE TABLE jiko.stream_ticket (
    ticket_hash bytea       PRIMARY KEY, -- SHA-256
    holder_hash bytea       NOT NULL, -- of the token of whoever asked for it
    path        text        NOT NULL, -- of the stream
    expires_at  timestamptz NOT NULL
);

CREATE INDEX stream_ticket_expiry ON jiko.stream_ticket (expires_at);
