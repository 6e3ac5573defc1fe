"""The policy of one server's answers: the operator's, with what its admins chose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.curation.care import answer_at

if TYPE_CHECKING:
    from knowledge.curation.settings import ServerSettings
    from knowledge.model import Policy


def policy_in(settings: ServerSettings, operators: Policy) -> Policy:
    """Give the policy of a server with these settings. What the operator shows on cards and notices stays.

    The server's country comes before the operator's, its own text above the operator's.
    """
    additions = (settings.notice_addition, operators.notice_addition)
    return replace(
        operators,
        answer_at=answer_at(settings.care, operators),
        choices_at=min(operators.choices_at, answer_at(settings.care, operators)),
        countries=(settings.country, *operators.countries) if settings.country else operators.countries,
        own_lines=(*operators.own_lines, *settings.own_lines),
        notice_addition="\n\n".join(filter(None, additions)),
    )
