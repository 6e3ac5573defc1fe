"""Questions without end for a bot under load, and how long their replies take."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import matching
from knowledge.model import Answer, Question
from tests.fakediscord import Person
from tests.fakediscord.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakediscord import FakeDiscord
    from tests.fakediscord.routing import Call

CHANNELS = 40
IN_FLIGHT = 64
PATIENCE = 10.0
REMEMBERED = 2_000


def stored(entries: int) -> list[Question]:
    """Make up so many questions, as different from each other as those of people are."""
    chance = random.Random(9)
    known = json.loads((Path(matching.__file__).parent / "words.json").read_text("utf-8"))["known"].split()
    things = [word for word in known if len(word) > 4]  # noqa: PLR2004  # short ones are mostly grammar
    forms = (
        "How long does {} last after {}?",
        "Can {} cause {} in {}?",
        "What helps with {} and {}?",
        "Is {} normal after {}?",
    )
    made: dict[str, Question] = {}
    while len(made) < entries:
        title = chance.choice(forms).format(*(" ".join(chance.choices(things, k=2)) for _ in range(3)))
        body = " ".join(chance.choices(things, k=80))
        made.setdefault(title, Question(f"entry-{len(made)}", title, (Answer(body, name="Jo Doe, MD"),)))
    return list(made.values())


class Unseen(Inspection):
    """Looks at nothing: what is measured here is not the looking."""

    def look(self, *_: object) -> None:
        """Look away."""


@dataclass
class Watcher:
    """Notes when a question was asked, and what its reply took, in seconds."""

    asked: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, call: Call) -> None:
        """Note a request of the client under test."""
        nonce = str((call.body or {}).get("nonce", "")) if call.method == "POST" else ""
        if (began := self.asked.pop(nonce, None)) is not None:
            self.took.append(time.perf_counter() - began)
            self.came.set()


class Watched(deque):
    """Requests as the fake keeps them, each noted and let go."""

    def __init__(self, watcher: Watcher) -> None:
        super().__init__(maxlen=1)
        self._watcher = watcher

    def append(self, call: Call) -> None:
        """Note one more."""
        self._watcher.note(call)


class Load:
    """A fake Discord with many channels and members, and questions without end."""

    def __init__(self, fake: FakeDiscord, questions: Sequence[str]) -> None:
        self.fake = fake
        guilds = [fake.world.add_guild(f"Server {number}") for number in range(4)]
        self._places = [
            (
                Person(fake, f"member{number}", guilds[number % 4]),
                fake.world.add_channel(guilds[number % 4], f"c{number}"),
            )
            for number in range(CHANNELS)
        ]
        self._turns = itertools.cycle(self._places)
        self._questions = itertools.cycle(questions)
        self.watcher = Watcher()
        fake.calls = Watched(self.watcher)

    async def ask(self) -> None:
        """Ask one question."""
        person, channel = next(self._turns)
        began = time.perf_counter()
        # The name stands behind the question: before one that begins with "is" it would be what is talked about.
        message = await person.say(channel, f"{next(self._questions)} <@{self.fake.world.application_id}>")
        self.watcher.asked[message["id"]] = began

    async def all_answered(self) -> None:
        """Wait until nobody waits any more, or nothing comes any more: who overruns a queue is put off in silence."""
        try:
            while self.watcher.asked:
                await self.one_answered()
        except TimeoutError:
            self.watcher.asked.clear()

    async def one_answered(self) -> None:
        """Wait for the next reply, and forget old messages: those of the fake are not measured."""
        self.watcher.came.clear()
        await asyncio.wait_for(self.watcher.came.wait(), PATIENCE)
        for kept in (self.fake.world.messages, self.fake.world.nonces):
            while len(kept) > REMEMBERED:
                del kept[next(iter(kept))]

    async def at_rate(self, rate: int, seconds: float) -> list[float]:
        """Ask so many questions a second, evenly; give what the replies took."""
        self.watcher.took = []
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            wait = began + number / rate - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            await self.ask()
        await self.all_answered()
        return self.watcher.took

    async def at_full_speed(self, count: int) -> tuple[float, list[float]]:
        """Ask as soon as there are fewer than so many without a reply; give replies a second, and what they took."""
        self.watcher.took = []
        began = time.perf_counter()
        for _ in range(count):
            while len(self.watcher.asked) >= IN_FLIGHT:
                await self.one_answered()
            await self.ask()
        await self.all_answered()
        return count / (time.perf_counter() - began), self.watcher.took
