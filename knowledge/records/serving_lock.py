"""One serving process for each database."""

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
    """Hold the right to serve from `database`; raises `CannotRun` where another process holds it.

    The lock is SQLite's own, on an empty file beside the database: it works wherever the database works, and the
    operating system releases it with the process, however that ends.
    """
    path = database.with_name(database.name + ".lock")
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise CannotRun(f"Cannot create files in {database.parent}. Give the bot a folder it may write to.") from error
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")  # no second file beside it
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise CannotRun(
                    f"Another process already serves from {database}. Stop that one, or give this one its own "
                    "[storage] path."
                ) from None
            raise CannotRun(
                f"Cannot lock {path} ({error}). Give the bot a folder on a local disk that it may write to."
            ) from error
        yield
