"""Whether examples would still hold after a change: found out once for a proposal, from its preview to its save."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from knowledge.moderation.checks import newly_broken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from knowledge.content.library import Snapshot
    from knowledge.curation.entry import Step
    from knowledge.curation.examples import BrokenExample
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.moderation.servers import Servers

_Key = tuple[str, tuple[int, int], str, str]


class ExampleChecks:
    """Looks at every example that a step may break, which takes some milliseconds each, and remembers what it found.

    What was found counts for as long as the server shows the same and the step leads to the same words. The latest
    `most` findings are remembered. `nothing` gives the book's texts that must find no entry.
    """

    def __init__(self, servers: Servers, nothing: Callable[[], Collection[str]], most: int = 200) -> None:
        self._servers = servers
        self._nothing = nothing
        self._most = most
        self._found: OrderedDict[_Key, tuple[Collection[str], tuple[BrokenExample, ...]]] = OrderedDict()

    async def broken_by(
        self, server_id: str, layer: ServerLayer, step: Step, after: Snapshot | None = None
    ) -> tuple[BrokenExample, ...]:
        """Give the examples that hold now and would not after `step`; `after` is what is live then, where it is known.

        `layer` is the server's as it is now.
        """
        nothing, key = self._nothing(), self._key(server_id, step)
        known = self._found.get(key)
        if known is not None and known[0] is nothing:
            self._found.move_to_end(key)
            return known[1]
        before = self._servers.snapshot(server_id)
        if after is None:
            after = await self._servers.compose(layer.after([step]))
        found = await newly_broken(before, after, layer, nothing)
        if self._key(server_id, step) == key:  # else something else is live by now, and it says nothing about that
            self._found[key] = (nothing, found)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return found

    def _key(self, server_id: str, step: Step) -> _Key:
        live = step.after.live
        return server_id, self._servers.showing(server_id), step.after.id, live.content_hash if live else ""
