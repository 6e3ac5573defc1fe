"""The REST server: reads a request, looks at what it would show, lets planned failures happen, then carries it out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakediscord import routes_application, routes_channels
from tests.fakediscord.errors import ApiError
from tests.fakediscord.faults import RATE_LIMITED_BY
from tests.fakediscord.routing import Call, Routes
from tests.fakediscord.state import File

if TYPE_CHECKING:
    from tests.fakediscord.faults import Fault
    from tests.fakediscord.server import FakeDiscord

ROUTES = Routes()
ROUTES.include(routes_application.routes)
ROUTES.include(routes_channels.routes)
# What an interaction's own token opens needs no bot token.
_BY_TOKEN_IN_PATH = ("/webhooks/", "/interactions/")


async def serve(fake: FakeDiscord, request: web.Request) -> web.Response:
    """Answer one request to the API."""
    call = await _read(request)
    fake.calls.append(call)
    fake.inspection.look(call.method, call.path, call.body)
    fault = fake.faults.next_for(call.method, call.path)
    if fault and fault.delay:
        await asyncio.sleep(fault.delay)
    if fault and fault.released:
        await fault.released.wait()
    if fault and not fault.after and (fault.status or fault.abort):
        return _broken(fault, request)
    answered = await _carry_out(fake, call, request.headers.get("Authorization"))
    fake.changed()
    return _broken(fault, request) if fault and fault.after else answered


async def _carry_out(fake: FakeDiscord, call: Call, authorization: str | None) -> web.Response:
    found = ROUTES.find(call.method, call.path)
    if found is None:
        fake.unknown_routes.append(f"{call.method} {call.path}")
        return _json({"message": "404: Not Found", "code": 0}, 404)
    if authorization != f"Bot {fake.token}" and not call.path.startswith(_BY_TOKEN_IN_PATH):
        return _json({"message": "401: Unauthorized", "code": 0}, 401)
    route, parameters = found
    ruling = fake.buckets.count(call.method, route.pattern, parameters)
    if ruling.wait is not None:
        refused = {"message": "You are being rate limited.", "retry_after": ruling.wait, "global": False}
        return _json(refused, 429, ruling.headers | RATE_LIMITED_BY | {"Retry-After": str(int(ruling.wait) + 1)})
    try:
        result = await route.handler(fake, Call(call.method, call.path, call.body, call.files, call.query, parameters))
    except ApiError as refusal:
        fake.refusals.append(refusal)
        return _json(refusal.body, refusal.status, ruling.headers)
    return web.Response(status=204, headers=ruling.headers) if result is None else _json(result, 200, ruling.headers)


async def _read(request: web.Request) -> Call:
    files: list[File] = []
    body: Any = None
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if part.name == "payload_json":
                body = json.loads(await part.text())
            else:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                files.append(File(part.filename or "", bytes(await part.read()), kind))
    elif request.can_read_body:
        raw = await request.read()
        body = json.loads(raw) if raw else None
    path = "/" + request.match_info["tail"]
    return Call(request.method, path, body, tuple(files), dict(request.query))


def _broken(fault: Fault, request: web.Request) -> web.Response:
    if fault.abort:
        if request.transport:
            request.transport.abort()
        return web.Response()
    if isinstance(fault.body, str):
        return web.Response(status=fault.status, headers=fault.headers, text=fault.body, content_type="text/html")
    return _json(fault.body or {"code": 0, "message": "injected"}, fault.status, fault.headers)


def _json(value: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads a body as JSON only under exactly this content type, without a charset behind it.
    return web.Response(
        body=json.dumps(value).encode(), status=status, headers=headers, content_type="application/json"
    )
