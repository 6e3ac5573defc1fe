"""Merges that version control could not finish: it leaves both sides in the file, between marks of its own.

Inside a long text they would pass for the expert's words, and members would read two answers as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

# As git, Mercurial and Subversion write them. The ======= between the sides may as well be a line that somebody drew.
_MARK = re.compile(r"^(?:<{7}|>{7})(?=\s)", re.MULTILINE)
# Looking for a pattern at each line would hold up every other thread while a large file is read.
_NEEDED = ("<<<<<<<", ">>>>>>>")
_TOLD = "a merge was left unfinished; keep one side, and take out the marks <<<<<<<, ======= and >>>>>>>"


def unfinished_merges(file: str, text: str) -> Iterator[Fault]:
    """Give a fault for each merge in `text` that was left unfinished, at the line where it begins."""
    if not any(mark in text for mark in _NEEDED):
        return
    line, counted, open_merge = 1, 0, False
    for mark in _MARK.finditer(text):
        line, counted = line + text.count("\n", counted, mark.start()), mark.start()
        begins = mark[0].startswith("<")
        if begins or not open_merge:
            yield Fault(file, line, _TOLD)
        open_merge = begins
