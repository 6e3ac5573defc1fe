"""What a button or form remembers. All of it stands in its id, so that it works after a restart.

An id is a letter or two and the fields of its state with colons between, as in `o:1234:botox:0:1:`; no field holds one.
An id has at most 100 characters: a member's id takes 20 of them, an entry's 48.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cogs._custom_ids import desk_states, member_states, queue_states, reply_states
from cogs._custom_ids.desk_states import DeskState
from cogs._custom_ids.member_states import MemberState
from cogs._custom_ids.queue_states import QueueState
from cogs._custom_ids.reply_states import ReplyState
from knowledge.curation.votes import REASONS
from knowledge.curation.waiting import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


_LETTERS: dict[type[Any], str] = {
    **reply_states.LETTERS,
    **desk_states.LETTERS,
    **queue_states.LETTERS,
    **member_states.LETTERS,
}
State = ReplyState | DeskState | QueueState | MemberState
_KINDS: dict[str, type[Any]] = {letter: kind for kind, letter in _LETTERS.items()}
_SHAPES = {
    "asker": r"\d{1,20}",
    "draft": r"\d{1,20}",
    "number": r"\d{1,9}",
    "entry": r"[a-z0-9-]{1,48}",
    "answer": r"\d{1,3}",
    "page": r"\d{1,3}",
    "place": r"\d{1,6}",
    "topic": r"(?:[0-9a-f]{16})?",
    "turning": r"[01]",
    "others": r"(?:[0-9a-f]{8}(?:\.[0-9a-f]{8}){0,4})?",
    "caution": r"[a-z_-]{0,20}",
    "book": r"(?:[0-9a-f]{16})?",
    "reply": r"\d{1,20}",
    "reason": f"(?:{'|'.join(REASONS)})",
    "helpful": r"[01]",
    "private": r"[01]",
    "asked": r"\d{1,20}",
    "held": r"\d{1,20}",
    "asking": r"\d{1,18}",
    "waiting": r"\d{1,18}",
    "wording": r"\d{1,18}",
    "server": r"\d{1,20}",
    "sure": r"[01]",
    "rejected": r"[a-z0-9-]{0,48}",
    "out": r"[01]",
    "route": f"(?:{'|'.join(Route)})",
}
_READ: dict[str, Callable[[str], object]] = {
    "asker": int,
    "draft": int,
    "number": int,
    "answer": int,
    "page": int,
    "place": int,
    "turning": "1".__eq__,
    "reply": int,
    "asked": int,
    "held": int,
    "asking": int,
    "waiting": int,
    "wording": int,
    "server": int,
    "sure": "1".__eq__,
    "out": "1".__eq__,
    "helpful": "1".__eq__,
    "private": "1".__eq__,
    "others": lambda checksums: tuple(filter(None, checksums.split("."))),
}

TEMPLATE = re.compile(
    "|".join(letter + "".join(f":{_SHAPES[field.name]}" for field in fields(kind)) for letter, kind in _KINDS.items())
)
"""What every id of these states, and no other, matches from end to end."""


def written(state: State) -> str:
    """Give the id that holds `state`."""
    values = (getattr(state, field.name) for field in fields(state))
    return ":".join([_LETTERS[type(state)], *map(_written, values)])


def read(custom_id: str) -> State | None:
    """Give the state that an id holds; None for an id that is none of ours."""
    if not TEMPLATE.fullmatch(custom_id):
        return None
    letter, *values = custom_id.split(":")
    kind = _KINDS[letter]
    named = {field.name: value for field, value in zip(fields(kind), values, strict=True)}
    state: State = kind(**{name: _READ.get(name, str)(value) for name, value in named.items()})
    return state


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ".".join(value)
    return str(int(value)) if isinstance(value, bool) else str(value)


def checksum(entry: str) -> str:
    """Give eight hexadecimal digits that stand for an entry's id where the id itself is too long."""
    return f"{zlib.crc32(entry.encode()):08x}"


def with_checksums(entries: Iterable[str], checksums: Iterable[str]) -> tuple[str, ...]:
    """Give the ids among `entries` that the checksums stand for, in the checksums' order; what is gone is left out."""
    found = dict.fromkeys(checksums, "")
    for entry in entries:
        if (digits := checksum(entry)) in found:
            found[digits] = entry
    return tuple(filter(None, found.values()))
