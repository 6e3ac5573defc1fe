-- What members think of a reply, one vote each. They are named by their own press, until the vote is purged into counts.
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

CREATE INDEX votes_by_member ON votes (member_id);
CREATE INDEX votes_by_age ON votes (server_id, at);

-- What is left of purged votes. `day` counts days since 1970, UTC.
CREATE TABLE vote_counts (
    day INTEGER NOT NULL,
    server_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (day, server_id, entry_id, verdict)
) STRICT, WITHOUT ROWID;
