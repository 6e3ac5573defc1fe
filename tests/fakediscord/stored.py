"""Finds stored words in what is shown, however they are escaped, quoted or cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.model import Answer, Question

# Forty characters of a body in a row are stored words; fewer may be anybody's. Without punctuation they are some
# 36, and 32 where there is much of it.
CONSECUTIVE = 32
# A title this long is recognised whole; a shorter one may stand in any sentence.
_TITLE = 25
_STEP = CONSECUTIVE // 2
_NO_WORDS = re.compile(r"[^\w]+")


def plain(text: str) -> str:
    """Give the words of `text` alone, single blanks between them: no markup, escapes, quotes or line ends."""
    return _NO_WORDS.sub(" ", showable(text).replace("_", " ")).strip().casefold()


class StoredWords:
    """Knows every body and title that was ever live. What it is shown it reads only when it is first asked."""

    def __init__(self) -> None:
        self._waiting: list[Question] = []
        self._read: set[Question] = set()
        self._titles: set[str] = set()
        self._short: dict[str, list[Answer]] = {}
        self._long: dict[str, list[Answer]] = {}
        self._pieces: dict[str, list[tuple[str, int]]] = {}

    def add(self, questions: Iterable[Question]) -> None:
        self._waiting += questions

    def titles_in(self, shown: str) -> list[str]:
        """Give the stored titles that stand whole in `shown`, which is plain."""
        self._catch_up()
        return [title for title in self._titles if title in shown]

    def answers_in(self, shown: str) -> list[tuple[Answer, ...]]:
        """Give, for each body of which `shown` holds enough characters in a row, or all, the answers that have it."""
        self._catch_up()
        found = {body: self._short[body] for body in self._short if f" {body} " in f" {shown} "}
        for start in range(len(shown) - _STEP + 1):
            for body, at in self._pieces.get(shown[start : start + _STEP], ()):
                if body not in found and _run(shown, start, body, at) >= CONSECUTIVE:
                    found[body] = self._long[body]
        return [tuple(answers) for answers in found.values()]

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for question in waiting:
            if question in self._read:
                continue
            self._read.add(question)
            if len(title := plain(question.title)) >= _TITLE:
                self._titles.add(title)
            for answer in question.answers:
                self._read_body(answer)

    def _read_body(self, answer: Answer) -> None:
        body = plain(answer.body)
        if len(body) < CONSECUTIVE:
            if len(body) >= _TITLE:
                self._short.setdefault(body, []).append(answer)
            return
        known = body in self._long
        self._long.setdefault(body, []).append(answer)
        if not known:
            # Any run that is long enough holds a whole one of these pieces.
            for at in range(0, len(body) - _STEP + 1, _STEP):
                self._pieces.setdefault(body[at : at + _STEP], []).append((body, at))


def _run(shown: str, start: int, body: str, at: int) -> int:
    """Give how many characters in a row agree around two places that agree already."""
    end = _STEP
    while start + end < len(shown) and at + end < len(body) and shown[start + end] == body[at + end]:
        end += 1
    begin = 0
    while start - begin > 0 and at - begin > 0 and shown[start - begin - 1] == body[at - begin - 1]:
        begin += 1
    return begin + end
