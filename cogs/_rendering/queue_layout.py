"""What moderators see of the questions that wait for them, and of the wordings that members showed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import EditAgain
from cogs._custom_ids.queue_states import (
    AnsweredBy,
    Assigned,
    Dismissed,
    Dropped,
    PhrasingOf,
    Queued,
    Suggested,
    TakenOver,
)
from cogs._rendering import desk_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.escape import escaped, tidy
from cogs._rendering.layouts import Button, in_rows
from cogs._rendering.paging import shortened
from knowledge.curation.waiting import Ending
from knowledge.curation.wordings import can_be_phrasing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cogs._rendering.layouts import Layout
    from knowledge.curation.votes import Tally
    from knowledge.curation.waiting import Ended, WaitingQuestion
    from knowledge.model import Match, Notice, Question
    from knowledge.moderation.phrasings import Suggestion

NOTHING_WAITS = "**No question waits for an answer.**"
NONE_NEAR = "None comes near this question."
SUGGESTED = "Suggested: a phrasing of {number}"
TRIED = "Tried against every example and other question: it takes nothing from them."
NO_WORDINGS = "No wording that a member showed fits just now: none is there, or each would take questions from others."
# Rooms in UTF-16 units, escaped, so that the notice always fits below.
_TEXT, _OTHERS, _TITLE = 1_500, 150, 200
_MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """A question that waits, at its `place` of `count`, with what is nearest to it.

    `form` is where the moderator's unsaved answer is held. The words would do as a phrasing of the entry `suggested`,
    which is "" for none.
    """

    question: WaitingQuestion
    place: int
    count: int
    nearest: Sequence[Match]
    form: int
    suggested: str = ""


def page(seen: Seen, said: str, reported: Sequence[Passage], notice: Notice) -> Layout:
    """Draw one question. `said` tells what was just done, or is ""."""
    question = seen.question
    first, *others = question.texts
    heading = "\n".join(filter(None, (said, _heading(seen))))
    passages = [Passage("Asked like this", shortened(tidy(first), _TEXT))]
    if others:
        shown = [f"- {shortened(_line(text), _OTHERS)}" for text in others[:_MOST_OTHERS]]
        passages.append(Passage("And like this", "\n".join(shown)))
    near = [
        f"{number}. {shortened(_line(match.question.title), _TITLE)} ({int(match.confidence * 100)}% sure)"
        for number, match in enumerate(seen.nearest, 1)
    ]
    passages.append(Passage("Nearest stored questions", "\n".join(near) or NONE_NEAR))
    suggested = [number for number, match in enumerate(seen.nearest, 1) if match.question.id == seen.suggested]
    passages += [Passage(SUGGESTED.format(number=number), TRIED) for number in suggested]
    rows = tuple(tuple(row) for row in _rows(seen) if row)
    return desk_layout.told(heading, [*passages, *reported], notice, rows).layout


def before_telling(question: WaitingQuestion, title: str, state: AnsweredBy, notice: Notice) -> Layout:
    """Ask whether a stored question answers what waits: there is no taking back what members are told."""
    askers = len(question.askings)
    whom = "the member who asked" if askers == 1 else f"the {askers} members who asked"
    passages = [
        Passage("Asked like this", shortened(tidy(question.texts[0]), _TEXT)),
        Passage("This answers it", shortened(_line(title), _TITLE)),
    ]
    row = (Button("Tell them", replace(state, sure=True)), Button("Back to the questions", Queued(0)))
    return desk_layout.told(f"**Tell {whom}?** They are sent the answer at once.", passages, notice, (row,)).layout


def empty(said: str, reported: Sequence[Passage], notice: Notice) -> Layout:
    """Draw the queue when nothing waits."""
    heading = "\n".join(filter(None, (said, NOTHING_WAITS)))
    rows = ((Button("Members' wordings", Suggested(0)),),)
    return desk_layout.told(heading, reported, notice, rows).layout


def reports(tallies: Mapping[str, Tally], shown: Mapping[str, Question]) -> list[Passage]:
    """Give what members reported as harmful, where they did."""
    listed = [
        f"- {shortened(_line(shown[entry].title), _TITLE)} ({tally.could_harm})"
        for entry, tally in tallies.items()
        if entry in shown
    ]
    return [Passage("Reported in the last month: could harm someone", "\n".join(listed[:5]))] if listed else []


def suggestion(found: Suggestion | None, title: str, said: str, notice: Notice) -> Layout:
    """Draw a wording that a member showed."""
    back = Button("Back to the questions", Queued(0))
    if found is None:
        return desk_layout.told("\n".join(filter(None, (said, NO_WORDINGS))), [], notice, ((back,),)).layout
    number = found.wording.id
    heading = f"**A member's wording.** {TRIED}"
    passages = [
        Passage("Somebody asked", shortened(tidy(found.wording.text), _TEXT)),
        Passage("and chose the answer to", shortened(_line(title), _TITLE)),
    ]
    row = (
        Button("Add as a phrasing", TakenOver(number)),
        Button("Drop it", Dropped(number)),
        Button("Next", Suggested(number)),
        back,
    )
    return desk_layout.told("\n".join(filter(None, (said, heading))), passages, notice, (row,)).layout


def how_it_ended(ended: Ended | None, shown: Mapping[str, Question]) -> str:
    """Say why a question waits no longer."""
    if ended is None:
        return ""
    by = f" by <@{ended.by}>" if ended.by else ""
    if ended.ending is Ending.ANSWERED:
        entry = shown.get(ended.entry_id)
        return f"It was answered{by}" + (f': "{escaped(shortened(_line(entry.title), _TITLE))}".' if entry else ".")
    if ended.ending is Ending.DISMISSED:
        return f"It was dismissed{by}."
    return "Its askers took it back." if ended.ending is Ending.TAKEN_BACK else "Its time was over."


def _heading(seen: Seen) -> str:
    question, askers = seen.question, len(seen.question.askings)
    many = "1 member asks" if askers == 1 else f"{askers} members ask"
    whose = f" <@{question.assigned_to}> looks after it." if question.assigned_to else ""
    place = f"**{seen.place + 1} of {seen.count} that wait.**"
    return f"{place} {many} this, first on <t:{int(question.at.timestamp())}:d>.{whose}"


def _rows(seen: Seen) -> Iterator[Sequence[Button]]:
    question = seen.question
    number, version = question.id, question.version
    yield [
        Button("Write an answer", EditAgain(seen.form)),
        Button("Leave it to others" if question.assigned_to else "I look after it", Assigned(number, version)),
        Button("Dismiss", Dismissed(number, version)),
    ]
    deciding = [
        Button(f"Answered by {place}", AnsweredBy(number, version, match.question.id))
        for place, match in enumerate(seen.nearest, 1)
    ]
    deciding += [
        Button(f"A phrasing of {place}", PhrasingOf(number, match.question.id))
        for place, match in enumerate(seen.nearest, 1)
        if can_be_phrasing(question.texts[0]) and not match.forbidden
    ]
    yield from in_rows(deciding)
    turning = [Button("Previous", Queued(seen.place - 1))] if seen.place else []
    turning += [Button("Next", Queued(seen.place + 1))] if seen.place + 1 < seen.count else []
    yield [*turning, Button("Members' wordings", Suggested(0))]


def _line(text: str) -> str:
    return " ".join(tidy(text).split())
