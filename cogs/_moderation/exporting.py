"""A server's own answers as a file, for its admins alone."""

from __future__ import annotations

import asyncio
import io
import zipfile
from typing import TYPE_CHECKING

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import begin, tell
from cogs._rendering import desk_layout
from cogs._rendering.desk_layout import Passage
from cogs._services.services import services_of, storage_of
from knowledge.curation.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cogs._interactions.responses import Interaction

EXPORTED = "**This server's own answers**, in the file above. Nothing of the book or of another server is in it."
NOTHING_OWN = "This server has no answers of its own: members see the book's. What else it has is in the file."
IN_IT = {
    "answers.toml": "what members see",
    "answers.jsonl": "what members see",
    "answers-waiting.toml": "what waits for review",
    "answers-waiting.jsonl": "what waits for review",
    "server.jsonl": "settings, examples, what is withdrawn",
    "history.jsonl": "every change",
}
TOO_LARGE = (
    "The file has {size:,} KB, and Discord takes {limit:,} KB here. Leave out the history, or ask the people who run "
    "this bot: `python -m bot export` writes files of any size."
)


async def export(interaction: Interaction, *, jsonl: bool, history: bool) -> None:
    """Answer privately with everything that the caller's server made, packed into one file."""
    await begin(interaction)
    caller, administer = caller_of(interaction), storage_of(interaction.client).moderators.administer
    files = await administer.export(caller, jsonl=jsonl, history=history)
    packed = await asyncio.to_thread(_packed, files)
    if len(packed) > interaction.filesize_limit:
        raise Refused(TOO_LARGE.format(size=len(packed) // 1024 + 1, limit=interaction.filesize_limit // 1024))
    has_own = not files.keys().isdisjoint({"answers.toml", "answers.jsonl"})
    listed = "\n".join(f"{name}: {IN_IT[name]}" for name in files)
    notice = services_of(interaction.client).desk.notice(server_id=caller.server_id)
    told = desk_layout.told(EXPORTED if has_own else NOTHING_OWN, [Passage("In it", listed)], notice)
    await tell(interaction, told.layout, packed, name=f"second-opinion-{caller.server_id}.zip")


def _packed(files: Mapping[str, str]) -> bytes:
    """Pack files into an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, text in files.items():
            packing.writestr(name, text)
    return archive.getvalue()
