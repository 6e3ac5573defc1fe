PRAGMA application_id = 846095439;
PRAGMA user_version = 10;
BEGIN TRANSACTION;
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
INSERT INTO "askings" VALUES(4,3,'1','8','10','103','Why does my elbow crack?','dm','',1790000000,1792592000);
CREATE TABLE attendance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    message_id TEXT NOT NULL
) STRICT;
INSERT INTO "attendance" VALUES(1,'102');
CREATE TABLE counts (
    day INTEGER NOT NULL,
    server_id TEXT NOT NULL,
    counted TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (server_id, day, counted, entry_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "counts" VALUES(20717,'1','silent','',12);
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
    settled_at INTEGER, counted TEXT NOT NULL DEFAULT 'other', nearest_id TEXT, private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)), direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)),
    CHECK ((reply_id IS NULL) = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "deliveries" VALUES('100','1','10','101','answer','knee-cracks','d197875e320e88c0fe245a6d6142974b64442213ef43e19a76c57d7611c8ed2f',0.97,'[]',1790000000,1790000001,'other',NULL,0,0);
INSERT INTO "deliveries" VALUES('102','','11',NULL,'none',NULL,NULL,NULL,'["number"]',1790000000,NULL,'other',NULL,0,0);
CREATE TABLE departures (
    server_id TEXT NOT NULL PRIMARY KEY CHECK (server_id <> ''),
    left_at INTEGER NOT NULL,
    purging INTEGER NOT NULL CHECK (purging IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "departures" VALUES('2',1790000000,0);
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
INSERT INTO "entries" VALUES('1','gone',2,NULL,NULL,'[]',1);
INSERT INTO "entries" VALUES('1','knee-cracks',1,1,NULL,'[]',0);
CREATE TABLE examples (
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    text TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, text)
) STRICT, WITHOUT ROWID;
INSERT INTO "examples" VALUES('1','my knees pop','knee-cracks','5',1790000000);
CREATE TABLE opt_ins (
    member_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "opt_ins" VALUES('10',1790000000);
CREATE TABLE opt_outs (
    member_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "opt_outs" VALUES('9',1790000000);
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
INSERT INTO "outbox" VALUES(7,'recall','100:2','1','10','{"reply": "101"}',1,1790000000,1790604800,0,NULL,NULL,NULL);
CREATE TABLE recalls (
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    private INTEGER NOT NULL,
    PRIMARY KEY (server_id, entry_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "recalls" VALUES('1','gone',2,1790000000,4,1);
CREATE TABLE requests (
    server_id TEXT NOT NULL,
    key TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (server_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "requests" VALUES('1','900','{"knee-cracks": [1]}',1790000000);
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
INSERT INTO "revisions" VALUES('1','knee-cracks',1,'add',NULL,'{"answers":[{"body":"Gas in the joint.","name":"Jo Kim, MD"}],"title":"Why do my knees crack?"}','d197875e320e88c0fe245a6d6142974b64442213ef43e19a76c57d7611c8ed2f',NULL,'["5"]','5','',1790000000,NULL,NULL,NULL);
INSERT INTO "revisions" VALUES('1','gone',1,'add',NULL,NULL,'d197875e320e88c0fe245a6d6142974b64442213ef43e19a76c57d7611c8ed2f',NULL,'["5"]','5','',1790000000,'6','A name.',1790000009);
INSERT INTO "revisions" VALUES('1','gone',2,'withdraw',1,NULL,NULL,NULL,'[]','6','Wrong.',1790000005,NULL,NULL,NULL);
CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    server_id TEXT NOT NULL CHECK (server_id <> ''),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    author_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO "settings" VALUES(1,'1','review','"all"','6',1790000000);
CREATE TABLE vote_counts (
    day INTEGER NOT NULL,
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (day, server_id, entry_id, verdict)
) STRICT, WITHOUT ROWID;
INSERT INTO "vote_counts" VALUES(20617,'1','knee-cracks','unclear',3);
CREATE TABLE votes (
    channel_id TEXT NOT NULL,
    reply_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    -- The empty server is a direct message.
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (channel_id, reply_id, member_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "votes" VALUES('10','101','8','1','knee-cracks','helpful',1790000000);
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
INSERT INTO "waiting" VALUES(3,'1',1,'','',1790000000,NULL,'',NULL);
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
INSERT INTO "wordings" VALUES(5,'1','8','knee-cracks','knees make noise',1790000000,1792592000);
CREATE INDEX revisions_by_hash ON revisions (content_hash) WHERE content_hash IS NOT NULL;
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
CREATE INDEX requests_by_age ON requests (at);
CREATE INDEX settings_by_name ON settings (server_id, name, id);
CREATE INDEX deliveries_by_reply ON deliveries (channel_id, reply_id) WHERE reply_id IS NOT NULL;
CREATE INDEX deliveries_by_entry ON deliveries (entry_id, server_id) WHERE entry_id IS NOT NULL;
CREATE INDEX deliveries_by_age ON deliveries (claimed_at);
CREATE INDEX outbox_waiting ON outbox (bulk, not_before, id) WHERE ended_at IS NULL;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX votes_by_member ON votes (member_id);
CREATE INDEX votes_by_age ON votes (server_id, at);
CREATE INDEX deliveries_by_server ON deliveries (server_id, claimed_at);
CREATE TRIGGER revisions_are_never_removed BEFORE DELETE ON revisions
WHEN NOT EXISTS (SELECT 1 FROM departures WHERE server_id = OLD.server_id AND purging = 1)
BEGIN
    SELECT RAISE (ABORT, 'revisions are append-only');
END;
CREATE INDEX waiting_by_server ON waiting (server_id) WHERE ended_at IS NULL;
CREATE INDEX askings_by_member ON askings (member_id);
CREATE INDEX askings_by_age ON askings (until);
CREATE INDEX wordings_by_member ON wordings (member_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('waiting',3);
INSERT INTO "sqlite_sequence" VALUES('askings',4);
INSERT INTO "sqlite_sequence" VALUES('wordings',5);
COMMIT;
