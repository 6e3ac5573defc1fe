"""How often something was tried, and how often it was lost or doubled: told to whoever prints the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakediscord import FakeDiscord
    from tests.fakediscord.state import Json


@dataclass
class Counts:
    """`record` is pytest's `record_property`: `benchmarks.faults` reads from it."""

    record: Callable[[str, object], Any]
    asked: list[Json] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0

    def add(self, asked: Json) -> None:
        """Note a message that has to get one reply."""
        self.asked.append(asked)

    def replies(self, fake: FakeDiscord) -> None:
        """Count what the messages got, and tell."""
        got = [len(fake.replies_to(message)) for message in self.asked]
        self.tell(len(got), lost=got.count(0), doubled=sum(number > 1 for number in got))

    def tell(self, count: int, *, lost: int = 0, doubled: int = 0) -> None:
        """Tell what was tried otherwise than by messages with replies."""
        self.lost, self.doubled = lost, doubled
        for name, value in (("count", count), ("lost", lost), ("doubled", doubled)):
            self.record(name, value)
