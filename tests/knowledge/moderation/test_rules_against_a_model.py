"""Three moderators do anything in any order, on what they see or saw; a plain model says what must come of it."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from knowledge.curation.proposals import with_answer_changed
from knowledge.curation.refusals import ChangedMeanwhile, NotAllowed, Refused
from knowledge.curation.settings import ReviewMode, ServerSettings
from knowledge.model import Answer
from knowledge.moderation.views import EntryState
from tests.knowledge.moderation.doing import ADA, ELSEWHERE, HICCUPS, KIM, moderator
from tests.scale import scaled

PEOPLE = ("ann", "max", "zoe")
BODIES = ("Hold your breath.", "Drink water.", "Take 5 mg.")
RISKY = "Take 5 mg."


@dataclass
class Modelled:
    """An entry as it must be. `revisions` hold each change's words, if any, and who had a part in them."""

    book: str | None = None
    own: str | None = None
    draft: str | None = None
    drafters: frozenset[str] = frozenset()
    hidden: bool = False
    revisions: list[tuple[str | None, frozenset[str]]] = field(default_factory=list)

    @property
    def shown(self) -> str | None:
        return None if self.hidden else self.own or self.book

    @property
    def newest(self) -> str | None:
        return self.draft or self.own or self.book

    def waits(self, mode: ReviewMode, body: str) -> bool:
        return mode is ReviewMode.ALL or (mode is ReviewMode.RISKY and RISKY in {body, self.newest})

    def say(self, body: str, drafters: frozenset[str], *, waits: bool) -> None:
        if waits:
            self.draft, self.drafters = body, drafters
        else:
            self.own = None if body == self.book else body
            self.draft, self.drafters, self.hidden = None, frozenset(), False

    def write(self, who: str, body: str, mode: ReviewMode) -> type[Refused] | None:
        if self.hidden and not self.draft:
            return Refused
        if body == self.newest:
            return Refused
        drafters = self.drafters | {who}
        self.say(body, drafters, waits=self.waits(mode, body))
        self.revisions.append((body, drafters))
        return None

    def withdraw(self) -> type[Refused] | None:
        if not (self.own or self.draft or (self.book and not self.hidden)):
            return Refused
        self.own, self.draft, self.drafters, self.hidden = None, None, frozenset(), True
        self.revisions.append((None, frozenset()))
        return None

    def restore(self, who: str, number: int, mode: ReviewMode) -> type[Refused] | None:
        body, authors = self.revisions[number - 1]
        if body is None or body == (self.draft or self.own or (None if self.hidden else self.book)):
            return Refused
        self.say(body, authors | {who}, waits=self.waits(mode, body))
        self.revisions.append((None, frozenset()))
        return None

    def follow_book(self) -> type[Refused] | None:
        if not self.book or not (self.hidden or self.own or self.draft):
            return Refused
        self.say(self.book, frozenset(), waits=False)
        self.revisions.append((None, frozenset()))
        return None

    def approve(self, who: str) -> type[Refused] | None:
        if not self.draft:
            return Refused
        if who in self.drafters:
            return NotAllowed
        self.say(self.draft, frozenset(), waits=False)
        self.revisions.append((None, frozenset()))
        return None

    def reject(self, who: str, reason: str) -> type[Refused] | None:
        if not self.draft or not (reason or who in self.drafters):
            return Refused
        self.draft, self.drafters = None, frozenset()
        self.revisions.append((None, frozenset()))
        return None


class Moderators(RuleBasedStateMachine):
    """The desk beside the model."""

    open_house: object = None
    seen = Bundle("seen")
    who = st.sampled_from(PEOPLE)
    body = st.sampled_from(BODIES)

    @initialize()
    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.model = {"hiccups": Modelled(book="Hold your breath.")}
        self.mode = ReviewMode.OFF
        self.keys = 0
        self.last = None
        self.runner.run(self.begin())

    async def begin(self) -> None:
        self.stack = AsyncExitStack()
        opened = self.open_house(Path(self.folder.name) / "store.sqlite3", [HICCUPS])
        self.house = await self.stack.enter_async_context(opened)

    def do(self, expected: type[Refused] | None, make) -> None:
        """Carry out a request of which the model expects a refusal, or None."""
        self.keys += 1
        key = f"k{self.keys}"
        if expected is None:
            self.runner.run(make(key))
            self.last = lambda: make(key)
            return
        with pytest.raises(Refused) as caught:
            self.runner.run(make(key))
        assert type(caught.value) is expected, caught.value

    def expected(self, view, decide) -> type[Refused] | None:
        """What the model says to a change by somebody who saw `view`."""
        entry = self.model[view.id]
        return ChangedMeanwhile if len(entry.revisions) != view.version.number else decide(entry)

    @rule(target=seen, who=who, entry=st.integers(0, 5))
    def look(self, who, entry):
        entry_id = list(self.model)[entry % len(self.model)]
        return self.house.moderators.look.entry(moderator(who), entry_id)

    @rule(who=who, body=body)
    def add(self, who, body):
        if len(self.model) == 4:
            return
        title = f"What is number {len(self.model)}?"
        proposal = self.house.moderators.propose.new(moderator(who), title, [Answer(body, name=KIM)])
        self.model[proposal.question.id] = entry = Modelled()
        entry.write(who, body, self.mode)
        self.do(None, lambda key: self.house.moderators.edit.save(moderator(who), key, proposal))

    @rule(who=who, view=seen, body=body)
    def edit(self, who, view, body):
        if view.newest is None:
            return
        caller, answer = moderator(who), replace(view.newest.answers[0], body=body)
        proposal = self.house.moderators.propose.change(caller, view, with_answer_changed(view.newest, 0, answer))
        expected = self.expected(view, lambda entry: entry.write(who, body, self.mode))
        self.do(expected, lambda key: self.house.moderators.edit.save(caller, key, proposal))

    @rule(who=who, view=seen)
    def withdraw(self, who, view):
        expected = self.expected(view, Modelled.withdraw)
        self.do(expected, lambda key: self.house.moderators.edit.withdraw(moderator(who), key, view.version, "why"))

    @rule(who=who, view=seen, number=st.integers(1, 12))
    def restore(self, who, view, number):
        written = self.model[view.id].revisions
        if not written:
            return
        number = (number - 1) % len(written) + 1
        has_words = written[number - 1][0] is not None
        decide = lambda entry: entry.restore(who, number, self.mode)  # noqa: E731  # beside its like below
        expected = self.expected(view, decide) if has_words else Refused
        self.do(expected, lambda key: self.house.moderators.edit.restore(moderator(who), key, view.version, number))

    @rule(who=who, view=seen)
    def follow_book(self, who, view):
        expected = self.expected(view, Modelled.follow_book)
        self.do(expected, lambda key: self.house.moderators.edit.follow_book(moderator(who), key, view.version))

    @rule(who=who, view=seen)
    def approve(self, who, view):
        expected = self.expected(view, lambda entry: entry.approve(who))
        self.do(expected, lambda key: self.house.moderators.edit.approve(moderator(who), key, view.version))

    @rule(who=who, view=seen, reason=st.sampled_from(["", "unclear"]))
    def reject(self, who, view, reason):
        expected = self.expected(view, lambda entry: entry.reject(who, reason))
        self.do(expected, lambda key: self.house.moderators.edit.reject(moderator(who), key, view.version, reason))

    @rule(mode=st.sampled_from(ReviewMode))
    def choose_review(self, mode):
        self.mode = mode
        choose = partial(ServerSettings.choosing, review=mode)
        self.do(None, lambda key: self.house.moderators.administer.change_settings(ADA, key, choose))

    @rule()
    def ask_the_last_request_again(self):
        if self.last:
            self.runner.run(self.last())

    @rule()
    def restart(self):
        self.runner.run(self.stack.aclose())
        self.runner.run(self.begin())

    @invariant()
    def every_entry_is_as_modelled(self):
        ann, look = moderator("ann"), self.house.moderators.look
        for entry_id, entry in self.model.items():
            view, live = look.entry(ann, entry_id), self.house.live(entry_id)
            assert (live.answers[0].body if live else None) == entry.shown
            assert (view.draft.answers[0].body if view.draft else None) == entry.draft
            assert (view.drafted_by, view.version.number) == (entry.drafters, len(entry.revisions))
            assert (view.state is EntryState.WITHDRAWN) == entry.hidden
        assert {view.id for view in look.waiting(ann)} == {key for key, entry in self.model.items() if entry.draft}
        assert self.house.live("hiccups", "2") == HICCUPS
        assert [view.id for view in look.find(ELSEWHERE, "")] == ["hiccups"]

    def teardown(self):
        if not hasattr(self, "runner"):
            return
        for entry_id, entry in self.model.items():
            own = self.runner.run(self.house.moderators.look.history(moderator("ann"), entry_id)).own
            assert [one.question.answers[0].body if one.question else None for one in own] == [
                body for body, _ in entry.revisions
            ]
        self.runner.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()


@pytest.mark.parametrize(
    "examples", [5, pytest.param(scaled(2_000, 20), marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_the_desk_does_what_the_model_says(open_house, examples):
    machine = type("Machine", (Moderators,), {"open_house": staticmethod(open_house)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
