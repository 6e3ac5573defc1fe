-- The newest message that reached the bot, so that a later run knows from where on it has heard nothing. One row.
CREATE TABLE attendance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    message_id TEXT NOT NULL
) STRICT;
