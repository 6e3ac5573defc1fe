"""Terminal chat: the first adapter a newcomer meets. Opens no store, keeps nothing."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot._terminal_input import Lines
from bot._terminal_pages import Page, heading, plain_page, reply_page
from bot.conversation import Conversation
from bot.logs import report_here
from knowledge.model import Place

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot._terminal_screen import Screen
    from knowledge.desk import AnswerDesk

PROMPT = "> "
# What was asked could not even be screened, perhaps.
IN_AN_EMERGENCY = "In an emergency call 911 or your local emergency number."
# A pipe's lines are repeated above their replies; this much of one, in characters, is enough to know it by.
_REPEATED = 200


async def chat(desk: AnswerDesk, screen: Screen, look: Callable[[], Awaitable[str]]) -> None:
    """Answer what is typed or piped until it ends, or until Ctrl-C or SIGTERM.

    `look` is called before each answer: it brings the desk up to date, and gives what there is to say of that.
    """
    conversation = Conversation(desk, narrow=lambda: screen.narrow)
    screen.show(conversation.greet())
    with _terminal_left_as_found(), _stopping_signals() as stop:
        lines = Lines()
        while (line := await _next_line(lines, stop)) is not None:
            if line.strip():
                # A pipe's line is repeated above its reply; a typed one stands there already.
                screen.show(() if lines.typed else (heading(f"{PROMPT}{_shortened(line)}"),))
                if news := await _news(desk, line, look):
                    screen.show(plain_page(news))
            page = _say(conversation, line)
            if page is None:
                return
            if page:
                screen.show(page)
        if lines.typed:
            screen.show(())


async def cards_alone(desk: AnswerDesk, screen: Screen) -> None:
    """Show the emergency cards, and nothing else, for what was piped in; at a terminal nothing was asked yet."""
    if sys.stdin is None or sys.stdin.isatty():
        return
    with _stopping_signals() as stop:
        lines = Lines()
        while (line := await _next_line(lines, stop)) is not None:
            card = desk.alarm(line.strip(), Place(addressed=True))
            if card is not None:
                screen.show((heading(f"{PROMPT}{_shortened(line)}"),))
                screen.show(reply_page(card, short_notice=screen.narrow))


def _shortened(line: str) -> str:
    return line if len(line) <= _REPEATED else f"{line[:_REPEATED]} ..."


def _say(conversation: Conversation, line: str) -> Page | None:
    try:
        return conversation.say(line)
    except Exception as crash:  # noqa: BLE001  # one question's crash must not end the chat
        return plain_page(report_here(crash), IN_AN_EMERGENCY)


async def _news(desk: AnswerDesk, line: str, look: Callable[[], Awaitable[str]]) -> str:
    """Bring the desk up to date, unless `line` alarms: a card waits for no file."""
    try:
        alarming = desk.alarm(line.strip().lstrip("/"), Place(addressed=True)) is not None
        return "" if alarming else await look()
    except Exception as crash:  # noqa: BLE001  # what was read before answers too
        return report_here(crash)


async def _next_line(lines: Lines, stop: asyncio.Future[None]) -> str | None:
    line = asyncio.ensure_future(lines.next(PROMPT))
    await asyncio.wait((line, stop), return_when=asyncio.FIRST_COMPLETED)
    if line.done():
        return line.result()
    line.cancel()
    return None


@contextmanager
def _stopping_signals() -> Iterator[asyncio.Future[None]]:
    """Give a future that Ctrl-C and SIGTERM fulfil."""
    loop = asyncio.get_running_loop()
    stop: asyncio.Future[None] = loop.create_future()
    with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt there
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, _fulfil, stop)
    try:
        yield stop
    finally:
        with suppress(NotImplementedError):
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


def _fulfil(stop: asyncio.Future[None]) -> None:
    if not stop.done():
        stop.set_result(None)


@contextmanager
def _terminal_left_as_found() -> Iterator[None]:
    """Undo what line editing did to the terminal; ended in mid-line, it would leave the shell without an echo."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415  # not on Windows

    found = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, found)
