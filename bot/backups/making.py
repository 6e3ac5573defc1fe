"""Makes a backup: under another name until it is whole and verified, then with one rename. Blocks; call in a thread."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.backups.manifest import KNOWLEDGE, MANIFEST, STATE, KnowledgePath, Manifest, read_manifest, sha256_of
from bot.book.last_good import LastGood
from bot.store.folder import DATABASE
from knowledge.content.files import files_of, read_file
from knowledge.errors import CannotRun, Fault, SafeToShow
from knowledge.records.copies import copy_database
from knowledge.records.files import to_disk
from knowledge.records.serving_lock import exclusive_lock
from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from knowledge.content.files import BookFile

_NAME = re.compile(r"backup-\d{8}T\d{6}Z(-\d+)?")
_NO_TEXT = "its name is not UTF-8, and a backup cannot list it; give the file another name"
_MAKING = ".making-"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was verified. `rotated` are the older ones that it took the place of."""

    path: Path
    manifest: Manifest
    rotated: tuple[Path, ...] = ()


def make_backup(storage: Path, knowledge: Sequence[Path], folder: Path, keep: int, now: datetime) -> Backup:
    """Copy the database under `storage` and the files of `knowledge` into a new folder under `folder`; verify it.

    Of the backups there the newest `keep` are kept, and older ones are removed only now. Knowledge files that cannot be
    read are left out and named; the copy of what was served last is in it all the same. Raises `SafeToShow` or
    `OSError` where it cannot be made: then all earlier backups are as they were.
    """
    _refuse_knowledge_folder(folder, knowledge)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = f"Another backup into {folder} is being made just now. Try again when that one is done."
        with exclusive_lock(folder / _LOCK, taken=taken):
            for leftover in folder.glob(f"{_MAKING}*"):
                shutil.rmtree(leftover)
            path = _free_name(folder, now)
            making = folder / f"{_MAKING}{path.name}"
            making.mkdir(mode=0o700)
            try:
                manifest = _fill(making, storage, knowledge, now)
                making.rename(path)
            except BaseException:
                shutil.rmtree(making, ignore_errors=True)
                raise
            to_disk(folder)
            return Backup(path, manifest, _rotate(folder, keep, path))
    except OSError as error:
        raise CannotRun(f"No backup could be made in {folder}: {(error.strerror or 'unknown').lower()}.") from error


def backups_in(folder: Path) -> tuple[Path, ...]:
    """Give the backups that a folder holds, oldest first, but for those that another user made and keeps to itself."""
    try:
        return tuple(sorted(filter(_is_ours, folder.iterdir()), key=_order))
    except OSError:
        return ()


def newest_backup(folder: Path, now: datetime) -> datetime | None:
    """Give when the newest backup in a folder was made; None where there is none that can be read.

    Those from after `now` do not count: the clock was set back, and the next one shall not wait for it.
    """
    for path in reversed(backups_in(folder)):
        try:
            made = read_manifest(path).made
        except SafeToShow:
            continue
        if made <= now:
            return made
    return None


def _is_ours(path: Path) -> bool:
    try:
        return bool(_NAME.fullmatch(path.name)) and (path / MANIFEST).is_file()
    except OSError:
        return False


def _order(path: Path) -> tuple[str, int]:
    """Give the second in which a backup was made, and which one of that second it is."""
    _, second, *number = path.name.split("-")
    return second, int(number[0]) if number else 1


def _refuse_knowledge_folder(folder: Path, knowledge: Sequence[Path]) -> None:
    for path in knowledge:
        if path.is_dir() and folder.resolve().is_relative_to(path.resolve()):
            told = f"{folder} lies within the knowledge folder {path}, and copies there would be read as knowledge."
            raise SafeToShow(f"{told} Name another folder.")


def _free_name(folder: Path, now: datetime) -> Path:
    """Give a name that comes after those of all backups of this second, also where the first of them is gone again."""
    name = f"backup-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    taken = [_order(path)[1] for path in folder.glob(f"{name}*") if _NAME.fullmatch(path.name)]
    return folder / (f"{name}-{max(taken) + 1}" if taken else name)


def _fill(making: Path, storage: Path, knowledge: Sequence[Path], now: datetime) -> Manifest:
    contents = copy_database(storage / DATABASE, making / DATABASE)
    (making / DATABASE).chmod(0o600)
    places = [
        KnowledgePath(was=str(path.resolve()), place="/".join((KNOWLEDGE, *_numbered(number, knowledge), path.name)))
        for number, path in enumerate(knowledge, 1)
    ]
    left_out = [
        showable(str(fault))
        for path, place in zip(knowledge, places, strict=True)
        for fault in _copy(path, making / place.place)
    ]
    last_good = LastGood(storage, knowledge)
    if kept := last_good.read():
        copies = LastGood(making / STATE, knowledge)
        copies.keep(kept)
        if accepted := last_good.accepted():
            copies.accept(accepted)
    manifest = Manifest(
        made=now,
        program=version("second-opinion"),
        storage=str(storage.resolve()),
        schema_number=contents.schema,
        rows=dict(contents.rows),
        files={path.relative_to(making).as_posix(): sha256_of(path) for path in sorted(_files_under(making))},
        knowledge=tuple(places),
        left_out=tuple(left_out),
    )
    (making / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
    for path in (*making.rglob("*"), making):
        to_disk(path)
    return manifest


def _numbered(number: int, knowledge: Sequence[Path]) -> tuple[str, ...]:
    """Keep several paths apart, as their names may be the same."""
    return (str(number),) if len(knowledge) > 1 else ()


def _copy(path: Path, place: Path) -> Iterator[Fault]:
    """Copy the knowledge files that a path stands for to `place`, and give those that cannot be read."""
    for found in files_of([path]):
        file = found if isinstance(found, Fault) else _read(found)
        if isinstance(file, Fault):
            yield file
            continue
        target = place / Path(file.name).relative_to(path) if path.is_dir() else place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)


def _read(path: Path) -> BookFile | Fault:
    try:
        str(path).encode()
    except UnicodeEncodeError:  # the system gives what it cannot decode in a form that no file takes
        return Fault(str(path), 0, _NO_TEXT)
    return read_file(path)


def _files_under(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _rotate(folder: Path, keep: int, made: Path) -> tuple[Path, ...]:
    """Remove what is older than the newest `keep`, each in one step: what is half removed is no backup any more.

    The one just made stays, whatever the clock says: it may have been set back.
    """
    others = [path for path in backups_in(folder) if path != made]
    old = tuple(others[: max(len(others) - keep + 1, 0)])
    for path in old:
        going = path.with_name(f"{_MAKING}{path.name}")
        path.rename(going)
        shutil.rmtree(going)
    return old
