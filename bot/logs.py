"""What is written down about the program's own work. Members' words never are.

Libraries quote what they were given in exceptions and debug lines. So an exception is logged as its type and frames,
never with its message, and what libraries say below INFO is not logged at all.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from bot.config import LogSettings

_LINE = "%(asctime)sZ %(levelname)s %(name)s: %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%S"
_OURS = ("knowledge", "bot", "cogs")
# A log that grows for ever fills the disk that the answers lie on: four files of this size, in bytes, at most.
_FILE_SIZE = 5_000_000
_OLD_FILES = 3
# A storm of faults tells nothing new with its thousandth line: so many characters are written in a minute.
_IN_A_MINUTE = 500_000
# What opens the bot's account, or answers an interaction in its name, known by its shape: libraries put addresses and
# headers into their messages. A token begins with an application's number in base64.
_SECRET = re.compile(
    r"\b[MNO][\w-]{5,}\.[\w-]{4,}\.[\w-]{20,}|(?<=Bot )\S{20,}|(?<=Bearer )\S{20,}"
    r"|(?<=/)(?P<kind>webhooks|interactions)/(?P<id>\d+)/[^/\s]+"
)


def start_logging(
    settings: LogSettings, *, otherwise: Path | None = None, clock: Callable[[], float] = time.monotonic
) -> None:
    """Log to the settings' file, else to the file `otherwise`, else to standard error.

    A file is made when there is something to write, and not before. `clock` gives seconds that never go back.
    """
    handler = _handler(settings.file or otherwise)
    handler.setFormatter(_Lines() if settings.format == "json" else _Formatter(_LINE, _TIME))
    handler.addFilter(_not_a_librarys_detail)
    handler.addFilter(_Bounded(handler, clock))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(max(logging.INFO, _number(settings.level)))
    for name in _OURS:
        logging.getLogger(name).setLevel(_number(settings.level))
    logging.getLogger("asyncio").addFilter(_first_line)
    logging.raiseExceptions = False  # a full disk must not spill a traceback into a chat


def report_here(error: BaseException) -> str:
    """Log a crash and give the sentence for a person who sits where the log file lies."""
    told = report(error)
    files = [one.baseFilename for one in logging.getLogger().handlers if isinstance(one, _LateFile) and one.stream]
    return f"{told} What happened is written in {files[0]}." if files else told


def _handler(file: Path | None) -> logging.Handler:
    try:
        return _LateFile(file) if file else logging.StreamHandler(sys.stderr)
    except OSError:  # the working directory is gone, and with it what the path is relative to
        return logging.StreamHandler(sys.stderr)


class _LateFile(RotatingFileHandler):
    """A log file whose folder, too, is made at the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_FILE_SIZE, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
        self._folder = path.parent

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.handleError(record)
        else:
            super().emit(record)


def _not_a_librarys_detail(record: logging.LogRecord) -> bool:
    """Hold back what libraries say below INFO, also where somebody set their loggers to: it quotes whole messages."""
    return record.levelno >= logging.INFO or record.name.split(".")[0] in _OURS


class _Bounded(logging.Filter):
    """Lets through what fits into a minute, and says afterwards how much did not."""

    def __init__(self, handler: logging.Handler, clock: Callable[[], float]) -> None:
        super().__init__()
        self._handler = handler
        self._clock = clock
        self._until = clock() + 60
        self._left = _IN_A_MINUTE
        self._dropped = 0

    def filter(self, record: logging.LogRecord) -> bool:
        now = self._clock()
        if now >= self._until:
            self._until, self._left = now + 60, _IN_A_MINUTE
            dropped, self._dropped = self._dropped, 0
            if dropped:
                told = "%d further lines of the minute before were left out: there were too many"
                self._handler.handle(logging.LogRecord(__name__, logging.WARNING, "", 0, told, (dropped,), None))
        if self._left <= 0:
            self._dropped += 1
            return False
        self._left -= len(self._handler.format(record))
        return True


class _Formatter(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(_hidden, super().format(record))

    def formatException(  # noqa: N802  # the library's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, frames = ei
        if kind is None:
            return ""
        return f"{kind.__module__}.{kind.__qualname__}\n{''.join(traceback.format_tb(frames))}".rstrip()


class _Lines(_Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, and of an exception its type and frames."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": f"{self.formatTime(record, _TIME)}.{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _SECRET.sub(_hidden, record.getMessage()),
        }
        if record.exc_info:
            told["exception"] = _SECRET.sub(_hidden, self.formatException(record.exc_info))
        return json.dumps(told)


def _hidden(found: re.Match[str]) -> str:
    return f"{found['kind']}/{found['id']}/..." if found["kind"] else "(a secret)"


def _first_line(record: logging.LogRecord) -> bool:
    """Cut what asyncio adds about a failed task: it holds the exception's own words."""
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return True


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]
