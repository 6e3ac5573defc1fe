"""One ranking process, seen from the bot."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast

from bot.ranking.frames import framed, received

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Sequence

    from knowledge.matching.remote import RemoteRanking
    from knowledge.model import Question

# In seconds. A process that answers nothing for so long has stopped working: the slowest text takes some hundredths.
PATIENCE = 5.0
# What Python runs as such a process.
PROGRAM = ("-m", "bot.ranking.worker")
# So many questions of a book are sent at once: packing them holds up the bot for a few milliseconds.
_PART = 200
# What a process of ours has no business with: the token, and the word to the service manager.
_KEPT_FROM_IT = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID")


class RankingProcess:
    """Answers texts with their rankings while `answers` is awaited."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._asked = cast("StreamWriter", process.stdin)
        self._found = cast("StreamReader", process.stdout)
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[RemoteRanking | None]] = {}
        self._now = asyncio.get_running_loop().time
        self._moved = self._now()

    @property
    def load(self) -> int:
        """How many texts wait for it."""
        return len(self._waiting)

    async def rank(self, text: str, layers: bytes) -> RemoteRanking | None:
        """Have a text ranked; None where this process cannot. `layers` is as `packed_layers` gives it.

        Raises TimeoutError where it has stopped working: it answers nobody, while a long queue moves on.
        """
        if not self._waiting:
            self._moved = self._now()
        number = next(self._numbers)
        answer: asyncio.Future[RemoteRanking | None] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        self._asked.write(framed((number, text, layers)))
        try:
            while not (await asyncio.wait([answer], timeout=PATIENCE))[0]:
                if self._now() - self._moved >= PATIENCE:
                    raise TimeoutError
            return answer.result()
        finally:
            del self._waiting[number]

    async def learn(self, book: Sequence[Question]) -> None:
        """Send the book, and wait until it is indexed."""
        for first in range(0, len(book), _PART):
            self._asked.write(framed(tuple(book[first : first + _PART])))
            await self._asked.drain()
        self._asked.write(framed(()))
        await received(self._found)

    async def answers(self) -> None:
        """Hand out answers until the process is gone."""
        try:
            while True:
                number, ranking = await received(self._found)
                self._settle(number, ranking)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            for number in self._waiting:
                self._settle(number, None)

    def stop(self) -> None:
        """End the process, whatever it is at."""
        with suppress(ProcessLookupError):
            self._process.kill()

    def _settle(self, number: int, ranking: RemoteRanking | None) -> None:
        self._moved = self._now()
        answer = self._waiting.get(number)
        if answer is not None and not answer.done():
            answer.set_result(ranking)


@asynccontextmanager
async def ranking_process() -> AsyncIterator[RankingProcess]:
    """Start a process, and end it when this is left. Raises OSError where none can be started."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # A traceback of Python's own could quote a member.
        stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name not in _KEPT_FROM_IT},
    )
    ranking = RankingProcess(process)
    try:
        yield ranking
    finally:
        ranking.stop()
        await process.wait()
