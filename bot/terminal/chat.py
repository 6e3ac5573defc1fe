"""Terminal chat: the first adapter a newcomer meets. Opens no store, keeps nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot.logs import report_here
from bot.terminal.conversation import LEAVE, Conversation
from bot.terminal.lines import Lines
from bot.terminal.pages import Page, heading, plain_page, reply_page
from knowledge.model import Place

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from bot.terminal.screen import Screen
    from knowledge.desk import AnswerDesk
    from knowledge.errors import Fault

PROMPT = "> "
# What was asked could not even be screened, perhaps.
IN_AN_EMERGENCY = "In an emergency call 911 or your local emergency number."
_FAULTY = "The knowledge file has faults:"
# With so many on the screen, what is said under them is still seen; at the end all are told.
_FAULTS_SHOWN = 5
_NOTHING_ELSE = (
    "Until they are mended I cannot answer questions. I still read what you type here, and show the numbers to call "
    "where it sounds like an emergency. Type /quit to leave and see all faults; mend them, and start me again."
)
# Line editing asks the terminal to mark where a paste begins and ends, and takes that back only at the end of a line.
_PASTES_UNMARKED = "\x1b[?2004l"
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


async def cards_alone(desk: AnswerDesk, screen: Screen, faults: Sequence[Fault]) -> None:
    """Show the emergency cards, and nothing else, where the book has `faults`.

    Who types is told of them first, and at every other line that nothing else can be answered.
    """
    if sys.stdin is None:
        return
    typing = sys.stdin.isatty()
    if typing:
        screen.show(plain_page(_FAULTY, *map(str, faults[:_FAULTS_SHOWN]), _NOTHING_ELSE))
    with _terminal_left_as_found(), _stopping_signals() as stop:
        lines = Lines()
        while (line := await _next_line(lines, stop)) is not None:
            text = line.strip()
            if not text:
                continue
            if text.lower() in LEAVE:
                return
            page = _card(desk, text, screen) or (plain_page(_NOTHING_ELSE) if typing else ())
            if page:
                screen.show(page if lines.typed else (heading(f"{PROMPT}{_shortened(line)}"), *page))
        if lines.typed:
            screen.show(())


def _card(desk: AnswerDesk, text: str, screen: Screen) -> Page:
    try:
        card = desk.alarm(text.lstrip("/"), Place(addressed=True))
    except Exception as crash:  # noqa: BLE001  # even then the number must be told
        return plain_page(report_here(crash), IN_AN_EMERGENCY)
    return reply_page(card, short_notice=screen.narrow) if card else ()


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
        if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            sys.stdout.write(_PASTES_UNMARKED)
            sys.stdout.flush()
