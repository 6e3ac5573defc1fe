"""What stands in a message that was sent before: the texts and the buttons of its components."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from cogs._custom_ids.states import read
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import discord

_S = TypeVar("_S")
# As `entry_layout` draws it. Stored words have their asterisks escaped, so none of them is taken for it.
_DAY = r"\d{4}-\d\d-\d\d"
_NEWS = re.compile(rf"\*\*({sentences.CORRECTED.format(day=_DAY)}|{sentences.SHOWN_AGAIN.format(day=_DAY)})\*\*")


def states_in(message: discord.Message | None, kind: type[_S]) -> Iterator[_S]:
    """Give the states of one kind that a message's buttons hold, in order."""
    waiting: list[Any] = list(message.components) if message else []
    while waiting:
        component = waiting.pop(0)
        waiting = [*getattr(component, "children", ()), *waiting]
        state = read(getattr(component, "custom_id", None) or "")
        if isinstance(state, kind):
            yield state


def said(components: Iterable[Any]) -> list[str]:
    """Give the texts and the buttons' ids of components as Discord's API has them, in order."""
    found: list[str] = []
    for component in components:
        found += [component[name] for name in ("content", "custom_id") if component.get(name)]
        found += said(component.get("components", ()))
    return found


def news_in(message: discord.Message | None) -> str:
    """Give the line that says what became of the answer that a reply shows; "" where there is none."""
    texts = said(part.to_dict() for part in message.components) if message else []
    return next((found[1] for text in texts if (found := _NEWS.fullmatch(text))), "")
