"""Copies of a database: made beside the process that serves from it, and looked through before they are trusted.

Everything here blocks; call it in a thread.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun
from knowledge.records import migrations
from knowledge.records.faults import damaged, disk_trouble, told_as_cannot_run
from knowledge.records.files import is_there, to_disk
from knowledge.records.identity import APPLICATION_ID, BUSY_SECONDS, foreign, newer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database: its schema's number, and how many rows each table has."""

    schema: int
    rows: Mapping[str, int]


def copy_database(source: Path, target: Path) -> Contents:
    """Write `source` as it stands at one moment to the new file `target`, see it through to the disk, and verify it.

    Writers are not held up, and everything that was committed before is in the copy. What was deleted is not: the copy
    holds no old pages. `source` may be of an older schema. Raises `CannotRun` where there is nothing to copy, and
    where the copy cannot be made or is not the same; what there is of it is left to the caller then.
    """
    with told_as_cannot_run(source):
        if not is_there(source):
            raise CannotRun(f"There is no database at {source}. The bot makes it when it first runs on a platform.")
        with _reading(source) as reader:
            _known(reader, source)
            before, found = _changes(reader), _contents(reader)
            with _told_as_no_copy(target):
                reader.execute("VACUUM INTO ?", (str(target),))
                to_disk(target)
            unchanged = _changes(reader) == before
    copied = examine_copy(target)
    # While others write, the moment of the copy lies somewhere between the two looks, and no numbers are to compare.
    if unchanged and copied != found:
        raise damaged(target, "it does not hold what the database holds")
    return copied


def examine_copy(path: Path) -> Contents:
    """Look through a copy, all of it, and tell what is in it. Nothing is written, not even a file beside it.

    Raises `CannotRun` where it is damaged, foreign, or of a newer schema than this program knows.
    """
    with told_as_cannot_run(path):
        if not is_there(path):
            raise CannotRun(f"There is no database at {path}.")
        with _reading(path, "&immutable=1") as reader:
            _known(reader, path)
            if reader.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                raise damaged(path, "its pages contradict each other")
            if reader.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise damaged(path, "a row names another one that is not there")
            return _contents(reader)


@contextmanager
def _reading(path: Path, options: str = "") -> Iterator[sqlite3.Connection]:
    address = f"{path.absolute().as_uri()}?mode=ro{options}"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        yield connection


@contextmanager
def _told_as_no_copy(target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise CannotRun(
            f"No copy of the database could be made at {target}: {disk_trouble(error) or error}."
        ) from error
    except OSError as error:
        raise CannotRun(f"No copy of the database could be made at {target}: {error.strerror}.") from error


def _known(reader: sqlite3.Connection, path: Path) -> None:
    if _number(reader, "application_id") != APPLICATION_ID:
        raise foreign(path)
    newest = len(migrations.read_steps())
    if (version := _number(reader, "user_version")) > newest:
        raise newer(path, version, newest)


def _changes(reader: sqlite3.Connection) -> int:
    """Give a number that is another one after every commit of another connection."""
    return _number(reader, "data_version")


def _contents(reader: sqlite3.Connection) -> Contents:
    tables = reader.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    rows = {name: reader.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for (name,) in tables}  # noqa: S608  # names of our own schema
    return Contents(_number(reader, "user_version"), MappingProxyType(rows))


def _number(reader: sqlite3.Connection, pragma: str) -> int:
    return int(reader.execute(f"PRAGMA {pragma}").fetchone()[0])
