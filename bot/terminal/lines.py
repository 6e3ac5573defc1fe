"""Lines that a person types or a pipe brings, read in a thread that never keeps the program from ending."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue

_CHUNK = 65_536
# A pipe may bring a line of any length. More than this, in bytes, is not read by anyone and not kept.
_LINE_BYTES = 262_144


class Lines:
    """Standard input, line by line. Bytes that are no UTF-8 become replacement characters."""

    def __init__(self) -> None:
        # Line editing needs both ends of a terminal; with the output piped on, the terminal's own must do.
        self.typed = bool(sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty())
        self._loop = asyncio.get_running_loop()
        self._prompts: SimpleQueue[tuple[str, asyncio.Future[str | None]]] = SimpleQueue()
        self._held = b""
        self._ended = sys.stdin is None
        # Not `asyncio.to_thread`: the loop would wait for its pool, and so for one more line, before it ends.
        threading.Thread(target=self._read, name="terminal-input", daemon=True).start()

    async def next(self, prompt: str) -> str | None:
        """Wait for a line, showing `prompt` where a person types; None is the end of the input."""
        line: asyncio.Future[str | None] = self._loop.create_future()
        self._prompts.put((prompt, line))
        return await line

    def _read(self) -> None:
        if self.typed:
            _edit_lines()
        while True:
            prompt, line = self._prompts.get()
            text = self._typed_line(prompt) if self.typed else self._piped_line()
            with suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(_settle, line, text)

    @staticmethod
    def _typed_line(prompt: str) -> str | None:
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            return None
        except UnicodeDecodeError:
            return ""

    def _piped_line(self) -> str | None:
        # Not `sys.stdin`: a thread that waits inside its buffer holds a lock that the interpreter needs to end.
        kept = bytearray()
        while not self._ended:
            line, found, self._held = self._held.partition(b"\n")
            kept += line[: _LINE_BYTES - len(kept)]
            if found:
                return _decode(kept)
            try:
                self._held = os.read(0, _CHUNK)
            except OSError:
                self._held = b""
            self._ended = not self._held
        return _decode(kept) if kept else None


def _edit_lines() -> None:
    """Give arrow keys and history where the system has them, and let a pasted text of several lines stay one text."""
    with suppress(ImportError):
        import readline  # noqa: PLC0415  # not on Windows

        readline.parse_and_bind("set enable-bracketed-paste on")


def _decode(line: bytearray) -> str:
    return codecs.decode(line, "utf-8", "replace").removesuffix("\r")


def _settle(line: asyncio.Future[str | None], text: str | None) -> None:
    if not line.done():
        line.set_result(text)
