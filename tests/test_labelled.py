"""What members may ask of the shipped book, and what must come of it: the whole pipeline over a labelled set.

A line of `data/labelled.jsonl` holds a text and what is wanted:

    answer       the entry `id` is the right answer; being asked back or nothing is a miss, another entry is wrong
    none         no answer is right; choices are tolerated, for members who asked directly
    choices-ok   choices or nothing are right, and so is the answer `id` where one is named; any other answer is wrong
    emergency    only an emergency card is right; everywhere else a card is a false alarm. Overheard, silence is a miss
                 and an answer is wrong

The lines were written from the members' side, before any matcher or screen had read them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.model import AnswerReply, ChoicesReply, Outcome, Place
from knowledge.respond import respond

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.content.library import Snapshot
    from knowledge.model import Decision

LABELLED = Path(__file__).parent / "data" / "labelled.jsonl"

# Of the lines that have an answer, asked directly: the least share that gets it at once, and the least share that gets
# it at once or among the choices.
ANSWERED = 0.75
FOUND = 0.92
# Overheard, the bot may stay silent more often, but must be no less right.
ANSWERED_OVERHEARD = 0.55
# In a watched channel only the strongest rules speak up; what they leave out must still get no answer.
ALARMED_OVERHEARD = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    want: str
    id: str
    note: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What came of every line: `right`, `asked-back`, `offered`, `silent`, `wrong`, `missed-alarm`, `false-alarm`."""

    results: tuple[tuple[Line, str, str], ...]

    def share(self, want: str, *kinds: str) -> float:
        """The share of the lines with this `want` that came out as one of `kinds`."""
        found = [kind for line, kind, _ in self.results if line.want == want]
        return sum(kind in kinds for kind in found) / len(found)

    def of(self, kind: str) -> list[str]:
        return [f"{line.text!r} ({line.note}): {told}" for line, found, told in self.results if found == kind]


def labelled_lines() -> list[Line]:
    return [Line(**json.loads(line)) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def judge(line: Line, decision: Decision) -> tuple[str, str]:
    """Name what came of a line, and tell it."""
    alarm = decision.outcome is Outcome.EMERGENCY
    if alarm and line.want != "emergency":
        return "false-alarm", f"{decision.verdict.category} {decision.verdict.rule_ids}"
    if isinstance(decision.reply, AnswerReply):
        told = f"{decision.reply.question.id}, wanted {line.id or line.want}"
        return ("right" if line.id == decision.reply.question.id else "wrong"), told
    if line.want == "emergency":
        return ("right" if alarm else "missed-alarm"), f"{decision.verdict.tier} {decision.verdict.rule_ids}"
    if line.want != "answer":
        return "right", ""
    offered = [question.id for question in decision.reply.questions] if isinstance(decision.reply, ChoicesReply) else []
    if not offered:
        return "silent", f"{decision.reason}, wanted {line.id}"
    return ("asked-back" if line.id in offered else "offered-others"), f"{offered}, wanted {line.id}"


def ask_all(snapshot: Snapshot, lines: Sequence[Line], place: Place) -> Outcomes:
    results = []
    for line in lines:
        kind, told = judge(line, respond(snapshot, line.text, place))
        results.append((line, kind, told))
    outcomes = Outcomes(tuple(results))
    print(f"{'Asked directly' if place.addressed else 'Overheard'}\n{table(outcomes)}")  # noqa: T201  # pytest shows it when a test fails
    return outcomes


@pytest.fixture(scope="module")
def asked(shipped) -> Outcomes:
    return ask_all(shipped, labelled_lines(), Place(addressed=True))


@pytest.fixture(scope="module")
def overheard(shipped) -> Outcomes:
    return ask_all(shipped, labelled_lines(), Place(addressed=False))


def table(outcomes: Outcomes) -> str:
    counted = Counter((line.want, kind) for line, kind, _ in outcomes.results)
    lines = [f"{want:<12}{kind:<16}{count:>4}" for (want, kind), count in sorted(counted.items())]
    for kind in ("wrong", "missed-alarm", "false-alarm", "offered-others", "silent", "asked-back"):
        lines += [f"{kind}: {told}" for told in outcomes.of(kind)]
    return "\n".join(lines)


def test_the_set_names_entries_that_exist(shipped):
    lines = labelled_lines()

    assert len(lines) >= 200
    assert len({line.text for line in lines}) == len(lines)
    assert {line.want for line in lines} == {"answer", "none", "choices-ok", "emergency"}
    assert {line.id for line in lines if line.id} <= set(shipped.questions)
    assert {line.id for line in lines if line.want == "answer"} == set(shipped.questions)
    wordings = {wording.casefold() for question in shipped.questions.values() for wording in question.wordings}
    assert not [line.text for line in lines if line.text.casefold() in wordings]


def test_no_answer_is_wrong(asked, overheard):
    assert not (wrong := asked.of("wrong")), "\n".join(wrong)
    assert not (wrong := overheard.of("wrong")), "\n".join(wrong)


def test_every_emergency_alarms_and_nothing_else_does(asked):
    assert not (missed := asked.of("missed-alarm")), "\n".join(missed)
    assert not (missed := asked.of("false-alarm")), "\n".join(missed)


def test_an_overheard_emergency_alarms_when_it_is_plain(overheard):
    assert not (missed := overheard.of("false-alarm")), "\n".join(missed)
    assert overheard.share("emergency", "right") >= ALARMED_OVERHEARD


def test_choices_are_at_least_a_little_likely(shipped):
    for line in labelled_lines():
        decision = respond(shipped, line.text, Place(addressed=True))
        if isinstance(decision.reply, ChoicesReply) and decision.reason != "bare-topic":
            confidence = {match.question.id: match.confidence for match in decision.ranking.matches}
            assert all(confidence[question.id] >= 0.05 for question in decision.reply.questions), line.text


def test_most_questions_are_answered(asked):
    assert asked.share("answer", "right") >= ANSWERED
    assert asked.share("answer", "right", "asked-back") >= FOUND


def test_many_questions_are_answered_unasked(overheard):
    assert overheard.share("answer", "right") >= ANSWERED_OVERHEARD
