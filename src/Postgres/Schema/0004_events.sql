-- What happened, for the kitchens' screens and for subscribers. Events are numbered as they are written, and their
-- transactions end in any order: the feed ends where everything before has ended, so that in the order of positions
-- nothing ever appears before what a reader has already seen.
CREATE TABLE jiko.event (
    position   bigint      GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME jiko.event_position),
    kitchen_id uuid        NOT NULL,
    payload    text        NOT NULL, -- with the type, and what it is about
    at         timestamptz NOT NULL,
    PRIMARY KEY (kitchen_id, position)
);
