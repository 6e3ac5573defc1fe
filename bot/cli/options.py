"""Options that several words share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ImportFormat(StrEnum):
    """What a person says that a file to import is."""

    AUTO = "auto"
    PAGE = "page"
    AZURE = "azure"
    QNABOT = "qnabot"
    CSV = "csv"


class ExportFormat(StrEnum):
    """How a knowledge file is written out."""

    AUTO = "auto"
    TOML = "toml"
    JSONL = "jsonl"


def _named_before_or_after_the_word(context: typer.Context, value: Path | None) -> Path | None:
    return value or context.find_root().params.get("config")


SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The settings file. Without it, config.toml in this folder is read if there is one.",
        callback=_named_before_or_after_the_word,
        show_default=False,
    ),
]
