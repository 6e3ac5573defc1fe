"""Locks that hold as long as the process that took them: one serving process for each database, for one."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def serving_lock(database: Path) -> Iterator[None]:
    """Hold the right to serve from `database`; raises `CannotRun` where another process holds it."""
    path = database.with_name(database.name + ".lock")
    taken = f"Another process already serves from {database}. Stop that one, or give this one its own [storage] path."
    with exclusive_lock(path, taken=taken):
        yield


@contextmanager
def exclusive_lock(path: Path, *, taken: str) -> Iterator[None]:
    """Hold the lock `path`, an empty file; raises `CannotRun`, with the sentence `taken` where another one holds it.

    The lock is SQLite's own: it works wherever a database works, and the operating system releases it with the
    process, however that ends.
    """
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise CannotRun(f"Cannot create files in {path.parent}. Give the bot a folder it may write to.") from error
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")  # no second file beside it
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise CannotRun(taken) from None
            raise CannotRun(
                f"Cannot lock {path} ({error}). Give the bot a folder on a local disk that it may write to."
            ) from error
        yield
