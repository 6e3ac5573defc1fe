"""Doctor-answers pages in, questions with their experts' answers out, word for word."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.content._page_answers import Parsed, blocks_of, joined, parse_answers
from knowledge.content._page_lines import announced
from knowledge.content._page_text import EXPECTED, SIZE_LIMIT, PageText, page_text
from knowledge.content.ids import id_from_title
from knowledge.errors import PageRefused
from knowledge.model import Answer, Question, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.content._page_answers import Found

# A page of more bytes is refused, so nobody need read further.
MOST_BYTES = SIZE_LIMIT


@dataclass(frozen=True, slots=True)
class PageWarning:
    """Something that a person should look at. `code` is a short fixed name, `message` a sentence."""

    code: str
    message: str

    def __str__(self) -> str:
        """`code: message`."""
        return f"{self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Page:
    """A doctor-answers page, taken apart. What it does not say is "" or None.

    `announced` is the number of answers that the page names. `dropped` are its lines that belong to no field: that
    number, stars, and the site's own.
    """

    title: str
    details: str
    answers: tuple[Answer, ...]
    notice: str
    announced: int
    warnings: tuple[PageWarning, ...] = ()
    dropped: tuple[str, ...] = ()


def read_page(data: bytes) -> Page:
    """Take apart the bytes of a doctor-answers page.

    Raises PageRefused (`empty`, `not-text`, `not-doctor-answers`, `too-large`) for anything else. No word is lost and
    no one's words are given to another: in doubt a byline stays None and a warning tells of it.
    """
    text = page_text(data)
    number, count = _count_line(text)
    dropped = [text.lines[number]]
    title, details = _head(text.lines[:number], dropped)
    parsed = parse_answers(text.lines[number + 1 :], count, title)
    _refuse_run_together(parsed, count)
    return Page(
        title,
        details,
        tuple(map(_to_answer, parsed.answers)),
        parsed.notice,
        count,
        tuple(_warnings(text, title, parsed, count)),
        (*dropped, *parsed.dropped),
    )


def _count_line(text: PageText) -> tuple[int, int]:
    """Give the place of the line that starts the answers, and the number it names.

    A line that stands apart is taken before one inside a paragraph.
    """
    lines = text.lines
    found = [(number, count) for number, line in enumerate(lines) if (count := announced(line)) is not None]
    if not found:
        if text.holds_controls:
            raise PageRefused("not-text", f"The file holds control characters and is no text. {EXPECTED}")
        raise PageRefused("not-doctor-answers", f'No line "Doctor Answers" with a number was found. {EXPECTED}')

    def apart(number: int) -> bool:
        return not any(lines[near : near + 1] and lines[near] for near in (number - 1, number + 1) if near >= 0)

    return next(((number, count) for number, count in found if apart(number)), found[0])


def _head(lines: Sequence[str], dropped: list[str]) -> tuple[str, str]:
    blocks = blocks_of(lines, dropped)
    whole = joined(blocks)
    title, _, details = whole.partition("\n")
    return title.strip(), details.strip()


def _refuse_run_together(parsed: Parsed, count: int) -> None:
    """Refuse the later layout, which runs all bodies together without a byline: who said what is lost."""
    if count > 1 and len(parsed.answers) == 1 and parsed.notice and parsed.answers[0].byline is None:
        told = f"The page announces {count} answers, and no byline tells whose words are whose."
        raise PageRefused("not-doctor-answers", f"{told} {EXPECTED}")


def _to_answer(found: Found) -> Answer:
    byline = found.byline
    if byline is None:
        return Answer(found.body, found.headline)
    return Answer(found.body, found.headline, byline.name, byline.credentials, byline.rating, byline.reviews)


def _warnings(text: PageText, title: str, parsed: Parsed, count: int) -> Iterator[PageWarning]:
    if text.windows_1252:
        yield PageWarning("not-utf-8", "The file is not UTF-8 and was read as Windows-1252; look at its accents.")
    if not title:
        yield PageWarning("no-title", "The page names no question.")
    for number, answer in enumerate(parsed.answers, start=1):
        yield from _warnings_of_answer(number, answer)
    if not parsed.answers:
        yield PageWarning("no-answers", "The page holds no answer.")
    if count != len(parsed.answers):
        told = f"The page announces {_answers(count)}, and {len(parsed.answers)} {_were(parsed)} found."
        hint = " An answer without a byline may stand inside another one." if count > len(parsed.answers) else ""
        yield PageWarning("count-mismatch", told + hint)
    if not parsed.notice:
        yield PageWarning("no-notice", "The page ends without a notice.")
    if text.cut_character or _breaks_off(parsed):
        yield PageWarning("truncated", "The page breaks off; its end is missing.")


def _warnings_of_answer(number: int, answer: Found) -> Iterator[PageWarning]:
    shown = f' ("{answer.headline}")' if answer.headline else ""
    if answer.byline is None:
        yield PageWarning("answer-without-byline", f"Answer {number}{shown} has no byline; who wrote it is unknown.")
    elif answer.byline.impossible_rating:
        yield PageWarning("impossible-rating", f"Answer {number}{shown} has more than 5 stars; they were left out.")
    if not answer.body:
        yield PageWarning("answer-without-body", f"Answer {number}{shown} has a byline but no text.")


def _breaks_off(parsed: Parsed) -> bool:
    if parsed.notice:
        last = parsed.notice
    elif parsed.answers and parsed.answers[-1].byline is None:
        last = parsed.answers[-1].body or parsed.answers[-1].headline
    else:
        return False
    return not last.rstrip("\"')]\u201d\u2019\u00bb").endswith((".", "!", "?", "\u2026"))


def _answers(count: int) -> str:
    return f"{count:,} answer{'' if count == 1 else 's'}"


def _were(parsed: Parsed) -> str:
    return "was" if len(parsed.answers) == 1 else "were"


def question_of(page: Page, file: str, data: bytes) -> Question:
    """Make an entry of a page; `file` is the bare name of the file it was read from, `data` what stood in it.

    The id is made from the title.
    """
    source = Source(file.encode("utf-8", "replace").decode(), hashlib.sha256(data).hexdigest())
    return Question(
        id_from_title(page.title), page.title, page.answers, details=page.details, notice=page.notice, source=source
    )
