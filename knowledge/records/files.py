"""The files of a database: whether there is one, and what is made and left beside it."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun
from knowledge.records.faults import damaged

if TYPE_CHECKING:
    from pathlib import Path


_log = logging.getLogger(__name__)

# SQLite empties the log beside the database again and again; to this many bytes it only grows where something is wrong.
TOO_LONG = 32_000_000


class GrownLog:
    """Notices when the write-ahead log of a database cannot be emptied, and when it was again."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-wal")
        self._told = False

    def look(self) -> None:
        """Look at the log's size, and tell once."""
        try:
            size = self._path.stat().st_size
        except OSError:
            return
        if size > TOO_LONG and not self._told:
            told = "%s has grown to %d MB: another program keeps the database open for reading. End it"
            _log.warning(told, self._path, size // 1_000_000)
        self._told = size > TOO_LONG


def make_folder(folder: Path) -> None:
    """Make the folder that the database lies in, for nobody else's eyes; one that is there keeps the rights it has.

    Raises `CannotRun` where that cannot be done.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(f"Cannot make the folder {folder} ({error.strerror}). Name another [storage] path.") from error


def is_there(path: Path) -> bool:
    """Whether there is a database to open. Raises `CannotRun` where there is something else, or half of one."""
    log = path.with_name(path.name + "-wal")
    if not path.exists():
        if log.exists():
            raise damaged(path, f"it is missing, while {log.name} is there")
        return False
    if not path.is_file():
        raise CannotRun(f"{path} is no file. Name another [storage] path.")
    if path.stat().st_size == 0:
        raise damaged(path, "the file is empty")
    return True


def remove_leftovers(made: Path) -> None:
    """Remove what a crash left of a database that was being made."""
    for ending in ("", "-wal", "-shm", "-journal"):
        made.with_name(made.name + ending).unlink(missing_ok=True)


def to_disk(path: Path) -> None:
    """Have the operating system write a file, or a folder's list of names, through to the disk."""
    if path.is_dir() and sys.platform == "win32":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
