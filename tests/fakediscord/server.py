"""A Discord on loopback: REST and gateway in one process, for the real discord.py and for the bot as a process."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakediscord import limits, rest
from tests.fakediscord.errors import ApiError, invalid_form
from tests.fakediscord.faults import Faults
from tests.fakediscord.gateway import Gateway
from tests.fakediscord.payloads import edited_message
from tests.fakediscord.ratelimits import Buckets
from tests.fakediscord.state import EPHEMERAL, World
from tests.scale import LONG, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.fakediscord.inspection import Inspection
    from tests.fakediscord.interactions import Interaction
    from tests.fakediscord.routing import Call
    from tests.fakediscord.state import File, Json


class FakeDiscord:
    """A Discord with one application. Every message that it is sent goes under the eyes of `inspection`.

    Point discord.py at `api` and `gateway.address`. Tests build the world before the bot connects, and act through
    `tests.fakediscord.driver.Person`.
    """

    def __init__(self, inspection: Inspection, *, token: str = "fake.token", world: World | None = None) -> None:
        self.inspection = inspection
        self.token = token
        self.world = world or World()
        self.gateway = Gateway(self.world, token, self.changed)
        self.faults = Faults()
        self.buckets = Buckets()
        self.interactions: dict[str, Interaction] = {}
        self.acknowledge_within = seconds(3.0)
        # Discord remembers a nonce for some minutes: without, it has forgotten all of them.
        self.honours_nonces = True
        self.calls: list[Call] = []
        # How often each of the bot's messages was edited, by id: what was refused is not counted.
        self.edits: Counter[str] = Counter()
        self.refusals: list[ApiError] = []
        self.unknown_routes: list[str] = []
        self.api = ""
        self._port = 0
        # Keeps the port while nothing listens there: one that is let go may be somebody else's the next moment.
        self._kept: socket.socket | None = None
        self._runner: web.AppRunner | None = None
        self._change = asyncio.Event()

    async def start(self) -> None:
        """Listen on a free port; the same one again after `go_away`."""
        app = web.Application(client_max_size=30 * 2**20)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{channel}/{file}/{name}", self._file)
        app.router.add_route("*", "/api/v10/{tail:.*}", self._api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        listening, self._kept = self._kept or _bound(0), None
        await web.SockSite(self._runner, listening).start()
        self._port = self._runner.addresses[0][1]
        self.world.files_at = f"http://127.0.0.1:{self._port}"
        self.api = f"{self.world.files_at}/api/v10"
        self.gateway.address = f"ws://127.0.0.1:{self._port}/gateway"

    async def neighbour(self, name: str, *, application_id: str, token: str) -> FakeDiscord:
        """Give a Discord that listens for another application which is in the same servers."""
        other = FakeDiscord(self.inspection, token=token, world=self.world.seen_by_another(name, application_id))
        self.gateway.neighbours.append(other.gateway)
        other.gateway.neighbours.append(self.gateway)
        await other.start()
        return other

    async def stop(self) -> None:
        """Go away for good."""
        await self.gateway.drop(1001)
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self._kept:
            self._kept.close()
            self._kept = None

    async def go_away(self) -> None:
        """Go away as a server does that is restarted: sessions are kept, sockets are closed."""
        await self.stop()
        self._kept = _bound(self._port)

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        self._change.set()

    async def until(self, condition: Callable[[], Any], within: float = LONG) -> Any:
        """Wait until `condition` gives something true, and give that. TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while not (value := condition()):
                # Most conditions change with a request; some with a heartbeat, or inside a client under test.
                self._change.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._change.wait(), 0.02)
            return value

    def requests(self, method: str, ending: str) -> list[Call]:
        """Give the requests so far whose path ends so."""
        return [call for call in self.calls if call.method == method and call.path.endswith(ending)]

    def replies_to(self, message: Json) -> list[Json]:
        """Give the bot's messages that answer `message` by reference."""
        return [
            one
            for one in self.world.messages.values()
            if one["author"]["id"] == self.world.bot["id"]
            and (one.get("message_reference") or {}).get("message_id") == message["id"]
        ]

    async def reply_to(self, message: Json) -> Json:
        """Wait for the bot's reply to `message`."""
        return (await self.until(lambda: self.replies_to(message)))[0]

    # --- What both the bot and people do -------------------------------------------------------

    def check_message(self, body: Json, files: Sequence[File] = (), *, edit: bool = False) -> None:
        """Refuse a message that Discord would refuse."""
        if faults := limits.message_faults(body):
            raise invalid_form(*faults[0])
        says = any(body.get(part) for part in ("content", "embeds", "components", "sticker_ids", "poll")) or files
        if not says and not edit:
            raise ApiError(400, 50006, "Cannot send an empty message")

    async def edit(self, message: Json, body: Json) -> Json:
        """Change one of the bot's messages. The Components V2 flag never goes again."""
        kept = message["flags"] & limits.COMPONENTS_V2
        flags = (body["flags"] if body.get("flags") is not None else message["flags"]) | kept
        self.check_message({**body, "flags": flags}, edit=True)
        edited_message(self.world, message, {**body, "flags": flags})
        self.edits[message["id"]] += 1
        if not message["flags"] & EPHEMERAL:
            channel = self.world.channels[message["channel_id"]]
            await self.gateway.emit("MESSAGE_UPDATE", message, channel=channel)
        self.changed()
        return message

    async def delete(self, message: Json) -> None:
        del self.world.messages[message["id"]]
        channel = self.world.channels[message["channel_id"]]
        gone = {"id": message["id"], "channel_id": channel["id"]}
        if "guild_id" in channel:
            gone["guild_id"] = channel["guild_id"]
        if not message["flags"] & EPHEMERAL:
            await self.gateway.emit("MESSAGE_DELETE", gone, channel=channel)
        self.changed()

    async def react(self, message: Json, user: Json, emoji: str) -> None:
        channel = self.world.channels[message["channel_id"]]
        named = {"id": None, "name": emoji}
        message["reactions"].append({"emoji": named, "count": 1, "me": user["id"] == self.world.bot["id"]})
        event = {
            "user_id": user["id"],
            "channel_id": channel["id"],
            "message_id": message["id"],
            "emoji": named,
            "burst": False,
            "type": 0,
            "message_author_id": message["author"]["id"],
        }
        if "guild_id" in channel:
            guild = self.world.guilds[channel["guild_id"]]
            event |= {"guild_id": guild.id, "member": guild.members[user["id"]]}
        await self.gateway.emit("MESSAGE_REACTION_ADD", event, channel=channel)

    async def start_thread(self, parent: Json, name: str, owner: Json, *, message_id: str | None = None) -> Json:
        thread = self.world.add_thread(parent, name, owner["id"], thread_id=message_id)
        await self.gateway.emit("THREAD_CREATE", {**thread, "newly_created": True}, channel=parent)
        return thread

    # --- Serving -------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.Response:
        return await rest.serve(self, request)

    async def _file(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["file"])
        return web.Response(body=file.data, content_type=file.content_type) if file else web.Response(status=404)


def _bound(port: int) -> socket.socket:
    """Give a socket at a port of this machine, 0 for any, on which nobody listens yet."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound
