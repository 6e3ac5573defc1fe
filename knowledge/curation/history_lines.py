"""The history of entries as JSON Lines: one revision to a line, for reading elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knowledge.content.canonical import to_json

if TYPE_CHECKING:
    from knowledge.curation.entry import Revision, Signed


def history_line(server_id: str, entry_id: str, revision: Revision) -> str:
    """Give one revision as a line, with its line end. Without a `server` it is the book's.

    `by` is the platform's identifier of the person, and missing where the book's files say who wrote what; `at` is in
    UTC. A redacted wording keeps its hash and tells who took it away, when and why.
    """
    told: dict[str, Any] = {"server": server_id} if server_id else {}
    told |= {"entry": entry_id, "number": revision.number, "action": revision.action.value}
    told |= _signature(revision.signed)
    if revision.target is not None:
        told["target"] = revision.target
    if revision.content_hash:
        told["sha256"] = revision.content_hash
    if revision.base_hash:
        told["base_sha256"] = revision.base_hash
    if revision.question is not None:
        told["said"] = json.loads(to_json(revision.question))
    if revision.redacted is not None:
        told["redacted"] = _signature(revision.redacted)
    return json.dumps(told, ensure_ascii=False) + "\n"


def _signature(signed: Signed) -> dict[str, str]:
    told = {"by": signed.by, "at": signed.at.isoformat(), "reason": signed.reason}
    return {key: value for key, value in told.items() if value}
