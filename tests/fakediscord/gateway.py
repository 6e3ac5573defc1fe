"""The gateway: a websocket that tells the bot what happens. Sessions outlive their sockets, so that RESUME works."""

from __future__ import annotations

import asyncio
import json
import time
import zlib
from typing import TYPE_CHECKING, Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.fakediscord import intents
from tests.fakediscord.payloads import guild_create, seen_by

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.fakediscord.state import Json, World

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _RECONNECT = 0, 1, 2, 6, 7
_MEMBERS, _INVALID_SESSION, _HELLO, _ACK = 8, 9, 10, 11
_KEPT_EVENTS = 5000
_FOR_ONE_ALONE = frozenset({"INTERACTION_CREATE"})


class Socket:
    """One open connection, compressed when the client asked for it."""

    def __init__(self, ws: web.WebSocketResponse, transport: Any, *, compress: bool) -> None:
        self._ws = ws
        self._transport = transport
        self._deflate = zlib.compressobj() if compress else None
        self._close_code: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def packets(self) -> AsyncIterator[Json]:
        """Give what the client says, until either side closes."""
        while not self._close_code.done():
            receiving = asyncio.create_task(self._ws.receive())
            await asyncio.wait((receiving, self._close_code), return_when=asyncio.FIRST_COMPLETED)
            if not receiving.done():
                receiving.cancel()
                await asyncio.wait((receiving,))
            elif (frame := receiving.result()).type is WSMsgType.TEXT:
                yield json.loads(frame.data)
            elif self._ws.closed or frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                break

    async def send(self, frame: str) -> None:
        """Send a frame. One that finds the connection gone is lost, as on any network."""
        if self._ws.closed:
            return
        try:
            if self._deflate:
                packed = self._deflate.compress(frame.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self._ws.send_bytes(packed)
            else:
                await self._ws.send_str(frame)
        except (ConnectionError, RuntimeError):
            return

    async def operation(self, code: int, data: Any = None) -> None:
        await self.send(json.dumps({"op": code, "d": data, "s": None, "t": None}))

    def close(self, code: int) -> None:
        """Close with a code, or cut the line when the code is 1006, which no peer can send."""
        if code == 1006:
            self._transport.abort()
        elif not self._close_code.done():
            self._close_code.set_result(code)

    async def farewell(self) -> None:
        """Say the code, and read on until the client has heard it: to close on unread words would swallow the code."""
        await self._ws.close(code=self._close_code.result() if self._close_code.done() else WSCloseCode.OK)


class Session:
    """What one IDENTIFY began: its intents, its events with their numbers, and the socket, while there is one."""

    def __init__(self, session_id: str, session_intents: int, socket: Socket) -> None:
        self.id = session_id
        self.intents = session_intents
        self.socket: Socket | None = socket
        self._number = 0
        self._log: list[tuple[int, str]] = []

    async def dispatch(self, event: str, data: Json) -> None:
        self._number += 1
        frame = json.dumps({"op": _DISPATCH, "t": event, "s": self._number, "d": data}, separators=(",", ":"))
        self._log.append((self._number, frame))
        del self._log[:-_KEPT_EVENTS]
        if self.socket:
            await self.socket.send(frame)

    def told(self, event: str) -> list[Json]:
        """Give what this session was told of one kind of event."""
        frames = (json.loads(frame) for _, frame in self._log)
        return [frame["d"] for frame in frames if frame["t"] == event]

    def remembers(self, number: int) -> bool:
        return not self._log or number >= self._log[0][0] - 1

    async def replay(self, after: int) -> None:
        """Send again every event with a number above `after`."""
        for number, frame in list(self._log):
            if number > after and self.socket:
                await self.socket.send(frame)


class Gateway:
    """Serves any number of sessions; what happens in the world is sent to each that asked for it."""

    def __init__(self, world: World, token: str, changed: Callable[[], None]) -> None:
        self.world = world
        self.address = ""
        self.heartbeat_ms = 41_250
        self.allowed_intents = intents.ALL
        self.refuse = False
        self.acknowledge_heartbeats = True
        # Swallows what clients say, their farewell too, as a broken network does.
        self.deaf = False
        # What `gateway/bot` tells: sessions that may still be begun, and seconds until there are new ones.
        self.sessions_left, self.renewed_in = 999, 0.0
        # Events that a resumed session has seen and is sent again, as Discord may do.
        self.replay_seen = 0
        self.sessions: dict[str, Session] = {}
        # Those of other applications in the same servers.
        self.neighbours: list[Gateway] = []
        self.identifies = 0
        self.identified_at: list[float] = []
        # Sessions that were told of all their servers: from then on a socket may be closed without a race.
        self.begun = 0
        self.resumes = 0
        self.heartbeats: list[float] = []
        self._token = token
        self._changed = changed

    @property
    def live(self) -> list[Session]:
        """The sessions that have a socket now."""
        return [session for session in self.sessions.values() if session.socket]

    async def emit(self, event: str, data: Json, *, channel: Json | None = None) -> None:
        """Tell every session that wants it, also of other applications where the event is not meant for one alone."""
        in_guild = "guild_id" in (channel or data)
        for gateway in (self, *(self.neighbours if in_guild and event not in _FOR_ONE_ALONE else ())):
            await gateway._tell(event, data, channel)

    async def _tell(self, event: str, data: Json, channel: Json | None) -> None:
        """Tell the sessions. A message is cut to what each of them may read."""
        in_guild = "guild_id" in (channel or data)
        for session in list(self.sessions.values()):
            if not intents.wanted(session.intents, event, in_guild=in_guild):
                continue
            is_message = channel is not None and "author" in data
            await session.dispatch(event, seen_by(self.world, data, session.intents) if is_message else data)

    async def emit_raw(self, event: str, data: Json) -> None:
        """Tell every session something, whatever it is."""
        for session in list(self.sessions.values()):
            await session.dispatch(event, data)

    async def drop(self, code: int = 4000, *, forget: bool = False) -> None:
        """Close every socket; 1006 cuts the line. `forget`: the sessions cannot be resumed."""
        sockets = [session.socket for session in self.sessions.values() if session.socket]
        for session in self.sessions.values():
            session.socket = None
        if forget:
            self.sessions.clear()
        for socket in sockets:
            socket.close(code)

    async def ask_to_reconnect(self) -> None:
        await self._operation(_RECONNECT)

    async def invalidate(self, *, resumable: bool) -> None:
        """Say that the sessions are invalid; those that are not resumable are forgotten."""
        sockets = [session.socket for session in self.live]
        if not resumable:
            self.sessions.clear()
        for socket in sockets:
            if socket:
                await socket.operation(_INVALID_SESSION, resumable)

    async def _operation(self, code: int) -> None:
        for session in self.live:
            if session.socket:
                await session.socket.operation(code)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Handle one connection from HELLO to its end."""
        if self.refuse:
            return web.Response(status=503)
        ws = web.WebSocketResponse(max_msg_size=0, autoclose=False)
        await ws.prepare(request)
        socket = Socket(ws, request.transport, compress=request.query.get("compress") == "zlib-stream")
        await socket.operation(_HELLO, {"heartbeat_interval": self.heartbeat_ms})
        session: Session | None = None
        async for packet in socket.packets():
            code, data = packet["op"], packet.get("d")
            if code == _HEARTBEAT:
                self.heartbeats.append(time.monotonic())
                if self.acknowledge_heartbeats:
                    await socket.operation(_ACK)
            elif code == _IDENTIFY:
                session = await self._identify(socket, data)
            elif code == _RESUME:
                session = await self._resume(socket, data)
            elif code == _MEMBERS and session:
                await self._members(session, data)
        await self._farewell(socket)
        if session and session.socket is socket:
            session.socket = None
        return ws

    async def _farewell(self, socket: Socket) -> None:
        while self.deaf:  # noqa: ASYNC110  # a test sets it
            await asyncio.sleep(0.05)
        await socket.farewell()

    async def _identify(self, socket: Socket, data: Json) -> Session | None:
        self.identifies += 1
        self.identified_at.append(time.monotonic())
        if data["token"] != self._token:
            socket.close(4004)
            return None
        if data["intents"] & ~self.allowed_intents:
            socket.close(4014)
            return None
        session = Session(f"{self.identifies:032x}", data["intents"], socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": {**self.world.bot, "verified": True, "mfa_enabled": True, "email": None, "flags": 0},
            "guilds": [{"id": guild, "unavailable": True} for guild in self.world.guilds],
            "session_id": session.id,
            "resume_gateway_url": self.address,
            "shard": data.get("shard", [0, 1]),
            "application": {"id": self.world.application_id, "flags": 0},
        }
        await session.dispatch("READY", ready)
        for guild in self.world.guilds.values():
            await session.dispatch("GUILD_CREATE", guild_create(self.world, guild, session.intents))
        self.begun += 1
        self._changed()
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        self.resumes += 1
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self._token or not session.remembers(data["seq"]):
            await socket.operation(_INVALID_SESSION, data=False)
            return None
        session.socket = socket
        await session.replay(data["seq"] - self.replay_seen)
        await session.dispatch("RESUMED", {"_trace": []})
        self._changed()
        return session

    async def _members(self, session: Session, data: Json) -> None:
        members = list(self.world.guilds[data["guild_id"]].members.values())
        chunk = {
            "guild_id": data["guild_id"],
            "members": members,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [],
            "nonce": data.get("nonce"),
        }
        await session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
