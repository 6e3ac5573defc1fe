"""Databases as each released version left them, made by the very steps that it had.

`python -m tests.knowledge.records.stored_schemas` notes the hash of every new step when it is released. A hash that is
there is never noted anew: so the tests see that the steps, and with them the databases, stayed as they were. Rows are
those that a version could have written, with identifiers that nobody has.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from knowledge.content.canonical import content_hash, to_json
from knowledge.model import Answer, Question
from knowledge.records.identity import APPLICATION_ID
from knowledge.records.migrations import read_steps

RELEASED = Path(__file__).parents[2] / "data" / "released_steps.json"
AT = 1_790_000_000  # 21 September 2026
DAY = AT // 86_400
QUESTION = Question("knee-cracks", "Why do my knees crack?", (Answer("Gas in the joint.", name="Jo Kim, MD"),))
CONTENT, HASH = to_json(QUESTION), content_hash(QUESTION)
_REVISION = (
    "INSERT INTO revisions (server_id, entry_id, number, action, target, content, content_hash, base_hash, authors, "
    "author_id, reason, at, redacted_by, redaction_reason, redacted_at) "
    f"VALUES ({', '.join('?' * 15)})"
)
# What a version writes first, by the version; later ones have it too.
ROWS: dict[int, list[tuple[str, tuple[object, ...]]]] = {
    1: [
        (_REVISION, ("1", QUESTION.id, 1, "add", None, CONTENT, HASH, None, '["5"]', "5", "", AT, None, None, None)),
        (_REVISION, ("1", "gone", 1, "add", None, None, HASH, None, '["5"]', "5", "", AT, "6", "A name.", AT + 9)),
        (_REVISION, ("1", "gone", 2, "withdraw", 1, None, None, None, "[]", "6", "Wrong.", AT + 5, None, None, None)),
        ("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", ("1", QUESTION.id, 1, 1, None, "[]", 0)),
        ("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", ("1", "gone", 2, None, None, "[]", 1)),
        ("INSERT INTO requests VALUES (?, ?, ?, ?)", ("1", "900", '{"knee-cracks": [1]}', AT)),
        ("INSERT INTO examples VALUES (?, ?, ?, ?, ?)", ("1", "my knees pop", QUESTION.id, "5", AT)),
        ("INSERT INTO settings VALUES (?, ?, ?, ?, ?, ?)", (1, "1", "review", '"all"', "6", AT)),
        (
            (
                "INSERT INTO deliveries (asked_id, server_id, channel_id, reply_id, outcome, entry_id, content_hash, "
                "confidence, guards, claimed_at, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ),
            ("100", "1", "10", "101", "answer", QUESTION.id, HASH, 0.97, "[]", AT, AT + 1),
        ),
        (
            (
                "INSERT INTO deliveries (asked_id, server_id, channel_id, outcome, guards, claimed_at) "
                "VALUES (?, ?, ?, ?, ?, ?)"
            ),
            ("102", "", "11", "none", '["number"]', AT),
        ),
    ],
    2: [
        (
            (
                "INSERT INTO outbox (id, kind, key, server_id, channel_id, payload, bulk, not_before, expires_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ),
            (7, "recall", "100:2", "1", "10", '{"reply": "101"}', 1, AT, AT + 604_800),
        )
    ],
    3: [
        ("INSERT INTO votes VALUES (?, ?, ?, ?, ?, ?, ?)", ("10", "101", "8", "1", QUESTION.id, "helpful", AT)),
        ("INSERT INTO vote_counts VALUES (?, ?, ?, ?, ?)", (DAY - 100, "1", QUESTION.id, "unclear", 3)),
    ],
    4: [("INSERT INTO attendance VALUES (1, ?)", ("102",))],
    5: [("INSERT INTO counts VALUES (?, ?, ?, ?, ?)", (DAY, "1", "silent", "", 12))],
    6: [("INSERT INTO recalls VALUES (?, ?, ?, ?, ?, ?)", ("1", "gone", 2, AT, 4, 1))],
    7: [("INSERT INTO departures VALUES (?, ?, 0)", ("2", AT))],
    8: [
        (
            "INSERT INTO waiting (id, server_id, version, assigned_to, entry_id, at) VALUES (3, '1', 1, '', '', ?)",
            (AT,),
        ),
        (
            "INSERT INTO askings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (4, 3, "1", "8", "10", "103", "Why does my elbow crack?", "dm", "", AT, AT + 2_592_000),
        ),
        (
            "INSERT INTO wordings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (5, "1", "8", QUESTION.id, "knees make noise", AT, AT + 2_592_000),
        ),
        ("INSERT INTO opt_outs VALUES (?, ?)", ("9", AT)),
    ],
    10: [("INSERT INTO opt_ins VALUES (?, ?)", ("10", AT))],
}
# What the first four versions counted in a table that is no more.
_OLD_COUNTS = ("INSERT INTO delivery_counts VALUES (?, ?, ?, ?, ?)", (DAY - 100, "1", "choices", "", 6))


def make_database(path: Path, version: int) -> None:
    """Make a database of a schema's version, with its rows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for step in read_steps()[:version]:
            made.executescript(step.script)
        rows = [row for since in range(1, version + 1) for row in ROWS.get(since, [])]
        for sql, values in [*rows, *([_OLD_COUNTS] if version < 5 else [])]:
            made.execute(sql, values)


def hashes() -> dict[str, str]:
    """Give the SHA-256 of every step as it is now, by its version."""
    return {str(step.version): hashlib.sha256(step.sql.encode()).hexdigest() for step in read_steps()}


def released() -> dict[str, str]:
    """Give the SHA-256 of every step as it was released, by its version."""
    noted: dict[str, str] = json.loads(RELEASED.read_text("utf-8"))
    return noted


if __name__ == "__main__":
    RELEASED.write_text(json.dumps(hashes() | released(), indent=2) + "\n", "utf-8")
