"""`python -m bot discord` as a process, pointed at the fake."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.scale import LONG

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.fakediscord import FakeDiscord


class Program:
    """One run of the bot. `output` is everything that it has said so far, on both streams."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._said: list[str] = []
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(
        cls,
        *words: str,
        folder: Path,
        token: str | None = None,
        environment: Mapping[str, str] | None = None,
        python: Sequence[str] = ("-m", "bot"),
    ) -> Program:
        """Run `python -m bot` with these words in `folder`; `environment` is what else it is told.

        `python` is what Python runs in place of the bot as it is.
        """
        told = {key: value for key, value in os.environ.items() if not key.startswith("DISCORD")}
        told |= environment or {}
        if token is not None:
            told["DISCORD_TOKEN"] = token
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *python,
            *words,
            cwd=folder,
            env=told,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return cls(process)

    @property
    def output(self) -> str:
        return "".join(self._said)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def over(self) -> bool:
        return self._reading.done()

    def signal(self, number: int) -> None:
        # Not `send_signal`: it first looks whether the process is over, and would take its exit code from who waits.
        os.kill(self.pid, number)

    async def ended(self) -> int:
        """Wait for the end and give the exit code."""
        async with asyncio.timeout(LONG):
            code = await self._process.wait()
            await self._reading
        return code

    async def close(self) -> None:
        """End it for certain, whatever state it is in."""
        with suppress(ProcessLookupError):
            if self._process.returncode is None:
                self.signal(signal.SIGKILL)
        await self.ended()

    async def _read(self) -> None:
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            self._said.append(line.decode(errors="replace"))


def write_settings(
    folder: Path,
    fake: FakeDiscord,
    *,
    watch: list[int],
    samples: bool,
    log_level: str = "info",
    book: Path | None = None,
    more: str = "",
) -> Path:
    """Write a settings file that points the bot at the fake; `more` are tables of their own."""
    file = folder / "config.toml"
    file.write_text(
        f"""
        [discord]
        api_url = "{fake.api}"
        gateway_url = "{fake.gateway.address}"
        watch = {watch}

        [knowledge]
        sample = {str(samples).lower()}
        {f'path = "{book}"' if book else ""}

        # Few people ask the same again and again here.
        [servers]
        answer_again_after = 0
        answers_per_member = 0

        [log]
        level = "{log_level}"

        [storage]
        path = "{folder / "data"}"

        {more}
        """,
        encoding="utf-8",
    )
    return file
