"""How much the bot answers, beside a bare discord.py client that echoes: `python -m benchmarks.load [MESSAGES]`.

The bot is a process with 10,000 stored questions and its database, once as it comes and once with ranking processes;
the echo client is another one. All are asked by the same fake Discord, in this process. Prints answers a second and the
time from an event to its reply at several rates, then the bot's memory over so many messages (100,000 without an
argument). Run it with little else on the machine: it prints how busy that was. Ends with 1 where a goal is missed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.asking import Load, Unseen, stored
from knowledge.content.writing import write_jsonl
from tests.fakediscord import FakeDiscord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


ENTRIES = 10_000
RATES = (50, 200, 400)
SECONDS = 10
AT_FULL_SPEED = 4_000
MORE_FILES = 5
RANKING_PROCESSES = 2
TOKEN = "MTAwMA.load.token-of-nobody-in-particular"
GOAL_SHARE, GOAL_P99, GOAL_RATE, GOAL_GROWTH = 0.5, 0.050, 200, 0.05


def settings(folder: Path, fake: FakeDiscord, rankers: int = 0) -> list[str]:
    """Write the settings for the book in a folder; give the command that serves it."""
    file = folder / f"config-{rankers}.toml"
    file.write_text(
        f'[discord]\napi_url = "{fake.api}"\ngateway_url = "{fake.gateway.address}"\n'
        f'[knowledge]\npath = "book.jsonl"\n[storage]\npath = "data-{rankers}"\n'
        f"[answers]\nranking_processes = {rankers}\n"
        "[servers]\nanswer_again_after = 0\nanswers_per_member = 0\n",
        "utf-8",
    )
    return ["-m", "bot", "--config", str(file), "discord"]


ECHO = """
import sys, discord, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
client = discord.Client(intents=intents, max_messages=None)

@client.event
async def on_message(message):
    if not message.author.bot:
        await message.channel.send("An echo.", reference=message.to_reference(), nonce=str(message.id))

client.run(sys.argv[3], log_handler=None)
"""


@asynccontextmanager
async def client(fake: FakeDiscord, folder: Path, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a client on the fake until this is left."""
    fake.gateway.sessions.clear()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=folder,
        env={**os.environ, "DISCORD_TOKEN": TOKEN},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await fake.until(lambda: fake.gateway.live, 120)
        await asyncio.sleep(1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


def family(pid: int) -> list[int]:
    """Give a process and those that it started."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(int(child) for one in children for child in one.read_text("ascii").split())]


def measured(pid: int) -> tuple[float, int]:
    """Give the memory of a process and those that it started, in MB, and the number of its own open files."""
    lines = [line for one in family(pid) for line in Path(f"/proc/{one}/status").read_text("ascii").splitlines()]
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return kilobytes / 1_000, len(list(Path(f"/proc/{pid}/fd").iterdir()))


def told(name: str, asked: int, took: list[float], rate: float, seconds: float) -> str:
    """Tell how `asked` questions fared; `seconds` is the processor time that all of them took together."""
    cuts = statistics.quantiles(took, n=100)
    line = f"{name:<27} {rate:8.0f}/s   p50 {cuts[49] * 1e3:7.1f} ms   p99 {cuts[98] * 1e3:7.1f} ms"
    line += f"   processor {seconds / len(took) * 1e3:6.2f} ms each"
    # A full queue is told to its channel once, and more of the same are put off in silence.
    return f"{line}   {asked - len(took)} put off" if len(took) < asked else line


def worked(pid: int) -> float:
    """Give the seconds of processor time that a process and those that it started have had."""
    stats = (Path(f"/proc/{one}/stat").read_text("ascii").rpartition(")")[2].split() for one in family(pid))
    return sum(int(fields[11]) + int(fields[12]) for fields in stats) / os.sysconf("SC_CLK_TCK")


async def rates(load: Load, name: str, pid: int) -> tuple[float, dict[int, float]]:
    """Print how a client does at each rate; give its full speed, and its p99 by rate."""
    await load.at_rate(50, 2)
    slowest = {}
    for rate in RATES:
        before = worked(pid)
        took = await load.at_rate(rate, SECONDS)
        slowest[rate] = statistics.quantiles(took, n=100)[98]
        print(told(f"{name}, {rate}/s", rate * SECONDS, took, rate, worked(pid) - before), flush=True)
    before = worked(pid)
    best, took = await load.at_full_speed(AT_FULL_SPEED)
    print(told(f"{name}, full speed", AT_FULL_SPEED, took, best, worked(pid) - before), flush=True)
    return best, slowest


async def soak(load: Load, pid: int, messages: int) -> tuple[float, int, int]:
    """Ask so many questions; give by which share memory grew after warming up, and open files before and after."""
    part = max(messages // 10, 100)
    await load.at_full_speed(max(messages // 5, 2_000))
    first, files = measured(pid)
    for number in range(1, 11):
        await load.at_full_speed(part)
        print(f"  after {number * part:>7,} messages: {measured(pid)[0]:6.1f} MB, {measured(pid)[1]} files", flush=True)
    last, _ = measured(pid)
    return last / first - 1, files, await settled(pid, files)


async def settled(pid: int, files: int) -> int:
    """Give the number of open files once the connections that a burst needed are closed, or after a minute."""
    for _ in range(60):
        if measured(pid)[1] <= files:
            break
        await asyncio.sleep(1)
    return measured(pid)[1]


@asynccontextmanager
async def prepared(entries: int) -> AsyncIterator[tuple[Load, Path]]:
    """Start the fake; give the load on it, and a folder with a book of so many entries."""
    fake = FakeDiscord(Unseen(), token=TOKEN)
    await fake.start()
    try:
        with tempfile.TemporaryDirectory() as name:
            questions = stored(entries)
            (Path(name) / "book.jsonl").write_text(write_jsonl(questions), "utf-8")
            yield Load(fake, [question.title for question in questions]), Path(name)
    finally:
        await fake.stop()


async def served(load: Load, folder: Path, rankers: int, messages: int, echo: float) -> dict[str, bool]:
    """Measure the bot with so many ranking processes; give each goal in words, and whether it was reached."""
    name = f"bot and {rankers} rankers" if rankers else "bot"
    async with client(load.fake, folder, *settings(folder, load.fake, rankers)) as bot:
        best, slowest = await rates(load, name, bot.pid)
        growth, files, left = await soak(load, bot.pid, messages) if messages else (0.0, 0, 0)
    slow = slowest[GOAL_RATE]
    return {
        f"{name}: {best / echo:.2f} of the echo client's rate, at least {GOAL_SHARE}": best >= GOAL_SHARE * echo,
        f"{name}: p99 {slow * 1e3:.1f} ms at {GOAL_RATE}/s, under {GOAL_P99 * 1e3:.0f}": slow < GOAL_P99,
        f"{name}: memory {growth:+.1%} over {messages:,} messages, under {GOAL_GROWTH:.0%}": growth < GOAL_GROWTH,
        f"{name}: open files {files} and {left}": left <= files + MORE_FILES,
    }


async def main(messages: int) -> bool:
    """Measure and print everything; give whether every goal was reached."""
    print(f"load of the machine before: {os.getloadavg()}, cores: {os.cpu_count()}")
    async with prepared(ENTRIES) as (load, folder):
        async with client(load.fake, folder, "-c", ECHO, load.fake.api, load.fake.gateway.address, TOKEN) as bare:
            echo, _ = await rates(load, "echo", bare.pid)
        goals: dict[str, bool] = {}
        for rankers in (0, RANKING_PROCESSES):
            goals |= await served(load, folder, rankers, messages, echo)
    print(f"load of the machine after: {os.getloadavg()}")
    for goal, reached in goals.items():
        print(f"{'reached' if reached else 'MISSED'}: {goal}")
    return all(goals.values())


if __name__ == "__main__":
    sys.exit(not asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)))
