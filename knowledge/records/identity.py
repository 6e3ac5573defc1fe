"""By what a database is known to be one of this program, of a version that it can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import CannotRun

if TYPE_CHECKING:
    from pathlib import Path

# "2ndO" in the file's header: a file of another program is never migrated.
APPLICATION_ID = 0x326E644F
# How long a write waits for another program that holds the database. An interaction must be told within 3 s.
BUSY_SECONDS = 2.0


def foreign(path: Path) -> CannotRun:
    """Give the refusal of another program's database."""
    return CannotRun(f"{path} is not a database of this program. It was left as it is; name another one.")


def newer(path: Path, version: int, newest: int) -> CannotRun:
    """Give the refusal of a database that a newer version of this program has written."""
    return CannotRun(
        f"The database {path} was written by a newer version of this program (schema {version}, known here: "
        f"{newest}). It was left as it is. Install the newer version, or put back a backup from before it."
    )
