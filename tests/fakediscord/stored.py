"""Finds stored words in what is shown, however they are escaped, quoted or cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from knowledge.model import Answer, Question

# Forty characters of a body in a row are stored words; fewer may be anybody's. Without punctuation they are some
# 36, and 32 where there is much of it.
CONSECUTIVE = 32
# A title this long is recognised whole; a shorter one may stand in any sentence.
_TITLE = 25
_STEP = CONSECUTIVE // 2
# So many characters more two texts agree in by chance, past the end of what one took from the other.
_CHANCE = 8
_NO_WORDS = re.compile(r"[^\w]+")


def plain(text: str) -> str:
    """Give the words of `text` alone, single blanks between them: no markup, escapes, quotes or line ends."""
    return _NO_WORDS.sub(" ", showable(text).replace("_", " ")).strip().casefold()


@cache
def _stored(text: str) -> str:
    """Give the plain words of a text that is looked for in one test after another."""
    return plain(text)


# Where pieces of bodies stand, of all bodies that any test showed: to find them anew for each takes the most time.
_PLACES: dict[str, list[tuple[str, int]]] = {}


@cache
def _take_apart(body: str) -> None:
    """Note the pieces of a plain body. Any run of it that is long enough holds a whole one of them."""
    for at in range(0, len(body) - _STEP + 1, _STEP):
        _PLACES.setdefault(body[at : at + _STEP], []).append((body, at))


def strings_in(value: Any, without: Container[str] = ()) -> list[str]:
    """Give every text in a JSON value, but for those under the keys `without`."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in without for text in strings_in(part, without)]
    if isinstance(value, list):
        return [text for part in value for text in strings_in(part, without)]
    return [value] if isinstance(value, str) else []


@dataclass(frozen=True, slots=True)
class Quote:
    """A run of what is shown, from `begin` to `end`, and the answers in whose body it stands."""

    begin: int
    end: int
    answers: tuple[Answer, ...]

    def covers(self, other: Quote) -> bool:
        """Whether this shows all that `other` does; of two that show the same, either covers the other."""
        return self.begin <= other.begin + _CHANCE and other.end <= self.end + _CHANCE


class StoredWords:
    """Knows every body and title that was ever live. What it is shown it reads only when it is first asked.

    `ours` are sentences that nobody is quoted with, longest first, although some experts write them too.
    """

    def __init__(self, ours: Iterable[str] = ()) -> None:
        self._waiting: list[Question] = []
        self._read: set[Question] = set()
        self._titles: set[str] = set()
        self._short: dict[str, list[Answer]] = {}
        self._long: dict[str, list[Answer]] = {}
        self._ours = [_stored(sentence) for sentence in ours]

    def add(self, questions: Iterable[Question]) -> None:
        self._waiting += questions

    def titles_in(self, shown: str) -> list[str]:
        """Give the stored titles that stand whole in `shown`, which is plain."""
        self._catch_up()
        return [title for title in self._titles if title in shown]

    def quotes_in(self, shown: str) -> list[Quote]:
        """Give every run of `shown`, which is plain, that is a stored body's: long enough, or a whole short body."""
        self._catch_up()
        for ours in self._ours:
            shown = shown.replace(ours, "\n" * len(ours))
        found: dict[tuple[int, int, str], Quote] = {}
        for body, answers in self._short.items():
            for hit in re.finditer(rf"\b{re.escape(body)}\b", shown):
                found[*hit.span(), body] = Quote(*hit.span(), tuple(answers))
        read: dict[tuple[str, int], int] = {}
        for start in range(len(shown) - _STEP + 1):
            for body, at in _PLACES.get(shown[start : start + _STEP], ()):
                if body not in self._long or start < read.get((body, start - at), 0):
                    continue  # another test's, or inside a run that is known
                begin, end = _run(shown, start, body, at)
                read[body, start - at] = end
                if end - begin >= CONSECUTIVE:
                    found[begin, end, body] = Quote(begin, end, tuple(self._long[body]))
        return list(found.values())

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for question in waiting:
            if question in self._read:
                continue
            self._read.add(question)
            if len(title := _stored(question.title)) >= _TITLE:
                self._titles.add(title)
            for answer in question.answers:
                self._read_body(answer)

    def _read_body(self, answer: Answer) -> None:
        body = _stored(answer.body)
        if len(body) < CONSECUTIVE:
            if len(body) >= _TITLE:
                self._short.setdefault(body, []).append(answer)
            return
        self._long.setdefault(body, []).append(answer)
        _take_apart(body)


def _run(shown: str, start: int, body: str, at: int) -> tuple[int, int]:
    """Give from where to where `shown` agrees with a body, around two places that agree already."""
    end = _STEP
    while start + end < len(shown) and at + end < len(body) and shown[start + end] == body[at + end]:
        end += 1
    begin = 0
    while start - begin > 0 and at - begin > 0 and shown[start - begin - 1] == body[at - begin - 1]:
        begin += 1
    return start - begin, start + end
