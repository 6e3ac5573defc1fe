"""Pages on a terminal: wrapped to its width, plain where it is plain, quiet when nobody reads on."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from knowledge.text import showable

if TYPE_CHECKING:
    from bot.terminal.pages import Page, Paragraph

# Longer lines are hard to read; narrower terminals get what fits.
_READABLE = 100
_NARROWEST = 12
# Below this, the long notice would crowd out what it closes.
SHORT_NOTICE_BELOW = 60


class _StandardOutput(Console):
    def on_broken_pipe(self) -> None:
        """End quietly: whoever read us (`| head -1`) has read enough."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0)


class Screen:
    """Where pages are shown: a console, or standard output with its own width and colours."""

    def __init__(self, console: Console | None = None) -> None:
        self._fixed_width = console.width if console else None
        self._console = console or _StandardOutput(markup=False, emoji=False, highlight=False)

    @property
    def width(self) -> int:
        """How many columns there are now. Not the console's own idea, which is 80 on every plain terminal."""
        return self._fixed_width or shutil.get_terminal_size().columns

    @property
    def narrow(self) -> bool:
        """Whether there is too little width for the long notice."""
        return self.width < SHORT_NOTICE_BELOW

    def show(self, page: Page) -> None:
        """Print a page and a blank line after it."""
        for number, paragraph in enumerate(page):
            if number and not paragraph.close:
                self._console.print()
            self._print(paragraph)
        self._console.print()

    def _print(self, paragraph: Paragraph) -> None:
        # Text takes no markup, and `showable` lets nothing through that moves a cursor or turns the reading order.
        text = Text(showable(paragraph.text), style=paragraph.style)
        lead = " " * paragraph.indent + paragraph.lead
        if 2 * len(lead) > self.width:  # what is set in by so much would stand in a ribbon
            text, lead = Text(paragraph.lead) + text, " " * paragraph.indent
        room = max(_NARROWEST, min(_READABLE, self.width) - len(lead))
        for line in text.wrap(self._console, room, overflow="fold", tab_size=4):
            line.rstrip()
            self._console.print(Text(lead if line else lead.rstrip()) + line, soft_wrap=True)
            lead = " " * len(lead)
