"""Revisions are appended to, kept whole, and lose their words by redaction alone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from knowledge.content.canonical import content_hash
from knowledge.curation import changes
from knowledge.curation.entry import Action, Entry, Signed
from knowledge.errors import CannotRun
from knowledge.model import Answer, Layer, Question
from knowledge.records import entries, revisions

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANN = Signed("ann", NOW, "a better wording")
QUESTION = Question("hiccups", "How do I stop hiccups?", (Answer("Hold your breath."),), layer=Layer.SERVER)


def says(body: str) -> Question:
    return replace(QUESTION, answers=(Answer(body),))


async def keep(database, server_id: str, step) -> Entry:
    await database.write(lambda change: entries.keep(change, server_id, step))
    return step.after


async def add(database, server_id: str = "1", body: str = "Hold your breath.") -> Entry:
    step = changes.written(Entry("hiccups"), says(body), ANN, book_hash="", waits=False)
    return await keep(database, server_id, step)


async def test_an_entry_is_loaded_as_it_was_kept(database):
    entry = await add(database)
    step = changes.written(entry, says("Drink a glass of water."), ANN, book_hash="", waits=True)
    entry = await keep(database, "1", step)
    assert await entries.load(database) == {"1": {"hiccups": entry}}
    assert await entries.load(database, "1") == {"1": {"hiccups": entry}}
    assert await entries.load(database, "2") == {}


async def test_history_tells_every_change(database):
    entry = await add(database)
    await keep(database, "1", changes.withdrawn(entry, Signed("max", NOW, "outdated"), book_hash=""))
    first, second = await revisions.history(database, "1", "hiccups")
    assert (first.number, first.action, first.signed, first.question) == (1, Action.ADD, ANN, QUESTION)
    assert first.content_hash == content_hash(QUESTION)
    assert (second.number, second.action, second.target) == (2, Action.WITHDRAW, 1)
    assert second.signed == Signed("max", NOW, "outdated")


async def test_a_step_decided_on_an_older_state_is_not_kept(database):
    entry = await add(database)
    late = changes.written(entry, says("Late."), ANN, book_hash="", waits=False)
    await keep(database, "1", changes.written(entry, says("First."), ANN, book_hash="", waits=False))
    for step in (late, replace(late, before=Entry("hiccups"))):
        with pytest.raises(entries.StaleEntry):
            await keep(database, "1", step)
    assert [one.question.answers[0].body for one in await revisions.history(database, "1", "hiccups")] == [
        "Hold your breath.",
        "First.",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM revisions",
        "UPDATE revisions SET reason = 'another'",
        "UPDATE revisions SET content = '{}'",
        "UPDATE revisions SET content = NULL",
    ],
)
async def test_no_statement_rewrites_history(database, statement):
    await add(database)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await database.write(lambda change: change.execute(statement))


async def test_redaction_takes_the_words_from_every_file_and_leaves_the_rest(database):
    secret = "Call me on 555 0100, your neighbour Jo Citizen"
    entry = await add(database, body=secret)
    await add(database, "2", body=secret + " too")
    entry = await keep(database, "1", changes.written(entry, says("Hold."), ANN, book_hash="", waits=False))
    admin = Signed("ada", NOW, "private contact")
    assert await database.write(lambda change: revisions.redact(change, "1", "hiccups", [1], admin)) == 1
    await database.forget_old_pages()
    redacted, _ = await revisions.history(database, "1", "hiccups")
    assert redacted.question is None
    assert redacted.redacted == admin
    assert (redacted.signed, redacted.content_hash) == (ANN, content_hash(says(secret)))
    assert (await revisions.history(database, "2", "hiccups"))[0].question == says(secret + " too")
    stored = b"".join(file.read_bytes() for file in database.path.parent.iterdir())
    assert stored.count(secret.encode()) == 1
    assert await revisions.wording(database, "1", "hiccups", 1) is None
    assert (await entries.load(database))["1"] == {"hiccups": entry}


async def test_words_changed_on_the_disk_are_not_served(database):
    await add(database)
    for trigger in ("revisions_are_never_edited", "revisions_lose_words_by_redaction_alone"):
        await database.write(lambda change, name=trigger: change.execute(f"DROP TRIGGER {name}"))
    await database.write(
        lambda change: change.execute("UPDATE revisions SET content = replace(content, 'breath', 'breakf')")
    )
    with pytest.raises(CannotRun, match="not those that were saved"):
        await entries.load(database)


async def test_the_book_gets_a_revision_for_each_change_and_no_other(database):
    hiccups = replace(QUESTION, layer=Layer.BOOK)
    twitch = Question("twitch", "Why does my cheek twitch?", (Answer("See a neurologist."),))

    async def record(*questions: Question) -> int:
        return len(await database.write(lambda change: revisions.record_book(change, questions, NOW, "files")))

    assert await record(hiccups, twitch) == 2
    assert await record(twitch, hiccups) == 0
    mended = replace(hiccups, title="How can I stop hiccups?")
    assert await record(mended) == 2
    assert await record(mended, twitch) == 1
    told = await revisions.history(database, revisions.THE_BOOK, "twitch")
    assert [revision.action for revision in told] == [Action.ADD, Action.WITHDRAW, Action.ADD]
    assert told[0].signed == Signed("", NOW, "files")
    found = await revisions.find_words(database, "1", "hiccups", content_hash(hiccups))
    assert found == hiccups
    assert await revisions.find_words(database, "1", "twitch", content_hash(hiccups)) is None


async def test_words_are_found_in_the_own_server_and_the_book_alone(database):
    await add(database, "1")
    found = content_hash(QUESTION)
    assert await revisions.find_words(database, "1", "hiccups", found) == QUESTION
    assert await revisions.find_words(database, "2", "hiccups", found) is None
