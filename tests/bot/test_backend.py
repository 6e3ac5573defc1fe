"""The backend as the composition root opens it: what is kept is there again, and one process serves from it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.backend import open_backend
from bot.config import Config, KnowledgeSettings, StorageSettings
from bot.store.folder import DATABASE
from knowledge.curation.concerns import ConcernKind
from knowledge.curation.rights import Caller
from knowledge.errors import CannotRun
from knowledge.model import Answer, Outcome, Place
from tests.bot.book.conftest import book
from tests.scale import LONG

ANN = Caller("1", "ann", manages_messages=True)
ITCH = "Why do mosquito bites itch?"


@pytest.fixture
def config(tmp_path):
    return Config(storage=StorageSettings(path=tmp_path / "data"))


async def test_what_moderators_saved_answers_after_a_restart(config):
    async with open_backend(config, samples=False) as backend:
        proposal = backend.moderators.propose.new(ANN, ITCH, [Answer("Histamine.", name="Jo Kim, MD")])
        await backend.moderators.edit.save(ANN, "k1", proposal)
    async with open_backend(config, samples=False) as backend:
        assert backend.desk.respond(ITCH, Place(server_id="1")).outcome is Outcome.ANSWER
        (seed,) = backend.desk.snapshot.questions
        history = await backend.moderators.look.history(ANN, seed)
        assert [revision.number for revision in history.of_book] == [1]


async def test_a_second_process_is_refused(config):
    async with open_backend(config, samples=False):
        with pytest.raises(CannotRun, match="already serves"):
            async with open_backend(config, samples=False):
                pass


async def test_a_damaged_database_is_left_as_it_is(config):
    config.storage.path.mkdir()
    (config.storage.path / DATABASE).write_bytes(b"no database")
    with pytest.raises(CannotRun, match="It was left as it is"):
        async with open_backend(config, samples=False):
            pass
    assert (config.storage.path / DATABASE).read_bytes() == b"no database"


async def test_samples_are_no_part_of_a_server(config):
    async with open_backend(config, samples=False) as backend:
        names = {
            answer.invented for question in backend.desk.snapshot.questions.values() for answer in question.answers
        }
        assert names == {False}
    async with open_backend(config, samples=True) as backend:
        assert any(
            answer.invented for one in backend.desk.snapshot_of("1").questions.values() for answer in one.answers
        )


async def test_drugs_are_known_by_the_names_that_the_guards_know(config):
    async with open_backend(config, samples=False) as backend:
        entry = backend.moderators.propose.new(ANN, "What helps itching?", [Answer("Hydroxyzine may help.")])
        kinds = {concern.kind for concern in (await backend.moderators.propose.assess(ANN, entry)).concerns}
        assert ConcernKind.LOOK_ALIKE_DRUG in kinds


async def test_a_saved_book_is_served_under_each_server_and_kept_as_a_revision(config, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.book.reload.POLL", 0.01)
    monkeypatch.setattr("bot.book.reload.PATIENCE", 0)
    file = tmp_path / "book.toml"
    file.write_text(book(["knee", "hip"]), "utf-8")
    settings = config.model_copy(update={"knowledge": KnowledgeSettings(path=file)})
    async with open_backend(settings, samples=False) as backend:
        proposal = backend.moderators.propose.new(ANN, ITCH, [Answer("Histamine.", name="Jo Kim, MD")])
        await backend.moderators.edit.save(ANN, "k1", proposal)
        for entry in ("knee", "hip"):
            seen = backend.moderators.look.entry(ANN, entry)
            changed = replace(seen.shown, details=f"About a {entry}.")
            await backend.moderators.edit.save(ANN, entry, backend.moderators.propose.change(ANN, seen, changed))
        assert backend.moderators.servers.outdated() == {}
        before = backend.book.status.files_hash
        file.write_text(book(["knee", "hip"], knee="Cool it."), "utf-8")
        async with asyncio.timeout(LONG):
            while backend.book.status.files_hash == before:  # noqa: ASYNC110  # the backend tells nobody of a new book
                await asyncio.sleep(0.01)
        assert backend.desk.question("knee").answers[0].body == "Cool it."
        assert backend.desk.question("knee", server_id="1").answers[0].body == "Rest it."
        assert backend.moderators.servers.outdated() == {"knee": 1}
        assert backend.moderators.look.entry(ANN, "knee").book_changed
        assert backend.desk.respond(ITCH, Place(server_id="1")).outcome is Outcome.ANSWER
        history = await backend.moderators.look.history(ANN, "knee")
    assert [revision.signed.reason for revision in history.of_book] == [before, backend.book.status.files_hash]
