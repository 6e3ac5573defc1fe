-- Servers that the bot was removed from. Everything of theirs is deleted some time later; `purging` is set within the
-- transaction that does it.
CREATE TABLE departures (
    server_id TEXT NOT NULL PRIMARY KEY CHECK (server_id <> ''),
    left_at INTEGER NOT NULL,
    purging INTEGER NOT NULL CHECK (purging IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The revisions of such a server are the only ones that are ever deleted.
DROP TRIGGER revisions_are_never_removed;
CREATE TRIGGER revisions_are_never_removed BEFORE DELETE ON revisions
WHEN NOT EXISTS (SELECT 1 FROM departures WHERE server_id = OLD.server_id AND purging = 1)
BEGIN
    SELECT RAISE (ABORT, 'revisions are append-only');
END;
