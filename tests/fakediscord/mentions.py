"""Whom a message notifies, which is not the same as whom its text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.fakediscord.limits import TEXT_DISPLAY, walk

_EVERYTHING = {"parse": ["users", "roles", "everyone"]}


@dataclass(frozen=True, slots=True)
class Pinged:
    """Ids of the users and roles that a message notifies, and whether it notifies everyone."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False


def pinged(body: dict[str, Any], replied_to: str | None = None, *, unsaid: dict[str, Any] | None = None) -> Pinged:
    """Give whom `body` notifies. `replied_to` is the author of the message that it answers.

    Without `allowed_mentions` everything in the text counts, as in ordinary messages; `unsaid` is what counts instead
    where Discord has another default.
    """
    allowed = body.get("allowed_mentions")
    reply_counts = allowed is None or bool(allowed.get("replied_user"))
    allowed = allowed if allowed is not None else unsaid or _EVERYTHING
    text = "\n".join(texts(body))
    users = _allowed("users", re.findall(r"<@!?(\d+)>", text), allowed)
    if replied_to is not None and reply_counts:
        users = [*users, replied_to]
    roles = _allowed("roles", re.findall(r"<@&(\d+)>", text), allowed)
    everyone = "everyone" in allowed.get("parse", []) and bool(re.search(r"@(everyone|here)\b", text))
    return Pinged(tuple(dict.fromkeys(users)), tuple(dict.fromkeys(roles)), everyone)


def texts(body: dict[str, Any]) -> list[str]:
    """Give every text of a message that a member reads, in order: content, then text displays. Embeds never notify."""
    shown = [part["content"] for part in walk(body.get("components") or []) if part["type"] == TEXT_DISPLAY]
    return [body["content"], *shown] if body.get("content") else shown


def _allowed(kind: str, found: list[str], allowed: dict[str, Any]) -> list[str]:
    if kind in allowed.get("parse", []):
        return found
    listed = {str(one) for one in allowed.get(kind) or []}
    return [one for one in found if one in listed]
