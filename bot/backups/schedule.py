"""Makes backups by itself while the bot serves, and tells the owners' channels when that fails and when it works again.

A backup is due when the newest in the folder is older than the settings say, whoever made it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.backups.making import make_backup, newest_backup
from bot.outbox.owners import tell_owners
from bot.process.own_thread import in_own_thread
from knowledge.errors import NotSaved, SafeToShow
from knowledge.health import BACKUP_FAULT, BackupStatus
from knowledge.incidents import report
from knowledge.tasks import in_background

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from bot.config import Config
    from knowledge.records.database import Database

_log = logging.getLogger(__name__)

LOOK = 60.0  # seconds
# After an attempt that failed.
AGAIN = timedelta(hours=1)
# What the owners are told of; the second is what holds at first.
_FAILED, _WORKS = "failed", ""


class BackupSchedule:
    """`clock` gives aware times."""

    def __init__(self, config: Config, database: Database, clock: Callable[[], datetime]) -> None:
        self._settings = config.backup
        self._every = timedelta(hours=config.backup.every_hours)
        self._channels = config.discord.fault_channels
        self._make = partial(make_backup, config.storage.path, config.knowledge.path)
        self._database = database
        self._clock = clock
        self._tried: datetime | None = None
        # What the owners were told in this run; what they were told before stands in the outbox.
        self._told: str | None = None
        self._status = BackupStatus(scheduled=config.backup.folder is not None)

    @property
    def status(self) -> BackupStatus:
        """How the backups stand, as of the last look."""
        return self._status

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Look at once and every minute until this is left. A backup that is being made then is left undone."""
        if (folder := self._settings.folder) is None:
            yield
            return
        async with in_background(self._look_for_ever(folder)):
            yield

    async def look(self, folder: Path) -> None:
        """Make a backup if one is due, and have the owners told where that came out otherwise than the last time.

        Raises `NotSaved` where they cannot be: the next look has them told.
        """
        now = self._clock()
        self._status = replace(self._status, made=await asyncio.to_thread(newest_backup, folder, now))
        if self._is_due(now):
            self._tried = now
            await self._try(folder, now)
        trouble = self._status.trouble
        state = _FAILED if trouble else _WORKS
        if state != self._told:
            payload = {"state": state, "why": trouble}
            await tell_owners(self._database, self._channels, BACKUP_FAULT, payload, now)
            self._told = state

    def _is_due(self, now: datetime) -> bool:
        if self._status.trouble and self._tried is not None and now - self._tried < AGAIN:
            return False
        return self._status.made is None or now - self._status.made >= self._every

    async def _try(self, folder: Path, now: datetime) -> None:
        try:
            made = await in_own_thread(partial(self._make, folder, self._settings.keep, now))
        except SafeToShow as refusal:
            self._status = replace(self._status, trouble=str(refusal))
            _log.error("No backup was made; the next attempt is in an hour: %s", refusal)
            return
        self._status = replace(self._status, made=made.manifest.made, trouble="")
        _log.info("A backup was made and verified: %s", made.path)
        for fault in made.manifest.left_out:
            _log.warning("The backup lacks a knowledge file that cannot be read: %s", fault)

    async def _look_for_ever(self, folder: Path) -> None:
        while True:
            try:
                await self.look(folder)
            except NotSaved as error:
                _log.warning("The owners are not told how the backups stand: %s", error)
            except Exception as error:  # noqa: BLE001  # a crash in one look must not end all looking
                report(error)
                crashed = "The last attempt at a backup crashed; the log tells where."
                self._status = replace(self._status, trouble=crashed)
            await asyncio.sleep(LOOK)
