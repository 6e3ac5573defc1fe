"""Bylines: who speaks in the block above. Never guessed; what a block does not say stays unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from knowledge.content._page_lines import (
    is_credentials,
    is_date,
    is_plain_name,
    is_sentence,
    is_titled_name,
    is_training,
    rating_of,
)

_LINES_AT_MOST = 6
_STARS = 5


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank one between them; `gap` blank lines stood above."""

    lines: tuple[str, ...]
    gap: int = 1

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


class Sure(IntEnum):
    """How surely a block is a byline."""

    LOOKS_LIKE = 1  # credentials alone, or below a plain name
    NAMED = 2  # credentials below a name with a degree or a title
    RATED = 3  # with a line of stars


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an answer. `above` are lines of the same block that belong to the answer's body."""

    sure: Sure
    name: str | None = None
    credentials: str | None = None
    rating: float | None = None
    reviews: int | None = None
    above: tuple[str, ...] = ()
    dropped: tuple[str, ...] = field(default=())
    impossible_rating: bool = False

    @property
    def says_who(self) -> bool:
        """Whether it says anything but stars."""
        return bool(self.name or self.credentials or self.above)


def byline_of(block: Block) -> Byline | None:
    """Read a block as a byline, or give None where it is not one."""
    lines = tuple(line.strip() for line in block.lines if not is_date(line))
    dropped = tuple(line for line in block.lines if is_date(line))
    rating = rating_of(lines[-1]) if lines else None
    if rating is not None:
        return _rated(lines[:-1], rating, (*dropped, lines[-1]))
    return _unrated(lines, dropped)


def _rated(lines: tuple[str, ...], rating: tuple[float | None, int | None], dropped: tuple[str, ...]) -> Byline | None:
    stars, reviews = rating
    above, name, credentials = _who(lines)
    doubtful = not name and not any(is_credentials(line) or is_plain_name(line) for line in credentials[-1:])
    if (stars is None or reviews is None) and doubtful:
        return None  # a paragraph that only mentions stars or reviews
    possible = stars is None or stars <= _STARS
    return Byline(
        Sure.LOOKS_LIKE if doubtful and lines else Sure.RATED,
        name,
        "\n".join(credentials) or None,
        stars if possible else None,
        reviews if possible else None,
        above,
        dropped,
        impossible_rating=not possible,
    )


def _unrated(lines: tuple[str, ...], dropped: tuple[str, ...]) -> Byline | None:
    if not 1 <= len(lines) <= _LINES_AT_MOST or any(map(is_sentence, lines)):
        return None
    if not is_credentials(lines[-1]):
        return None
    above, name, credentials = _who(lines)
    if above:
        return None
    sure = Sure.NAMED if name and is_titled_name(name) else Sure.LOOKS_LIKE
    if name is None and not all(is_credentials(line) or is_training(line) for line in lines):
        return None
    return Byline(sure, name, "\n".join(credentials), dropped=dropped)


def _who(lines: tuple[str, ...]) -> tuple[tuple[str, ...], str | None, tuple[str, ...]]:
    """Split the lines above the stars into those of the body, the name and the credentials."""
    start = max((number + 1 for number, line in enumerate(lines) if is_sentence(line)), default=0)
    above, rest = lines[:start], lines[start:]
    names = [number for number, line in enumerate(rest) if is_titled_name(line) and not is_credentials(line)]
    if names:
        return (*above, *rest[: names[-1]]), rest[names[-1]], rest[names[-1] + 1 :]
    if len(rest) > 1 and is_plain_name(rest[0]) and not is_credentials(rest[0]) and not is_training(rest[0]):
        return above, rest[0], rest[1:]
    return above, None, rest
