"""One server's own layer as files that can be read elsewhere, and nothing of any other server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from knowledge.content.writing import write_jsonl, write_toml
from knowledge.curation.history_lines import history_line
from knowledge.records import revisions, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.curation.server_layer import ServerLayer
    from knowledge.model import Question
    from knowledge.records.database import Reader


def entry_files(layer: ServerLayer, book: Mapping[str, Question], *, jsonl: bool) -> dict[str, str]:
    """Give the server's own live entries and its drafts as knowledge files, by the ends of their names.

    A file for which there is nothing is left out. `book` is what the book shows.
    """
    write, ending = (write_jsonl, "jsonl") if jsonl else (write_toml, "toml")
    files = {f".{ending}": layer.live(book), f"-waiting.{ending}": layer.drafts}
    return {name: write(questions) for name, questions in files.items() if questions}


def server_line(server_id: str, layer: ServerLayer) -> str:
    """Give what is no entry, as a line of JSON: settings, examples, what is withdrawn."""
    told = {
        "server": server_id,
        "review": layer.settings.review.value,
        "moderator_roles": sorted(layer.settings.moderator_roles),
        "chosen": settings.chosen_values(layer.settings),
        "withdrawn": sorted(layer.hidden),
        "examples": [{"text": one.text, "entry": one.entry_id} for one in layer.examples],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


async def history_text(database: Reader, server_id: str) -> str:
    """Give every revision that a server's moderators made, as JSON Lines. Raises `NotRead`."""
    return "".join([history_line(*found) async for found in revisions.every(database, server_id)])
