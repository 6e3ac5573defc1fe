"""What holds for the whole suite: no message of the bot goes unseen; the shipped book; a chat in the terminal."""

from __future__ import annotations

import asyncio
import gc
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from simcord.http import router

from bot import app
from bot.app import load_snapshot
from bot.config import Config
from bot.terminal.conversation import Conversation
from knowledge.content.library import Snapshot
from knowledge.desk import AnswerDesk
from knowledge.records.database import open_database
from knowledge.safety import rules
from knowledge.safety.emergency import Screen
from knowledge.safety.weighing import load_weights
from tests.fakediscord.inspection import Inspection
from tests.showing import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from knowledge.safety.ruleset import Rules
    from knowledge.safety.weighing import Weights


# How fast a text is made tells of the machine, not of the bot, so nothing here is judged by it. A quick run tries a few
# texts; `--hypothesis-profile=thorough`, as in CI, tries four times as many. Both try the same ones each time: a change
# is judged by itself, not by luck. `--hypothesis-profile=searching` tries others each time, for finding what is new.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("searching"), derandomize=True)
settings.register_profile("quick", settings.get_profile("thorough"), max_examples=25)
settings.load_profile("quick")


def pytest_configure() -> None:
    """Keep the collector from looking again and again through what is only being imported."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Spare the collector what was imported: each full pass over it takes a tenth of a second, and there are many."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read the emergency rules and the matcher's data once for all tests; to do it for each takes a fifth of the time.

    Both are files of the package, and what is made of them is never changed. Rules of another file are read anew.
    """
    load = cache(rules.load_rules)
    weights = cache(load_weights)
    shipped_screen = cache(lambda: Screen(load(), weights()))

    def screen_of(given: Rules, given_weights: Weights) -> Screen:
        return shipped_screen() if given is load() else Screen(given, given_weights)

    with pytest.MonkeyPatch.context() as patch:
        for module in (app, rules):
            patch.setattr(module, "load_rules", load)
        patch.setattr(app, "load_matching_data", cache(app.load_matching_data))
        patch.setattr(app, "load_weights", weights)
        patch.setattr(app, "Screen", screen_of)
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the bot makes it, to be copied: its own migrations made it, once for all tests."""
    path = tmp_path_factory.mktemp("empty") / "second-opinion.sqlite3"

    async def make() -> None:
        async with open_database(path):
            pass

    asyncio.run(make())
    return path


@pytest.fixture(autouse=True)
def inspection(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inspection]:
    """Look at every message that the bot sends or edits under SimCord, and fail the test that sent a bad one.

    The stored words are those of every Snapshot that the test makes; nobody has to hand them in.
    """
    watching = Inspection()
    make, dispatch = Snapshot.__init__, router.dispatch

    def make_known(self: Snapshot, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        watching.know(self.questions.values())

    def dispatch_seen(backend: Any, method: str, path: str, **kwargs: Any) -> Any:
        watching.look(method, path, kwargs.get("json"))
        return dispatch(backend, method, path, **kwargs)

    monkeypatch.setattr(Snapshot, "__init__", make_known)
    monkeypatch.setattr(router, "dispatch", dispatch_seen)
    yield watching
    assert not watching.violations, "\n".join(watching.violations)


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    """The shipped book behind the real pipeline at default settings, samples included, as the terminal opens it."""
    return load_snapshot(Config(), samples=True)


@pytest.fixture
def desk(shipped: Snapshot) -> AnswerDesk:
    return AnswerDesk(shipped)


@pytest.fixture
def say(desk: AnswerDesk) -> Callable[..., str]:
    """Say a line in a chat that begins with the test, and get what the terminal shows; "" is the end of the chat."""
    conversation = Conversation(desk)

    def say_line(line: str, width: int = 80) -> str:
        page = conversation.say(line)
        return "" if page is None else shown(page, width)

    return say_line
