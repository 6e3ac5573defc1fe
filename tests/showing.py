"""What a person sees of a page in a terminal, without one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from bot.terminal.screen import Screen

if TYPE_CHECKING:
    from bot.terminal.pages import Page


def shown(page: Page, width: int = 80) -> str:
    """Give the text of a page as a terminal of `width` columns shows it, without colours."""
    file = io.StringIO()
    Screen(Console(file=file, width=width)).show(page)
    return file.getvalue()


def words(text: str) -> str:
    """Give a text without any white space: equal for texts that differ only in how they are wrapped."""
    return "".join(text.split())
