"""The settings: a TOML file in, a frozen Config out."""

from bot.config.reading import load_config
from bot.config.sections import (
    SHIPPED_BOOK,
    AnswersSettings,
    BackupSettings,
    Config,
    DiscordSettings,
    KnowledgeSettings,
    LogSettings,
    StorageSettings,
)

__all__ = [
    "SHIPPED_BOOK",
    "AnswersSettings",
    "BackupSettings",
    "Config",
    "DiscordSettings",
    "KnowledgeSettings",
    "LogSettings",
    "StorageSettings",
    "load_config",
]
