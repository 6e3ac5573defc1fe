"""Crashes: what a person is told, and what the log keeps of them."""

from __future__ import annotations

import logging
import secrets
import traceback

_log = logging.getLogger(__name__)


def report(error: BaseException) -> str:
    """Log where `error` arose under a new incident id, and give the sentence that a person may see.

    The log gets the chain of types and frames, never an exception's message: libraries quote their input in it,
    and that may be a member's words.
    """
    incident = secrets.token_hex(4)
    _log.error("Incident %s\n%s", incident, "\n".join(_frames(error)))
    return (
        f"Something went wrong on our side. If it happens again, tell the people who run this bot: incident {incident}."
    )


def _frames(error: BaseException) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [line.rstrip("\n") for line in traceback.format_tb(link.__traceback__)]
        link = link.__cause__ or link.__context__
    return lines
