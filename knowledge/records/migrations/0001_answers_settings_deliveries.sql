-- Servers, people, channels and messages are named by the platform's own identifiers, kept as text.
-- The empty server is the book, which all servers share. Times are whole seconds since 1970, UTC.
-- A content hash is the SHA-256 of an entry's canonical JSON, in hex.

-- Every change to every entry of either layer, oldest first. Nothing here is edited or removed, but for redaction,
-- which takes the words and leaves the rest.
CREATE TABLE revisions (
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    action TEXT NOT NULL,
    -- The revision that was approved, rejected, restored or withdrawn.
    target INTEGER,
    -- The entry as JSON, where the change wrote one. The hash outlives a redaction.
    content TEXT,
    content_hash TEXT,
    -- The hash of the book's entry that an override was made from.
    base_hash TEXT,
    -- Who wrote these words, or words of a draft that became them, as a JSON list.
    authors TEXT NOT NULL,
    author_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    redacted_by TEXT,
    redaction_reason TEXT,
    redacted_at INTEGER,
    PRIMARY KEY (server_id, entry_id, number),
    FOREIGN KEY (server_id, entry_id, target) REFERENCES revisions (server_id, entry_id, number),
    CHECK (content IS NULL OR content_hash IS NOT NULL),
    CHECK (content IS NULL OR redacted_at IS NULL)
) STRICT;

CREATE INDEX revisions_by_hash ON revisions (content_hash) WHERE content_hash IS NOT NULL;

CREATE TRIGGER revisions_are_never_removed BEFORE DELETE ON revisions
BEGIN
    SELECT RAISE (ABORT, 'revisions are append-only');
END;

CREATE TRIGGER revisions_are_never_edited BEFORE UPDATE OF
    server_id, entry_id, number, action, target, content_hash, base_hash, authors, author_id, reason, at ON revisions
BEGIN
    SELECT RAISE (ABORT, 'revisions are append-only');
END;

CREATE TRIGGER revisions_lose_words_by_redaction_alone BEFORE UPDATE OF content ON revisions
WHEN NEW.content IS NOT NULL OR NEW.redacted_by IS NULL OR NEW.redaction_reason IS NULL OR NEW.redacted_at IS NULL
BEGIN
    SELECT RAISE (ABORT, 'revisions are append-only');
END;

-- Where each entry of a server stands now.
CREATE TABLE entries (
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    entry_id TEXT NOT NULL,
    -- The newest revision: who changes the entry names the one they saw.
    number INTEGER NOT NULL,
    -- The revision whose words members see, and the one that waits for another moderator.
    live INTEGER,
    draft INTEGER,
    -- Who had a part in the draft, as a JSON list: none of them may approve it.
    drafted_by TEXT NOT NULL,
    -- Withdrawn: not even the book's entry of this name is shown.
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
    PRIMARY KEY (server_id, entry_id),
    FOREIGN KEY (server_id, entry_id, number) REFERENCES revisions (server_id, entry_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (server_id, entry_id, live) REFERENCES revisions (server_id, entry_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (server_id, entry_id, draft) REFERENCES revisions (server_id, entry_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    CHECK (hidden = 0 OR live IS NULL)
) STRICT, WITHOUT ROWID;

-- What each interaction has done already, so that a retry does it once.
CREATE TABLE requests (
    server_id TEXT NOT NULL,
    key TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_age ON requests (at);

-- Wordings that must find an entry of this server; the empty entry: that must find nothing.
CREATE TABLE examples (
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    text TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, text)
) STRICT, WITHOUT ROWID;

-- A server's settings as JSON, the newest of each name counts; the older ones are their history.
CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    author_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX settings_by_name ON settings (server_id, name, id);

-- Which reply showed what. No author and no words; purged by age into counts.
CREATE TABLE deliveries (
    asked_id TEXT PRIMARY KEY,
    server_id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    -- Unknown until the reply is sent.
    reply_id TEXT,
    outcome TEXT NOT NULL,
    -- What it showed: the entry and the hash of its words. Choices show none until one is chosen.
    entry_id TEXT,
    content_hash TEXT,
    confidence REAL,
    guards TEXT NOT NULL,
    claimed_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((reply_id IS NULL) = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_by_reply ON deliveries (channel_id, reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX deliveries_by_entry ON deliveries (entry_id, server_id) WHERE entry_id IS NOT NULL;
CREATE INDEX deliveries_by_age ON deliveries (claimed_at);

-- What is left of purged deliveries. `day` counts days since 1970, UTC; the empty entry: none was shown.
CREATE TABLE delivery_counts (
    day INTEGER NOT NULL,
    server_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    deliveries INTEGER NOT NULL,
    PRIMARY KEY (day, server_id, outcome, entry_id)
) STRICT, WITHOUT ROWID;
