"""What moderators are shown of a server's counts: a table, what was asked most, what was missed most; and a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._rendering.closing import closing
from cogs._rendering.escape import escaped
from cogs._rendering.layouts import Layout, Tone
from cogs._rendering.paging import shortened
from knowledge.statistics.summary import PERIODS
from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.model import Notice, Question
    from knowledge.statistics.summary import Statistics, Totals

HEADING = "### What became of the questions here"
MEANINGS = (
    "-# Missed: asked directly, and there was no answer to show. Silent: read in a watched channel and left alone; "
    "those that looked like questions are counted apart. Other: not a question in English words, or put off. "
    "Days are UTC."
)
NEAR_NOTHING = "near no topic"
_TITLE_ROOM, _TOPIC_ROOM = 200, 100
# A phone shows about so many characters of a table in one line.
_LABEL, _COLUMN = 12, 8


def stats(told: Statistics, questions: Mapping[str, Question], notice: Notice, heading: str = HEADING) -> Layout:
    """Draw the figures. `questions` are those that are live, by id."""
    top = "\n".join(
        f"- {_cut(questions[entry].title, _TITLE_ROOM)} · **{n:,}**" for entry, n in told.top if entry in questions
    )
    missed = [f"- {_cut(topic, _TOPIC_ROOM)} · **{n:,}**" for topic, n in told.missed_topics]
    missed += [f"- {NEAR_NOTHING} · **{told.near_nothing:,}**"] if told.near_nothing else []
    blocks = (
        (heading, _table(told), MEANINGS),
        (f"**Answered most** in the last {told.days} days\n{top}",) if top else (),
        (f"**Topics left without an answer most** in the last {told.days} days\n" + "\n".join(missed),)
        if missed
        else (),
        closing(notice),
    )
    return Layout(Tone.CHOICES, tuple(block for block in blocks if block))


def alternative(told: Statistics) -> str:
    """Say what the chart shows, for those who do not see it."""
    answered, asked_back, missed = (
        sum(getattr(bar, name) for bar in told.bars) for name in ("answered", "asked_back", "missed")
    )
    each = "day" if len(told.bars) == told.days else "week"
    busiest = max(told.bars, key=lambda bar: bar.answered + bar.asked_back + bar.missed)
    return (
        f"Bars for each {each} from {told.bars[0].begins:%d %B %Y} to {told.today:%d %B %Y}: {answered:,} answered, "
        f"{asked_back:,} asked back, {missed:,} missed. The busiest {each}, from {busiest.begins:%d %B}, has "
        f"{busiest.answered:,} answered, {busiest.asked_back:,} asked back and {busiest.missed:,} missed."
    )


def _table(told: Statistics) -> str:
    columns = [_column(told.totals[period]) for period in PERIODS]
    head = " " * _LABEL + "".join(f"{period:>{_COLUMN - 5}} days" for period in PERIODS)
    rows = [f"{label:<{_LABEL}}" + "".join(f"{one[label]:>{_COLUMN}}" for one in columns) for label in columns[0]]
    return "\n".join(("```", head, *rows, "```"))


def _column(totals: Totals) -> dict[str, str]:
    share = totals.helpful.share
    return {
        "Answered": f"{totals.answered:,}",
        "Asked back": f"{totals.asked_back:,}",
        "  and chosen": f"{totals.chosen:,}",
        "Missed": f"{totals.missed:,}",
        "Emergencies": f"{totals.emergencies:,}",
        "Silent": f"{totals.silent:,}",
        "  questions": f"{totals.unsure:,}",
        "Other": f"{totals.other:,}",
        "Helpful": "-" if share is None else f"{share:.0%}",
    }


def _cut(text: str, room: int) -> str:
    return escaped(shortened(" ".join(showable(text).split()), room))
