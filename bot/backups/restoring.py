"""Restores a backup into a fresh place, verified before and after. Blocks; call in a thread."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.backups.making import backups_in
from bot.backups.manifest import KNOWLEDGE, MANIFEST, STATE, Manifest, read_manifest, sha256_of
from bot.book.last_good import LastGood
from bot.store.folder import DATABASE
from knowledge.content.files import BookFile
from knowledge.errors import SafeToShow
from knowledge.records.copies import Contents, examine_copy
from knowledge.records.files import to_disk

if TYPE_CHECKING:
    from collections.abc import Sequence

STORAGE = "data"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: the folder to name as `[storage] path`, and the paths to name as `[knowledge] path`."""

    manifest: Manifest
    storage: Path
    knowledge: tuple[Path, ...]


def restore_backup(backup: Path, place: Path) -> Restored:
    """Verify a backup and copy it to `place`, which is made; it is there whole or not at all.

    Raises `SafeToShow` where `place` is there already with something in it, where `backup` is none or damaged, or of a
    newer version of this program, and where the disk is in the way.
    """
    place = place.absolute()
    try:
        if place.exists() and not (place.is_dir() and not any(place.iterdir())):
            raise SafeToShow(
                f"{place} is there already, and nothing is restored over what is there. Name a new folder."
            )
        manifest = _verified(backup)
        place.parent.mkdir(parents=True, exist_ok=True)
        making = place.with_name(f".{place.name}.restoring")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        try:
            _copy(backup, making, manifest)
            knowledge = _keep_last_good(backup, making, place, manifest)
            for path in (*making.rglob("*"), making):
                to_disk(path)
            if place.exists():  # and is empty
                place.rmdir()
            making.rename(place)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        to_disk(place.parent)
    except OSError as error:
        told = f"The backup could not be restored to {place}: {(error.strerror or 'unknown').lower()}."
        raise SafeToShow(f"{told} Nothing was left there.") from error
    return Restored(manifest, place / STORAGE, knowledge)


def _verified(backup: Path) -> Manifest:
    if not (backup / MANIFEST).exists() and (held := backups_in(backup)):
        raise SafeToShow(f"{backup} is a folder of backups. Name one of them; the newest is {held[-1]}.")
    manifest = read_manifest(backup)
    for name, sha256 in manifest.files.items():
        if not (backup / name).is_file():
            raise SafeToShow(f"The backup {backup} lacks {name}. Use another one.")
        if sha256_of(backup / name) != sha256:
            raise SafeToShow(f"The backup {backup} is damaged: {name} is not what was saved. Use another one.")
    if DATABASE not in manifest.files:
        raise SafeToShow(f"The backup {backup} holds no database. Use another one.")
    _same(backup / DATABASE, manifest)
    return manifest


def _same(database: Path, manifest: Manifest) -> None:
    if examine_copy(database) != Contents(manifest.schema_number, manifest.rows):
        raise SafeToShow(f"{database} does not hold what was saved. Use another backup.")


def _copy(backup: Path, making: Path, manifest: Manifest) -> None:
    for name, sha256 in manifest.files.items():
        if not name.startswith(f"{STATE}/"):
            target = making / STORAGE / name if name == DATABASE else making / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(backup / name, target)
            if sha256_of(target) != sha256:
                raise SafeToShow(f"{name} could not be copied: it reads differently afterwards. Look after the disk.")
    (making / STORAGE / DATABASE).chmod(0o600)
    _same(making / STORAGE / DATABASE, manifest)


def _keep_last_good(backup: Path, making: Path, place: Path, manifest: Manifest) -> tuple[Path, ...]:
    """Take over what was served last as the state of the files at their new place; give the paths of these.

    So a restored bot begins as the old one would have: with the ids that entries kept, and with the last good copy
    where the files themselves are faulty.
    """
    places = tuple(place / one.place for one in manifest.knowledge)
    before = LastGood(backup / STATE, [Path(one.was) for one in manifest.knowledge])
    if kept := before.read():
        moved = [BookFile(_moved(file.name, manifest, places), file.data) for file in kept.files]
        after = LastGood(making / STORAGE, places)
        after.keep(replace(kept, files=tuple(moved)))
        if accepted := before.accepted():
            after.accept(accepted)
    return places


def _moved(name: str, manifest: Manifest, places: Sequence[Path]) -> str:
    file = Path(name).resolve()
    for one, place in zip(manifest.knowledge, places, strict=True):
        if file.is_relative_to(one.was):
            return str(place / file.relative_to(one.was))
    return str(places[0].parent / file.name) if places else str(Path(KNOWLEDGE) / file.name)
