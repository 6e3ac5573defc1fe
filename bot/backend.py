"""The composition root of what serves a chat platform: the answer desk with everything that is kept."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.app import composer
from bot.backups.schedule import BackupSchedule
from bot.book.last_good import LastGood
from bot.book.news import telling
from bot.book.reload import BookWatch
from bot.examination import examine_machine, of_backups
from bot.outbox.worker import OutboxWorker
from bot.ranking.processes import open_ranking
from bot.store.folder import DATABASE
from knowledge.deliveries.last_heard import LastHeard
from knowledge.deliveries.log import DeliveryLog
from knowledge.desk import AnswerDesk
from knowledge.members.desk import MembersDesk, open_members_desk
from knowledge.moderation.desk import ModeratorsDesk, open_moderators_desk
from knowledge.moderation.unsaved import UnsavedWork
from knowledge.records.database import open_database
from knowledge.records.signs import StoreSigns, store_signs
from knowledge.upkeep.departures import Departures
from knowledge.upkeep.schedule import Upkeep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.config import Config
    from bot.ranking.processes import RankingProcesses
    from knowledge.health import Finding


@dataclass(frozen=True, slots=True)
class Backend:
    """What a platform's adapter works with: answers for members, the moderators' desk, what was shown where.

    `members` is for what members decide about what is kept of them. `unsaved` is what moderators have typed and not
    saved yet: in memory alone.

    `book` follows the knowledge files and tells how they stand. `outbox` does later what is to be done on the platform.
    `backups` makes them by itself where the settings say so.
    `ranking` finds the stored questions of texts in processes of its own, where the settings say so.
    `last_heard` knows up to where everything was heard, `departures` which servers the bot was removed from. `examine`
    looks at what the bot needs on this machine.
    """

    desk: AnswerDesk
    moderators: ModeratorsDesk
    members: MembersDesk
    deliveries: DeliveryLog
    unsaved: UnsavedWork
    book: BookWatch
    ranking: RankingProcesses
    outbox: OutboxWorker
    backups: BackupSchedule
    last_heard: LastHeard
    departures: Departures
    examine: Callable[[], Awaitable[tuple[Finding, ...]]]
    signs: Callable[[], Awaitable[StoreSigns]]


@asynccontextmanager
async def open_backend(config: Config, *, samples: bool) -> AsyncIterator[Backend]:
    """Open the answer desk with everything that is kept under the settings' storage path, and close it afterwards.

    The knowledge files are followed meanwhile. Raises `KnowledgeFaults`, unless a copy of good files is kept there, and
    `CannotRun` where another process serves from that path or the database is no good.
    """
    paths, storage, shown = config.knowledge.path, config.storage.path, samples or config.knowledge.sample
    async with open_database(storage / DATABASE) as database, open_ranking(config.answers.ranking_processes) as ranking:
        compose = composer(config, samples=samples, soon=True)
        watch = BookWatch(paths, compose, samples=shown, last_good=LastGood(storage, paths), now=_now)
        desk = AnswerDesk(watch.snapshot, ranking.rank)
        async with (
            open_moderators_desk(
                database,
                desk,
                _now,
                files_hash=watch.status.files_hash,
                nothing=lambda: watch.book.nothing,
                defaults=config.server_defaults,
                samples=shown,
                recall_within=timedelta(days=config.answers.recall_days),
            ) as moderators,
            open_members_desk(database, moderators.servers, _now) as members,
            watch.following(moderators.follow),
            telling(watch, database, config.discord.fault_channels, _now),
            (outbox := OutboxWorker(database, _now)).working(),
            (unsaved := UnsavedWork(_now)).messages_let_go(),
        ):
            deliveries = DeliveryLog(database, _now, moderators.recalls, last_heard := LastHeard(database))
            await deliveries.begin()
            departures, backups = Departures(database, moderators.servers, _now), BackupSchedule(config, database, _now)
            upkeep = Upkeep(database, moderators.servers, departures, _now)
            async with last_heard.kept(), deliveries.silences.being_written(), upkeep.kept_up(), backups.kept():
                yield Backend(
                    desk=desk,
                    moderators=moderators,
                    members=members,
                    deliveries=deliveries,
                    unsaved=unsaved,
                    book=watch,
                    ranking=ranking,
                    outbox=outbox,
                    backups=backups,
                    last_heard=last_heard,
                    departures=departures,
                    examine=partial(_examined, config, backups),
                    signs=lambda: store_signs(database, _now()),
                )


async def _examined(config: Config, backups: BackupSchedule) -> tuple[Finding, ...]:
    every = timedelta(hours=config.backup.every_hours)
    on_machine = await examine_machine(config.storage.path / DATABASE)
    return (*on_machine, of_backups(backups.status, every, _now()))


def _now() -> datetime:
    return datetime.now(UTC)
