"""Looking at what the bot needs on this machine: its files, its database, the disk. Nothing is written or changed."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.charts.chart import can_draw
from knowledge.content.book import read_book
from knowledge.errors import CannotRun, KnowledgeFaults
from knowledge.health import Finding
from knowledge.records.database import open_for_reading
from knowledge.records.faults import told_as_cannot_run
from knowledge.records.versions import versions_of

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

    from bot.config import Config
    from knowledge.content.status import BookStatus
    from knowledge.health import BackupStatus

# Logs, the write-ahead log and a backup need some room; less than this is gone within days.
_LEAST_FREE = 500_000_000
_PACKAGES = ("second-opinion", "discord.py", "aiosqlite")


async def examine_machine(database: Path) -> tuple[Finding, ...]:
    """Tell of versions, of the database at this path, and of the disk. Takes a second for each gigabyte kept."""
    return (_versions(), await _database(database), await asyncio.to_thread(_disk, database.parent))


def of_files(config: Config) -> Finding:
    """Tell of the knowledge files as they stand."""
    try:
        book = read_book(config.knowledge.path)
    except KnowledgeFaults as found:
        told = f"the files have {_counted(len(found.faults), 'fault')}."
        return Finding("Knowledge", told, "`python -m bot check` tells them with their lines.")
    return _of_entries(len(book.questions))


def of_book(status: BookStatus) -> Finding:
    """Tell of the book that a running bot serves."""
    if status.held:
        to_do = "If that is meant, use /knowledge accept; else mend the files."
        return Finding("Knowledge", f"the files are held: {status.held.reason}", to_do)
    if status.faults:
        told = f"the files have {_counted(len(status.faults), 'fault')}, and what was read before is served."
        return Finding("Knowledge", told, "/knowledge status tells them with their lines.")
    return _of_entries(status.entries)


def of_backups(status: BackupStatus, every: timedelta, now: datetime) -> Finding:
    """Tell of the backups that a bot makes by itself, of which one is due `every` so often."""
    if not status.scheduled:
        told = "the bot makes none by itself; `[backup] folder` in the settings has it make them."
        return Finding("Backups", told)
    often = f"one is made every {_counted(int(every.total_seconds()) // 3_600, 'hour')}"
    if status.made is None:
        return Finding("Backups", f"there is none yet; {often} while the bot serves.", status.trouble)
    told = f"the newest was made and verified on {status.made:%Y-%m-%d at %H:%M} UTC; {often}."
    late = "Look whether the bot serves, and what its log says of backups." if now - status.made > 2 * every else ""
    return Finding("Backups", told, status.trouble or late)


def _of_entries(entries: int) -> Finding:
    empty = "Write or import some: `python -m bot import PAGE --into FILE`." if not entries else ""
    return Finding("Knowledge", f"{_counted(entries, 'question')}, no fault.", empty)


def _versions() -> Finding:
    named = [f"Python {platform.python_version()}", *(f"{package} {version(package)}" for package in _PACKAGES)]
    charts = "charts are drawn" if can_draw() else "charts are not drawn, as the extra `charts` is not installed"
    return Finding("Versions", f"{', '.join(named)}; {charts}.")


async def _database(path: Path) -> Finding:
    try:
        with told_as_cannot_run(path):
            files = await asyncio.to_thread(_sizes, path)
        if not files:
            return Finding("Database", f"there is none at {path} yet; the bot makes it when it first runs on Discord.")
        async with open_for_reading(path) as database:
            versions = await versions_of(database)
    except CannotRun as refusal:
        return Finding("Database", "it cannot be used.", str(refusal), stops=True)
    size = f"{sum(files) / 1_000_000:,.1f} MB"
    told = f"{path} is whole: {size}, schema {versions.schema}, SQLite {versions.sqlite}."
    return Finding("Database", told)


def _sizes(path: Path) -> tuple[int, ...]:
    """Give the sizes of the database and of its log, of those that are there."""
    log = path.with_name(f"{path.name}-wal")
    sizes = []
    for file in (path, log):
        with suppress(FileNotFoundError):
            sizes.append(file.stat().st_size)
    return tuple(sizes)


def _disk(storage: Path) -> Finding:
    there = next(folder for folder in (storage.absolute(), *storage.absolute().parents) if _is_seen(folder))
    if not os.access(there, os.W_OK):
        return Finding("Disk", f"{there} may not be written.", "Give the bot's user the right to.", stops=True)
    free = shutil.disk_usage(there).free
    told = f"{free / 1_000_000_000:,.1f} GB free at {storage}."
    return Finding("Disk", told, "" if free >= _LEAST_FREE else "Make room: without any, nothing can be saved.")


def _is_seen(folder: Path) -> bool:
    """Whether the folder is there, as far as this user may know."""
    try:
        return folder.exists()
    except OSError:
        return False


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
