-- A private reply is seen by its asker alone, and only they can bring it up to date once Discord's token has expired.
ALTER TABLE deliveries ADD COLUMN private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1));

-- Each change of what members see that made earlier replies wrong, under the revision that made it: how many replies are
-- edited for it, and how many private ones are out of reach. The empty server is the book.
CREATE TABLE recalls (
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    private INTEGER NOT NULL,
    PRIMARY KEY (server_id, entry_id, number)
) STRICT, WITHOUT ROWID;
