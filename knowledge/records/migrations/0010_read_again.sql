-- Members who are read again after they opted out, and since when. What they wrote before is still not to be read, also
-- where the bot looks through what was said while it was away: it looks minutes back, so a row is kept for a day.
CREATE TABLE opt_ins (
    member_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
