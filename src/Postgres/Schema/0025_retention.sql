-- What hosts remember of pruning: src/Postgres/Retention removes rows whose time is over, a few at a time.

-- The end of the last whole pass over a table, so that one host a day makes it, and what stayed.
CREATE TABLE jiko.retention_pass (
    subject     text        PRIMARY KEY, -- the table
    finished_at timestamptz NOT NULL,
    oldest      timestamptz -- of the rows that stayed; null where there are none
);

-- Up to which session of a kitchen, in the order of its list, phones have been taken out of states.
CREATE TABLE jiko.retention_phones (
    kitchen_id    uuid PRIMARY KEY,
    business_date date NOT NULL,
    number        int  NOT NULL
);
