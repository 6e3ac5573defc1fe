"""A Discord on loopback for tests: the real discord.py, or the bot as a process, talks to it as to the real one.

- `state`, `permissions`: what exists and who may do what; `payloads`, `mentions`, `intents`: how that looks on the wire
- `server`, `rest`, `routes_*`, `gateway`, `interactions`: what answers; `limits`: what it refuses
- `faults`, `ratelimits`: what goes wrong; `driver`: what people do
- `inspection`: the one place that looks at every message which the bot sends or edits, here and under SimCord
"""

from tests.fakediscord.driver import Person
from tests.fakediscord.errors import ApiError, NotOffered
from tests.fakediscord.inspection import Inspection
from tests.fakediscord.server import FakeDiscord
from tests.fakediscord.state import File

__all__ = ["ApiError", "FakeDiscord", "File", "Inspection", "NotOffered", "Person"]
