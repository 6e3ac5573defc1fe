"""Make the README's picture of a terminal session: a real chat on the shipped book.

.venv/bin/python docs/pictures/terminal.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from bot.app import load_snapshot
from bot.config import Config
from bot.terminal.chat import PROMPT
from bot.terminal.conversation import Conversation
from bot.terminal.pages import heading
from bot.terminal.screen import Screen
from knowledge.desk import AnswerDesk

PICTURE = Path(__file__).with_name("terminal.svg")
SAID = ("can botox stop my cheek from twitching?",)
# The usual template fetches fonts from a network; a picture in a README has to do without.
WITHOUT_FONTS = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def draw() -> str:
    """Hold the session and give its picture as SVG. The same book gives the same bytes."""
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    screen = Screen(console)
    conversation = Conversation(AnswerDesk(load_snapshot(Config(), samples=True)))
    screen.show(conversation.greet())
    for line in SAID:
        screen.show((heading(f"{PROMPT}{line}"),))
        screen.show(conversation.say(line) or ())
    return console.export_svg(title="python -m bot", code_format=WITHOUT_FONTS, unique_id="terminal")


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
