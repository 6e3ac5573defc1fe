"""What is told when SQLite cannot do its work."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun, NotRead, NotSaved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DISK_TROUBLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program holds the database",
    sqlite3.SQLITE_LOCKED: "another program holds the database",
    sqlite3.SQLITE_READONLY: "the database may only be read",
    sqlite3.SQLITE_PERM: "the database may not be opened",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_CORRUPT: "the database is damaged",
    sqlite3.SQLITE_NOTADB: "the database is damaged",
}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# An extended result code holds the primary one in its lowest byte.
_PRIMARY = 0xFF


def disk_trouble(error: sqlite3.Error) -> str:
    """Say in a few words what is wrong with the disk or the file, or "" where the error is the program's own."""
    return _DISK_TROUBLE.get(_code(error), "")


def trouble_behind(refusal: NotSaved | NotRead) -> str:
    """Say in a few words what was wrong with the disk or the file when something was not saved or not read."""
    cause = refusal.__cause__
    return disk_trouble(cause) if isinstance(cause, sqlite3.Error) else ""


@contextmanager
def told_as_not_saved() -> Iterator[None]:
    """Turn trouble with the disk into `NotSaved`; the program's own errors stay what they are."""
    with _told(NotSaved, "Not saved: {trouble}. Nothing was changed."):
        yield


@contextmanager
def told_as_not_read() -> Iterator[None]:
    """Turn trouble with the disk into `NotRead`; the program's own errors stay what they are."""
    with _told(NotRead, "That cannot be looked up just now: {trouble}."):
        yield


@contextmanager
def _told(refusal: type[NotSaved | NotRead], what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if trouble := disk_trouble(error):
            then = "Try again in a minute; if it stays so, tell the people who run this bot."
            raise refusal(f"{what.format(trouble=trouble)} {then}") from error
        raise


@contextmanager
def told_as_cannot_run(path: Path) -> Iterator[None]:
    """Turn every error met while opening `path` into `CannotRun`: what is wrong, and that the file was left alone."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite's own message quoted bytes that are no text
        raise damaged(path, "it holds text that is none") from error
    except sqlite3.Error as error:
        if _code(error) in _DAMAGE:
            raise damaged(path, str(error)) from error
        raise CannotRun(
            f"The database {path} cannot be opened: {disk_trouble(error) or error}. It was left as it is."
        ) from error
    except OSError as error:  # the file system's own, beside SQLite's
        raise CannotRun(f"The database {path} cannot be opened: {error.strerror}. It was left as it is.") from error


def damaged(path: Path, detail: str) -> CannotRun:
    """Give the refusal of a database that cannot be trusted."""
    return CannotRun(
        f"The database {path} is damaged ({detail}). It was left as it is. Put a backup in its place, or move it away "
        "together with its -wal and -shm files to begin with an empty one."
    )


def _code(error: sqlite3.Error) -> int:
    # Errors of the Python module itself carry no code: a wrong number of parameters, or a text that is not UTF-8.
    if str(error).startswith("Could not decode to UTF-8"):
        return sqlite3.SQLITE_CORRUPT
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY
