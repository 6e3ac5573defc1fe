"""Put a new version of a file in place of the old one: at once or not at all, also when the power goes."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from knowledge.errors import SafeToShow

_NEW_FILE_MODE = 0o644


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of the file at `path`, which held `old` (nothing, where there was none).

    A link is followed, the file's rights are kept. Raises SafeToShow where the file was changed by somebody else
    meanwhile, or cannot be written.
    """
    target = path.resolve()
    try:
        _replace(target, old, new)
    except OSError as error:
        raise SafeToShow(f"{path}: the file cannot be written ({error.strerror}); nothing was changed") from error


def _replace(target: Path, old: bytes, new: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else _NEW_FILE_MODE)
        if (target.read_bytes() if target.exists() else b"") != old:
            raise SafeToShow(f"{target}: somebody else changed the file meanwhile; nothing was written, try again")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut. Windows opens no folders and needs no such thing."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
