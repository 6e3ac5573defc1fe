"""The copy of a database that is kept from before an upgrade, in case the old version is wanted back.

Everything here blocks; call it in a thread.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.errors import CannotRun
from knowledge.records.copies import copy_database
from knowledge.records.files import remove_leftovers, to_disk

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

FOLDER = "before-upgrade"
# What members delete lives on in the copy: it is removed when the new version has proven itself.
KEPT_FOR = timedelta(days=30)


def keep_from_before(path: Path, schema: int) -> Path:
    """Copy the database at `path`, which is of this older schema, verified, and give the copy's place.

    One that an upgrade left which did not come to its end is replaced. Raises `CannotRun`: nothing was upgraded then.
    """
    folder = path.parent / FOLDER
    kept = folder / f"{path.stem}-schema-{schema}{path.suffix}"
    making = kept.with_name(f"{kept.name}.new")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        remove_leftovers(making)
        copy_database(path, making)
        making.chmod(0o600)
        making.replace(kept)
        to_disk(folder)
    except (OSError, CannotRun) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        told = f"The database {path} was not upgraded, since no copy of it could be kept first: {reason}"
        raise CannotRun(f"{str(told).rstrip('.')}. It was left as it is.") from error
    _log.info("Before the upgrade from schema %d the database was copied to %s", schema, kept)
    return kept


def forget_old_copies(path: Path, now: datetime) -> None:
    """Remove the copies from before upgrades of the database at `path` that are older than `KEPT_FOR`."""
    for kept in (path.parent / FOLDER).glob(f"{path.stem}-schema-*"):
        if now - datetime.fromtimestamp(kept.stat().st_mtime, UTC) > KEPT_FOR:
            kept.unlink(missing_ok=True)
            _log.info("The copy from before an earlier upgrade was removed: %s", kept)
