"""What is written down about the program's own work. Members' words never are.

Libraries quote what they were given in exceptions and debug lines. So an exception is logged as its type and frames,
never with its message, and what libraries say below INFO is not logged at all.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from knowledge.incidents import report

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from bot.config import LogSettings

_LINE = "%(asctime)sZ %(levelname)s %(name)s: %(message)s"
_OURS = ("knowledge", "bot", "cogs")
# A log that grows for ever fills the disk that the answers lie on: four files of this size, in bytes, at most.
_FILE_SIZE = 5_000_000
_OLD_FILES = 3


def start_logging(settings: LogSettings, *, otherwise: Path | None = None) -> None:
    """Log to the settings' file, else to the file `otherwise`, else to standard error.

    A file is made when there is something to write, and not before.
    """
    handler = _handler(settings.file or otherwise)
    handler.setFormatter(_Formatter(_LINE, "%Y-%m-%dT%H:%M:%S"))
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
    files = [handler.baseFilename for handler in logging.getLogger().handlers if isinstance(handler, _LateFile)]
    return f"{report(error)} What happened is written in {files[0]}." if files else report(error)


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


class _Formatter(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def formatException(  # noqa: N802  # the library's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, frames = ei
        if kind is None:
            return ""
        return f"{kind.__module__}.{kind.__qualname__}\n{''.join(traceback.format_tb(frames))}".rstrip()


def _first_line(record: logging.LogRecord) -> bool:
    """Cut what asyncio adds about a failed task: it holds the exception's own words."""
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return True


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]
