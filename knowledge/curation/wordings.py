"""Members' wordings of questions whose answers they chose, and which of them are worth a moderator's look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.content.limits import TITLE_LIMIT
from knowledge.curation.concerns import ConcernKind
from knowledge.text import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from knowledge.curation.concerns import Concern
    from knowledge.model import Policy


@dataclass(frozen=True, slots=True)
class ShownWording:
    """How a member put the question whose answer is `entry_id`, kept by their press until `until` at most.

    `id` 0 is not kept yet.
    """

    server_id: str
    member_id: str
    entry_id: str
    text: str
    until: datetime
    id: int = 0


def can_be_phrasing(text: str) -> bool:
    """Whether a text may stand among the phrasings of an entry: short, and without links, mentions or code."""
    line = " ".join(text.split())
    return 0 < len(line) <= TITLE_LIMIT and " ".join(without_markup(line).split()) == line


def speak_against(concerns: Iterable[Concern], policy: Policy) -> bool:
    """Whether something that was found out about a phrasing forbids to suggest it.

    It would take questions from another entry, is itself one that another entry surely answers, or is never answered.
    """
    return any(
        concern.kind in {ConcernKind.TAKES_OVER, ConcernKind.UNANSWERED}
        or (concern.kind is ConcernKind.NEAR_DUPLICATE and (concern.confidence or 0.0) >= policy.answer_at)
        for concern in concerns
    )
