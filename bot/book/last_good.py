"""The last good state of the knowledge files, kept in the storage folder: a restart with a bad file serves it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from knowledge.content.atomic import replace_file
from knowledge.content.files import BookFile, files_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FOLDER = "last-good-knowledge"
_LIST = "files.json"
_ACCEPTED = "accepted.txt"


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Knowledge files as they were last served, when they were first read so, and the ids that renames kept."""

    files: tuple[BookFile, ...]
    loaded: datetime
    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def hash(self) -> str:
        """What tells this state from all others."""
        return files_hash(self.files)


class LastGood:
    """Keeps copies of the knowledge files that `paths` name, under `storage`, with a list that is replaced at once."""

    def __init__(self, storage: Path, paths: Sequence[Path]) -> None:
        self._folder = storage / _FOLDER
        # Copies of other files than the settings name now are of no use.
        self._paths = [str(path.resolve()) for path in paths]

    def read(self) -> KeptFiles | None:
        """Give the copies, or None where there are none, or not of these files, or not as they were written."""
        try:
            listed = json.loads((self._folder / _LIST).read_bytes())
            if listed["paths"] != self._paths:
                return None
            files = tuple(self._copy(one) for one in listed["files"])
            return KeptFiles(files, datetime.fromisoformat(listed["loaded"]), MappingProxyType(dict(listed["ids"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, kept: KeptFiles) -> None:
        """Keep these copies instead of those before. Raises SafeToShow or OSError where that cannot be done."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for leftover in self._folder.glob(".*.tmp"):
            leftover.unlink(missing_ok=True)
        copies = {_copy_name(file.name, file.sha256): file for file in kept.files}
        for name, file in copies.items():
            if not (self._folder / name).exists():
                replace_file(self._folder / name, b"", file.data)
        listed = {
            "paths": self._paths,
            "loaded": kept.loaded.isoformat(),
            "files": [{"name": file.name, "sha256": file.sha256} for file in kept.files],
            "ids": dict(kept.ids),
        }
        self._replace(_LIST, json.dumps(listed, indent=1))
        for copy in self._folder.glob("*"):
            if copy.suffix in {".toml", ".jsonl"} and copy.name not in copies:
                copy.unlink(missing_ok=True)

    def accept(self, state: str) -> None:
        """Note that an owner accepts the state of the files with this hash. Raises SafeToShow or OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._replace(_ACCEPTED, f"{state}\n")

    def accepted(self) -> str:
        """Give the hash of the state that an owner accepted last, or nothing."""
        try:
            return (self._folder / _ACCEPTED).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _copy(self, listed: Mapping[str, Any]) -> BookFile:
        copy = BookFile(listed["name"], (self._folder / _copy_name(listed["name"], listed["sha256"])).read_bytes())
        if copy.sha256 != listed["sha256"]:
            raise ValueError(copy.name)
        return copy

    def _replace(self, name: str, text: str) -> None:
        path = self._folder / name
        replace_file(path, path.read_bytes() if path.exists() else b"", text.encode())


def _copy_name(name: str, sha256: str) -> str:
    return f"{sha256}{Path(name).suffix.lower()}"
