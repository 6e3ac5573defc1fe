-- A question that members passed on to their server's moderators. What was asked, and by whom, stands in `askings`.
CREATE TABLE waiting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    -- Grows with every change: who decides on it names the one they saw.
    version INTEGER NOT NULL,
    -- The moderator who looks after it, or nobody.
    assigned_to TEXT NOT NULL,
    -- The entry that a moderator said answers it, told when members see that.
    entry_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Why it waits no longer, and by whose doing; nobody's words are left then.
    ending TEXT,
    ended_by TEXT NOT NULL DEFAULT '',
    ended_at INTEGER,
    CHECK ((ending IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE INDEX waiting_by_server ON waiting (server_id) WHERE ended_at IS NULL;

-- What one member asked, by that member's press: deleted when they are told, take it back, or it expires.
CREATE TABLE askings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    waiting_id INTEGER NOT NULL REFERENCES waiting (id),
    server_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    text TEXT NOT NULL,
    route TEXT NOT NULL,
    -- The entry of which the member said that it is not their question.
    rejected TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    UNIQUE (waiting_id, member_id)
) STRICT;

CREATE INDEX askings_by_member ON askings (member_id);
CREATE INDEX askings_by_age ON askings (until);

-- How a member put the question whose answer they chose, by that member's press.
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    member_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    UNIQUE (server_id, member_id, entry_id, text)
) STRICT;

CREATE INDEX wordings_by_member ON wordings (member_id);

-- Members whose messages in watched channels are not read.
CREATE TABLE opt_outs (
    member_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
