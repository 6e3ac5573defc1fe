"""What `/browse` shows: topics, and the questions under one, a page at a time, closed by the notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogs._custom_ids.reply_states import Browsed, Listed, Topics
from cogs._rendering.closing import closing
from cogs._rendering.escape import escaped
from cogs._rendering.layouts import Button, Layout, Option, Select, Tone, in_rows, texts
from cogs._rendering.paging import shortened
from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Callable

    from cogs._custom_ids.states import State
    from knowledge.content.contents import Contents, Topic
    from knowledge.model import Notice

_TOPICS_ON_A_PAGE = 20
_QUESTIONS_ON_A_PAGE = 10
# Rooms in UTF-16 units, escaped: a full page, an operator's addition and the notice fit one message.
_TOPIC_ROOM = 90
_TITLE_ROOM = 230
# From so many pages on there is a list of pages to leap to: near ones close together, far ones far apart, so that a few
# leaps lead anywhere.
_MANY_PAGES = 4
_LEAPS = tuple(3**power for power in range(9))
NO_TOPIC = "Without a topic"
ALL_QUESTIONS = "All questions"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a longer list: which, from 0, of how many; where it begins and ends in the list; how to get to others.

    `begins_with` names what another page begins with, `at` gives the state that shows it.
    """

    number: int
    count: int
    begin: int
    end: int
    begins_with: Callable[[int], str]
    at: Callable[[int], State]


def topics(contents: Contents, place: int, notice: Notice, said: str = "") -> Layout:
    """Draw a page of the topics. `said` is a sentence of ours that comes first."""
    found = tuple(contents.topics.values())
    page = _page(len(found), place, _TOPICS_ON_A_PAGE, lambda first: _name(found[first]), Topics)
    shown = found[page.begin : page.end]
    listed = "\n".join(f"- **{_cut(_name(topic), _TOPIC_ROOM)}** · {_counted(topic)}" for topic in shown)
    options = tuple(Option(_name(topic), Listed(topic.key), _counted(topic)) for topic in shown)
    head = _head("Topics", f"{len(found):,} topic{'' if len(found) == 1 else 's'}", page)
    return _drawn(page, texts(said, head, listed), Select("Choose a topic", options), notice)


def questions(contents: Contents, topic: Topic, place: int, notice: Notice) -> Layout:
    """Draw a page of the questions under a topic."""
    page = _page(
        len(topic.questions),
        place,
        _QUESTIONS_ON_A_PAGE,
        lambda first: _line(contents.questions[topic.questions[first]].title),
        lambda to: Listed(topic.key, to),
    )
    on_page = (contents.questions[entry] for entry in topic.questions[page.begin : page.end])
    shown = tuple(enumerate(on_page, page.begin + 1))
    listed = "\n".join(f"**{number}.** {_cut(_line(one.title), _TITLE_ROOM)}" for number, one in shown)
    options = tuple(Option(f"{number}. {_line(one.title)}", Browsed(one.id)) for number, one in shown)
    alone = len(contents.topics) == 1 and not topic.name
    head = _head(ALL_QUESTIONS if alone else _cut(_name(topic), _TOPIC_ROOM), _counted(topic), page)
    back = () if alone else (Button("All topics", Topics()),)
    return _drawn(page, (head, listed), Select("Choose a question to read its answers", options), notice, back)


def _page(length: int, place: int, size: int, begins_with: Callable[[int], str], at: Callable[[int], State]) -> _Page:
    """Give the page at `place` of a list that is cut into pages of `size`; the last one where there are fewer."""
    count = max(1, -(-length // size))
    number = min(place, count - 1)
    begin = number * size
    return _Page(number, count, begin, min(length, begin + size), lambda to: begins_with(to * size), at)


def _drawn(page: _Page, said: tuple[str, ...], select: Select, notice: Notice, back: tuple[Button, ...] = ()) -> Layout:
    turning = [Button(label, page.at(to)) for label, to in _turns(page)]
    return Layout(
        Tone.CHOICES, (said, closing(notice, short=True)), in_rows([*turning, *back]), (select, *_leaps(page))
    )


def _turns(page: _Page) -> list[tuple[str, int]]:
    before = [("Previous page", page.number - 1)] if page.number else []
    return [*before, ("Next page", page.number + 1)] if page.number + 1 < page.count else before


def _leaps(page: _Page) -> tuple[Select, ...]:
    if page.count < _MANY_PAGES:
        return ()
    far = {0, page.count - 1, *(page.number - leap for leap in _LEAPS), *(page.number + leap for leap in _LEAPS)}
    reached = sorted(number for number in far - {page.number} if 0 <= number < page.count)
    options = (Option(f"Page {to + 1:,}: {page.begins_with(to)}", page.at(to)) for to in reached)
    return (Select("Leap to a page", tuple(options)),)


def _head(name: str, counted: str, page: _Page) -> str:
    where = f" · page {page.number + 1:,} of {page.count:,}" if page.count > 1 else ""
    return f"### {name}\n-# {counted}{where}"


def _name(topic: Topic) -> str:
    return _line(topic.name) or NO_TOPIC


def _counted(topic: Topic) -> str:
    return f"{len(topic.questions):,} question{'' if len(topic.questions) == 1 else 's'}"


def _line(text: str) -> str:
    return " ".join(showable(text).split())


def _cut(line: str, room: int) -> str:
    return escaped(shortened(line, room))
