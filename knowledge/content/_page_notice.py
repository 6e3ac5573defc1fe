"""The disclaimer that closes a page, and the links below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.content._page_byline import Block
from knowledge.content._page_lines import is_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a disclaimer says of the page and of those who write there, one pattern for each thing said.
_OF_THE_PAGE = (
    r"\beducation(?:al)?\b|\binformational?\s+(?:only|purposes)|\bgeneral\s+information\b|\bfor\s+information\b",
    r"\bsubstitut|\b(?:not|never|cannot|nor|no)\b[^.]{0,40}\breplac|\breplacement\s+for\b|\btake\s+the\s+place\b",
    r"\b(?:medical|professional)\s+advice\b|\badvice\s+(?:of|from)\b|\b(?:not|no|nothing|none)\b[^.]{0,40}\badvice\b",
    r"\brelationship\b|\bpatients?\s+of\s+(?:the|any|those)\b|\bnobody\s+a\s+patient\b",
    r"\b(?:these|all)\s+(?:answers|replies|responses|opinions|posts|texts)\b|\b(?:on|in)\s+this\s+(?:page|site|website|forum)\b",
    r"\bthis\s+(?:page|site|website|service|forum|content)\b|\bposted\s+here\b|\breading\s+(?:or|this)\b|\bnothing\s+(?:here|on)\b",
    r"\bdisclaimer\b|\b(?:any|every)thing\s+above\b|\bviews\s+expressed\b|\bauthors?\b|\bcontributors?\b|\bterms\s+of\s+(?:use|service)\b|\bconstitute|\bviews\s+of\b|\bopinions?\s+of\b",
    r"\brel(?:y|ied)\s+(?:up)?on\b|\bact\s+on\b|\bown\s+risk\b|\bliab|\bendors|\bguarantee|\bwarrant|\bresponsib",
)
# What it says of care; a doctor says that too.
_OF_CARE = (
    r"\b(?:911|112|999|000)\b|\bemergenc(?:y|ies)\b",
    r"\b(?:licensed|qualified|own)\s+(?:\w+\s+)?(?:professional|physician|doctor|clinician|provider|dentist)\b|\bdiagnos",
)
_LINK_LIMIT = 120
_SHORT = 120


def cues(block: Block) -> int:
    """Count the things a disclaimer says that `block` says too, 0 to 10."""
    return _said(_OF_THE_PAGE, block) + _said(_OF_CARE, block)


def is_disclaimer(block: Block) -> bool:
    """Whether `block` surely is a disclaimer: two things said, one of them of the page."""
    return _said(_OF_THE_PAGE, block) >= 1 and cues(block) >= 2  # noqa: PLR2004  # as the sentence above says


def without_links(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Split what stands behind the last byline into texts, and links to other pages with their heading.

    Links are what follows "You might also like" down to a disclaimer, and short lines behind a disclaimer.
    """
    heading = next((number for number, block in enumerate(blocks) if is_tail(block.lines[0])), None)
    if heading is not None:
        below = (number for number in range(heading, len(blocks)) if is_disclaimer(blocks[number]))
        end = next(below, len(blocks))
        return [*blocks[:heading], *blocks[end:]], list(blocks[heading:end])
    last = max((number for number, block in enumerate(blocks) if is_disclaimer(block)), default=None)
    if last is not None and all(_link(line) for block in blocks[last + 1 :] for line in block.lines):
        return list(blocks[: last + 1]), list(blocks[last + 1 :])
    return list(blocks), []


def notice_start(blocks: Sequence[Block], *, complete: bool) -> int:
    """Give the number of the block in which the notice begins; `len(blocks)` where there is none.

    `blocks` stand behind the last byline, without links. `complete` says that as many answers as announced were found
    before them: then what is left is the notice, whatever its wording, unless it reads like an answer and a notice.
    """
    start = len(blocks)
    for number in range(len(blocks) - 1, -1, -1):
        if not cues(blocks[number]):
            break
        if is_disclaimer(blocks[number]) or len(blocks) == 1:
            start = number
    if complete and not (start < len(blocks) and _reads_like_an_answer(blocks[:start])):
        return 0
    return start


def _said(patterns: Sequence[str], block: Block) -> int:
    text = " ".join(block.lines)
    return sum(re.search(pattern, text, re.IGNORECASE) is not None for pattern in patterns)


def _reads_like_an_answer(blocks: Sequence[Block]) -> bool:
    """Whether there is a headline, and a text below it."""
    return len(blocks) > 1 and len(blocks[0].text) < _SHORT < sum(len(block.text) for block in blocks[1:])


def _link(line: str) -> bool:
    return len(line) <= _LINK_LIMIT and not line.endswith(".") and not cues(Block((line,)))
