-- As what a delivery is counted (see `knowledge.counting`), and the entry that came nearest where none was shown.
ALTER TABLE deliveries ADD COLUMN counted TEXT NOT NULL DEFAULT 'other';
ALTER TABLE deliveries ADD COLUMN nearest_id TEXT;

-- Of replies without an answer it was not kept what they said; nearly all of them said that there is none.
UPDATE deliveries SET counted = CASE outcome
    WHEN 'answer' THEN 'answered' WHEN 'choices' THEN 'asked-back' WHEN 'emergency' THEN 'emergency' ELSE 'missed' END;

CREATE INDEX deliveries_by_server ON deliveries (server_id, claimed_at);

-- How often what happened: deliveries that were purged, and what got no reply. `day` counts days since 1970, UTC. The
-- entry is the one that was shown, else the one that came nearest; the empty one: none came near.
CREATE TABLE counts (
    day INTEGER NOT NULL,
    server_id TEXT NOT NULL,
    counted TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (server_id, day, counted, entry_id)
) STRICT, WITHOUT ROWID;

INSERT INTO counts (day, server_id, counted, entry_id, number)
    SELECT day, server_id, CASE
        WHEN outcome = 'answer' THEN 'answered'
        WHEN outcome = 'choices' AND entry_id <> '' THEN 'chosen'
        WHEN outcome = 'choices' THEN 'asked-back'
        WHEN outcome = 'emergency' THEN 'emergency'
        ELSE 'missed' END AS counted, entry_id, SUM(deliveries)
    FROM delivery_counts GROUP BY 1, 2, 3, 4;

DROP TABLE delivery_counts;
