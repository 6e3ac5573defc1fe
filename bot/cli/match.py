"""`match`: what becomes of many texts, one JSON line each, for measuring."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.content.library import Snapshot


def match(
    asked: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help='Lines such as {"text": "..."}.')
    ],
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", metavar="FILE", help="Answer from this file or folder.", exists=True)
    ] = None,
    overheard: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--overheard", help="Take the texts for messages that nobody addressed to the bot.")
    ] = False,
    config: SettingsFile = None,
) -> None:
    """Tell what becomes of each `text` in a JSON Lines file: outcome and up to five candidates, samples included."""
    from bot.app import load_snapshot, snapshot_without_book  # `--help` must not load numpy
    from bot.config import load_config
    from knowledge.errors import KnowledgeFaults

    settings = load_config(config)
    if knowledge is not None:
        settings = settings.model_copy(
            update={"knowledge": settings.knowledge.model_copy(update={"path": (knowledge,)})}
        )
    try:
        snapshot = load_snapshot(settings, samples=True)
    except KnowledgeFaults:
        # A broken book holds no alarm back: what alarms is told, and then the faults.
        _tell(snapshot_without_book(settings), asked, overheard=overheard)
        raise
    _tell(snapshot, asked, overheard=overheard)


def _tell(snapshot: Snapshot, asked: Path, *, overheard: bool) -> None:
    for line in _texts(asked):
        sys.stdout.write(json.dumps(_told(snapshot, line, overheard=overheard), ensure_ascii=False) + "\n")


def _texts(file: Path) -> Iterator[str]:
    from knowledge.errors import SafeToShow

    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                text = json.loads(line.decode("utf-8-sig"))["text"]
            except (ValueError, TypeError, KeyError, RecursionError):
                text = None
            if not isinstance(text, str):
                raise SafeToShow(f'{file}:{number}: write one JSON object a line, as {{"text": "..."}}')
            yield text


def _told(snapshot: Snapshot, text: str, *, overheard: bool) -> dict[str, Any]:
    from knowledge.model import Place
    from knowledge.respond import respond

    decision = respond(snapshot, text, Place(addressed=not overheard))
    # An alarm is not matched before it is answered; here every text is ranked all the same.
    ranking = decision.ranking or snapshot.matcher.rank(text)
    candidates = [{"id": found.question.id, "confidence": round(found.confidence, 4)} for found in ranking.matches[:5]]
    return {"outcome": decision.outcome.value, "candidates": candidates}
