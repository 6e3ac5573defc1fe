"""Wordings that are never answered by the entry that they stand in, whatever else is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import AskKind, Tier

if TYPE_CHECKING:
    from knowledge.content.library import Snapshot

_ALARMS = "reads like an emergency, so whoever asks it gets help lines first, not this answer"
_NOT_ENGLISH = "does not read as English, so nobody who asks it is answered"
_TOO_LITTLE = "says too little to be answered by itself; write it as a whole question"


def why_unanswered(shown: Snapshot, wording: str) -> str:
    """Tell why nobody who asks just this wording is answered, to go on after it; "" where nothing is in the way.

    That is what no entry can change: the wording alarms, is not read as English, or is a lone word, small talk or
    nothing that says what it is about.
    """
    if shown.screen(wording).tier is Tier.EMERGENCY:
        return _ALARMS
    kind, too_little = shown.matcher.understood(wording)
    if kind is AskKind.OTHER_LANGUAGE:
        return _NOT_ENGLISH
    return _TOO_LITTLE if too_little or kind in {AskKind.SMALL_TALK, AskKind.NOTHING_TO_READ} else ""
