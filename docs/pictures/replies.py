"""Take the pictures of the replies anew: start the preview, ask in it, photograph what members would see.

    .venv/bin/python docs/pictures/replies.py

Needs the extra `preview` and Chromium. The pictures go beside this file, each once wide and once as a phone shows it.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import shutil
import sys
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PICTURES = Path(__file__).resolve().parent
ROOT = PICTURES.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0")
WAIT = 20.0  # seconds for anything to appear
MARGIN = 12  # pixels below the message
COLOURS = 64

MESSAGES = "document.querySelectorAll('.channel-message')"
LAST = f"[...{MESSAGES}].at(-1)"
COMPOSER = "document.querySelector('#channel-composer-input')"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: what a member asks, and words that stand in the reply. `addressed`: written as a reply to the bot."""

    name: str
    asked: str
    shows: str
    addressed: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A device: width in CSS pixels, and how many of its own pixels one of those is."""

    name: str
    width: int
    scale: float
    mobile: bool


SHOTS = (
    Shot("answer", "my left cheek keeps twitching, would botox help?", "patient/doctor relationship"),
    Shot("choices", "can i have botox when i have a baby?", "not medical advice", addressed=True),
    Shot("emergency", "my throat is swelling after the injection and i can't breathe", "911"),
)
SCREENS = (Screen("wide", 1000, 1.0, mobile=False), Screen("phone", 390, 2.0, mobile=True))


class Page:
    """A page of the browser, spoken to over DevTools."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a DevTools method and give its result."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        async for message in self._socket:
            answer = json.loads(message.data)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
        raise RuntimeError("the browser went away")

    async def value(self, expression: str) -> Any:  # noqa: ANN401  # whatever the page computes
        """Give what a JavaScript expression is on the page."""
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    async def until(self, expression: str) -> Any:  # noqa: ANN401  # whatever the page computes
        """Wait until an expression is true on the page, and give it."""
        async with asyncio.timeout(WAIT):
            while not (found := await self.value(expression)):  # noqa: ASYNC110  # a page tells nobody that it changed
                await asyncio.sleep(0.1)
            return found

    async def write(self, text: str) -> None:
        """Write a message as a member does, and wait until it stands in the channel."""
        before = await self.value(f"{MESSAGES}.length")
        await self.until(f"({COMPOSER}.focus(), !{COMPOSER}.disabled && document.activeElement === {COMPOSER})")
        await self.call("Input.insertText", text=text)
        await self.until(f"{COMPOSER}.value === {json.dumps(text)}")
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13)
        await self.until(f"{MESSAGES}.length > {before}")

    async def begin_reply(self) -> None:
        """Choose to reply to the first message of the channel, which is the bot's."""
        button = f"{MESSAGES}[0].querySelector('[data-control-key$=\":action:reply\"]')"
        await self.until(f"({button}.click(), !document.querySelector('#reply-context').hidden)")

    async def photograph(self, screen: Screen, file: Path, messages: int = 1) -> None:
        """Write a picture of the last message, or of so many of the last ones, to `file`."""
        box = await self._fit(screen, 900, messages)
        await self.value(f"{COMPOSER}.form.style.visibility = 'hidden'")
        taken: dict[str, Any] = {}
        # A busy machine may move the page once more while it is photographed.
        while not taken or await self.value(_box(messages)) != box:
            # What is tall scrolls inside the page otherwise.
            box = await self._fit(screen, int(box["height"]) + 400, messages)
            clip = {**box, "height": box["height"] + MARGIN, "scale": 1}
            taken = await self.call("Page.captureScreenshot", clip=clip)
        await self.value(f"{COMPOSER}.form.style.visibility = ''")
        with Image.open(io.BytesIO(base64.b64decode(taken["data"]))) as picture:
            # Text on plain colours needs few of them, and the file shrinks to a third.
            picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)

    async def _fit(self, screen: Screen, height: int, messages: int) -> dict[str, float]:
        """Make the window so tall, scroll to the last messages and give their place, when it has come to rest."""
        await self.call(
            "Emulation.setDeviceMetricsOverride",
            width=screen.width,
            height=height,
            deviceScaleFactor=screen.scale,
            mobile=screen.mobile,
        )
        place: dict[str, float] = {}
        async with asyncio.timeout(WAIT):
            while (moved := await self.value(f"({LAST}.scrollIntoView(), {_box(messages)})")) != place:
                place = moved
                await asyncio.sleep(0.3)
        return place


def _box(messages: int) -> str:
    """Give the expression for the rectangle round the last messages."""
    first = f"[...{MESSAGES}].at(-{messages}).getBoundingClientRect()"
    return (
        f"((a, b) => ({{x: a.x, y: a.y, width: a.width, height: b.bottom - a.y}}))"
        f"({first}, {LAST}.getBoundingClientRect())"
    )


@asynccontextmanager
async def preview() -> AsyncIterator[str]:
    """Run the preview and give its address."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "preview", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield await _line_with(program.stdout, "http://")
    finally:
        if program.returncode is None:
            program.terminate()
        await program.wait()


@asynccontextmanager
async def browser() -> AsyncIterator[Page]:
    """Run Chromium without a window and give its page."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit(
            "Chromium is not installed, and the pictures are taken with it. "
            "On Debian and Ubuntu: apt-get install chromium. On macOS: brew install --cask chromium."
        )
    async with AsyncExitStack() as stack:
        profile = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        program = await asyncio.create_subprocess_exec(
            found,
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        stack.push_async_callback(program.wait)
        stack.callback(program.kill)
        port = (await _line_with(program.stderr, "ws://")).split(":")[2].split("/")[0]
        web = await stack.enter_async_context(aiohttp.ClientSession())
        async with web.get(f"http://127.0.0.1:{port}/json/list") as answer:
            pages = [entry for entry in await answer.json() if entry["type"] == "page"]
        address = pages[0]["webSocketDebuggerUrl"]
        yield Page(await stack.enter_async_context(web.ws_connect(address, max_msg_size=0)))


async def _line_with(stream: asyncio.StreamReader | None, start: str) -> str:
    """Give the word of the program's output that begins with `start`, as soon as it is there."""
    async with asyncio.timeout(WAIT):
        while stream and (line := (await stream.readline()).decode()):
            for word in line.split():
                if word.startswith(start):
                    return word
    raise SystemExit("The program ended before it was ready; what it said stands above.")


async def main() -> None:
    """Take every picture."""
    async with browser() as page, preview() as address:
        await page.call("Page.navigate", url=address)
        await page.until(f"{MESSAGES}.length > 0 && window.simcordPreview?.ready")
        for shot in SHOTS:
            if shot.addressed:
                await page.begin_reply()
            await page.write(shot.asked)
            await page.until(f"{LAST}.innerText.includes({json.dumps(shot.shows)})")
            for screen in SCREENS:
                file = PICTURES / f"{shot.name}-{screen.name}.png"
                await page.photograph(screen, file)
                sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    asyncio.run(main())
