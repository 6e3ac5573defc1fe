"""A Discord message before it is one: texts and rules in a frame, and rows of buttons below it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cogs._rendering.limits import BUTTONS_IN_A_ROW, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cogs._custom_ids.states import State


class Tone(StrEnum):
    """What kind of message it is; each but the plain one has a frame with a calm colour of its own."""

    ANSWER = "answer"
    CHOICES = "choices"
    EMERGENCY = "emergency"
    PLAIN = "plain"


class Fullness(StrEnum):
    """How much of several answers is open: all of them where they fit one message, or the first."""

    FULL = "full"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a reply is drawn, and how: `asker` is the member whose reply it is.

    `others` stand for the entries that the asker is offered on saying "not my question" (see `states.checksum`).
    `caution` is the category of the alarm whose line stands above the reply, or "". `votes` is whether an answer can be
    voted on.
    """

    asker: int
    fullness: Fullness = Fullness.FULL
    others: tuple[str, ...] = ()
    caution: str = ""
    votes: bool = False
    greeting: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label and what it remembers. `current` shows where the reader is and cannot be pressed.

    `idle` cannot be pressed either: a preview shows a button that does something only under the real reply.
    """

    label: str
    state: State
    current: bool = False
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a select: choosing it is pressing a button with this state."""

    label: str
    state: State
    description: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose one line from. The states of its lines differ."""

    placeholder: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A message: blocks of texts with a rule between blocks, then selects, then rows of at most five buttons each.

    No text is empty. Each stands in a text display of its own, so that no markup reaches from one into another.
    """

    tone: Tone
    blocks: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    selects: tuple[Select, ...] = ()

    @property
    def size(self) -> int:
        """Characters over all texts, in UTF-16 units."""
        return sum(size(text) for block in self.blocks for text in block)

    @property
    def components(self) -> int:
        """How many components it takes: the frame, its texts and rules, rows with selects and with buttons."""
        frame = 0 if self.tone is Tone.PLAIN else 1
        texts_and_rules = sum(map(len, self.blocks)) + len(self.blocks) - 1
        return frame + texts_and_rules + 2 * len(self.selects) + len(self.rows) + sum(map(len, self.rows))


def texts(*written: str) -> tuple[str, ...]:
    """Give those of the texts that show something: Discord refuses a message with a blank one."""
    return tuple(text for text in written if text.strip())


def in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Put buttons into rows of as many as a row holds."""
    starts = range(0, len(buttons), BUTTONS_IN_A_ROW)
    return tuple(tuple(buttons[start : start + BUTTONS_IN_A_ROW]) for start in starts)
