-- What is to be done on the platform later, once: across restarts, rate limits and failures. Times are whole seconds
-- since 1970, UTC.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    -- Names the cause within its kind: the same cause twice is one item, also after it was carried out.
    key TEXT NOT NULL,
    -- Where it is done; "" in a direct message, or where only the payload tells.
    server_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    -- What it takes besides, as a JSON object. Emptied when the item ends.
    payload TEXT NOT NULL,
    -- Of many alike: whatever is not goes first.
    bulk INTEGER NOT NULL CHECK (bulk IN (0, 1)),
    -- When it may be tried, and from when on it is of no use any more.
    not_before INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    -- The first try: from then on it may be done already, whatever became of the program.
    begun_at INTEGER,
    ended_at INTEGER,
    -- Why it was given up; "" where it was carried out.
    given_up TEXT,
    UNIQUE (kind, key),
    CHECK ((ended_at IS NULL) = (given_up IS NULL))
) STRICT;

CREATE INDEX outbox_waiting ON outbox (bulk, not_before, id) WHERE ended_at IS NULL;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
