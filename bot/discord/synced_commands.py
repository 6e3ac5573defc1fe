"""Which commands Discord knows: sending them is rationed, so the same ones are not sent twice."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_log = logging.getLogger(__name__)


class SyncedCommands:
    """Commands by their `shapes`, and the file with the hash of those sent last. Without a file none are known."""

    def __init__(self, file: Path | None, application: int | None, shapes: Sequence[Mapping[str, object]]) -> None:
        self._file = file
        self._hash = f"{application} {hashlib.sha256(json.dumps(shapes, sort_keys=True).encode()).hexdigest()}\n"

    @property
    def known(self) -> bool:
        """Whether Discord knows just these commands."""
        try:
            return self._file is not None and self._file.read_text(encoding="utf-8") == self._hash
        except (OSError, UnicodeDecodeError):
            return False

    def note(self) -> None:
        """Remember that these were sent."""
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(self._hash, encoding="utf-8")
        except OSError as error:
            _log.warning("The commands' hash could not be kept: %s", type(error).__name__)
