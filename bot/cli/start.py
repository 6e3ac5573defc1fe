"""What words do first: read the settings and start the log."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def settings_for_a_person(path: Path | None) -> Config:
    """Read the settings for a word whose output a person reads.

    Where the settings name no log file, crashes are written to `terminal.log` in the storage folder: frames on the
    screen would be noise. Nothing is made there as long as nothing crashes. Raises `SettingsFaults`.
    """
    from bot.config import load_config

    config = load_config(path)
    _log_for_a_person(config)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return config


def crash_told(crash: Exception) -> str:
    """Log a crash, in whatever word it came, and give the one sentence that a person sees of it."""
    from bot.config import Config
    from bot.logs import report_here

    if not logging.getLogger().handlers:
        _log_for_a_person(Config())
    return report_here(crash)


def _log_for_a_person(config: Config) -> None:
    from bot.logs import start_logging

    quiet = config.log.model_copy(update={"level": "error"})
    start_logging(config.log if config.log.file else quiet, otherwise=config.storage.path / "terminal.log")
