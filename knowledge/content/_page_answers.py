"""Between the count line and the end of a page: which words are whose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from knowledge.content._page_byline import Block, Byline, Sure, byline_of
from knowledge.content._page_lines import is_date, is_furniture, is_list_item, is_vote, rating_of
from knowledge.content._page_notice import notice_start, without_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A first block up to the longer of these is a headline. Where an empty headline seems to have left its blanks above the
# block, it is one only up to the shorter, and if it is no sentence.
_HEADLINE = 110
_LONG_HEADLINE = 160
# An empty headline leaves its own blank line and the two around it.
_EMPTIED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One answer as it stands on the page."""

    headline: str
    body: str
    byline: Byline | None


@dataclass(slots=True)
class Parsed:
    """What stands below the count line. `dropped` are lines that belong to no field."""

    answers: list[Found] = field(default_factory=list)
    notice: str = ""
    dropped: list[str] = field(default_factory=list)

    @property
    def nameless(self) -> int:
        """How many answers have no byline."""
        return sum(answer.byline is None for answer in self.answers)


@dataclass(frozen=True, slots=True)
class _Segment:
    """Blocks between two vote lines. `headline` is None where no vote line told it."""

    headline: str | None
    blocks: list[Block]
    final: bool = True

    def may_hold(self, number: int) -> bool:
        """Whether a block that only looks like a byline may be one. Behind a vote line only the last is."""
        if self.headline is None:
            return True
        if not self.final:
            return number == len(self.blocks) - 1
        return all(byline_of(block) is None for block in self.blocks[number + 1 :])


class _Place(NamedTuple):
    """A byline in the blocks from `begin` to before `end`."""

    begin: int
    end: int
    byline: Byline


def parse_answers(lines: Sequence[str], announced: int, title: str) -> Parsed:
    """Find the answers and the notice in `lines`.

    What only looks like a byline is taken for one, unless just without it there are as many answers as announced and
    nobody is left without a byline: to overlook one would give its owner's words to the next.
    """
    loose = _read(lines, announced, title, Sure.LOOKS_LIKE)
    if len(loose.answers) == announced:
        return loose
    stricter = (_read(lines, announced, title, sure) for sure in (Sure.NAMED, Sure.RATED))
    fits = (read for read in stricter if len(read.answers) == announced and read.nameless <= loose.nameless)
    return next(fits, loose)


def joined(blocks: Iterable[Block]) -> str:
    """Give blocks as one text, an empty line between each two."""
    return "\n\n".join(block.text for block in blocks).strip()


def blocks_of(lines: Sequence[str], dropped: list[str]) -> list[Block]:
    """Cut lines into blocks, leaving out the site's own lines; those go to `dropped`."""
    blocks: list[Block] = []
    current: list[str] = []
    gap, skipped = 0, False

    def close() -> None:
        nonlocal gap
        if current:
            blocks.append(Block(tuple(current), gap))
            current.clear()
            gap = 0

    for line in lines:
        if is_vote(line):
            close()
            blocks.append(Block((line,), gap))
            gap = 0
        elif is_furniture(line):
            dropped.append(line)
            skipped = not current
        elif line:
            if current and rating_of(current[-1]) and not is_date(line):
                close()
            current.append(line)
        else:
            close()
            gap += not skipped
            skipped = False
    close()
    return blocks


def _read(lines: Sequence[str], announced: int, title: str, least: Sure) -> Parsed:
    parsed = Parsed()
    segments = _segments(blocks_of(lines, parsed.dropped), parsed)
    for segment in segments[:-1]:
        rest = _take(replace(segment, final=False), parsed, title, least)
        if rest.blocks or rest.headline:
            parsed.answers.append(_answer(rest, None, title))
    rest = _take(segments[-1], parsed, title, least)
    _close(rest, parsed, announced, title)
    return parsed


def _segments(blocks: Sequence[Block], parsed: Parsed) -> list[_Segment]:
    """Cut at the vote lines, of which each answer has one."""
    segments = [_Segment(None, [])]
    for block in blocks:
        if not is_vote(block.lines[0]):
            segments[-1].blocks.append(block)
            continue
        parsed.dropped.append(block.lines[0])
        above = segments[-1].blocks
        headline = ""
        if above and block.gap <= 1 and not _ends_in_byline(above):
            headline = above[-1].lines[-1]
            above[-1:] = [Block(above[-1].lines[:-1], above[-1].gap)] if len(above[-1].lines) > 1 else []
        segments.append(_Segment(headline, []))
    if not segments[0].blocks and len(segments) > 1:
        del segments[0]
    return segments


def _ends_in_byline(blocks: Sequence[Block]) -> bool:
    """Whether the last block is a byline. Right behind another byline nothing but a headline can stand."""
    found = byline_of(blocks[-1])
    if found is None or found.sure is Sure.RATED:
        return found is not None
    return len(blocks) > 1 and byline_of(blocks[-2]) is None


def _take(segment: _Segment, parsed: Parsed, title: str, least: Sure) -> _Segment:
    """Take the answers that end in a byline out of a segment, and give what is left behind the last of them."""
    rest = segment
    nameless = not parsed.answers
    for begin, end, byline in _bylines(segment, least, nameless=nameless):
        offset = len(segment.blocks) - len(rest.blocks)
        content = list(segment.blocks[offset:begin])
        if byline.above:
            content.append(Block(byline.above, segment.blocks[begin].gap))
        parsed.answers.append(_answer(_Segment(rest.headline, content), byline, title))
        parsed.dropped += byline.dropped
        rest = _Segment(None, segment.blocks[end:])
    return rest


def _bylines(segment: _Segment, least: Sure, *, nameless: bool) -> list[_Place]:
    """Find the bylines of a segment.

    Without a text above it a block that only looks like a byline is a headline; right above another byline it is a
    signature. `nameless` says that the first byline may lack a name, as the first of a page does.
    """
    blocks = segment.blocks
    found: list[_Place] = []
    for number, block in enumerate(blocks):
        byline = byline_of(block)
        if byline is None or byline.sure < least:
            continue
        begin, right_below = number, bool(found) and found[-1].end == number
        if byline.sure is not Sure.RATED:
            if right_below or (number == 0 and segment.headline is None) or not segment.may_hold(number):
                continue
            following = byline_of(blocks[number + 1]) if number + 1 < len(blocks) else None
            if following is not None and _speaks_for(following, byline, nameless=nameless and not found):
                continue
        elif right_below and found[-1].byline.sure is not Sure.RATED and not byline.says_who:
            begin, _, who = found.pop()
            dropped = (*who.dropped, *byline.dropped)
            byline = replace(who, sure=Sure.RATED, rating=byline.rating, reviews=byline.reviews, dropped=dropped)
        found.append(_Place(begin, number + 1, byline))
    return found


def _speaks_for(following: Byline, byline: Byline, *, nameless: bool) -> bool:
    """Whether the byline right below another is the real one, and the other a signature."""
    if following.sure is Sure.LOOKS_LIKE:
        return nameless and byline.name is not None
    return following.says_who


def _answer(segment: _Segment, byline: Byline | None, title: str) -> Found:
    blocks = segment.blocks
    headline = segment.headline
    if headline is None:
        headline = ""
        if len(blocks) > 1 and _is_headline(blocks, title):
            headline, blocks = blocks[0].text, blocks[1:]
    return Found(headline.strip(), joined(blocks), byline)


def _is_headline(blocks: Sequence[Block], title: str) -> bool:
    first = blocks[0]
    if len(first.lines) > 1 or is_list_item(first.text):
        return False
    if first.text.split() == title.split():
        return True
    if first.gap < _EMPTIED or any(block.gap > 1 for block in blocks[1:]):
        return len(first.text) <= _LONG_HEADLINE
    return len(first.text) <= _HEADLINE and not first.text.endswith(".")


def _close(rest: _Segment, parsed: Parsed, announced: int, title: str) -> None:
    """Split what stands behind the last byline: perhaps an answer without one, the notice, links to other pages."""
    blocks, links = without_links(rest.blocks)
    parsed.dropped += [line for block in links for line in block.lines]
    complete = rest.headline is None and len(parsed.answers) >= announced
    start = notice_start(blocks, complete=complete)
    parsed.notice = joined(blocks[start:])
    left = _Segment(rest.headline, blocks[:start])
    if left.blocks or left.headline:
        parsed.answers.append(_answer(left, None, title))
