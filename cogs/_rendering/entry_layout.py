"""A stored question with its experts' answers as Discord messages.

All answers stand one below the other where they fit one message. Else one is open, paged where it is long, and the
others are listed. When a limit bites, the notice, the byline and the matched question stay whole on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogs._custom_ids.member_states import Voted
from cogs._custom_ids.reply_states import Details, Opened, Rejected
from cogs._rendering import limits
from cogs._rendering.closing import closing
from cogs._rendering.escape import escaped, escaped_line, tidy
from cogs._rendering.layouts import Button, Fullness, Layout, Tone, in_rows, texts
from cogs._rendering.limits import size
from cogs._rendering.paging import pages, shortened
from knowledge.presentation.byline import ADDED_HERE, INVENTED, byline, rating_line

if TYPE_CHECKING:
    from cogs._rendering.layouts import Reader
    from knowledge.model import Answer, AnswerReply, Question

# Rooms in UTF-16 units, escaped. Details are cut to this and stand in full behind a button.
_DETAILS = 300
_DETAILS_LINES = 6
_CAUTION = 600
# What is listed of an answer that is not open: its headline and its byline, each cut to this.
_LISTED = 150
# Where less is left of a message for the open answer, something that stands elsewhere too makes way.
_COMFORTABLE = 1_200
_LEAST = 300
_FROM_THE_PAGE = "— *Notice that belongs to these answers*"
# As many answers are listed, with the open one among them, as there are buttons in one row.
_GROUP = limits.BUTTONS_IN_A_ROW


def answers(reply: AnswerReply, reader: Reader, opened: Opened | None = None) -> Layout:
    """Draw all answers in one message where they fit and may, or the opened one.

    An answer or page that is not there any more gives the last one that is.
    """
    bodies = [answer.body for answer in reply.question.answers]
    may_fit = sum(map(len, bodies)) <= limits.TEXT_OF_A_MESSAGE
    if opened is None and may_fit and (reader.fullness is Fullness.FULL or len(bodies) == 1):
        together = _together(reply, reader)
        if together.size <= limits.TEXT_WE_USE and together.components <= limits.COMPONENTS:
            return together
    at = opened or Opened(reader.asker, reply.question.id, caution=reader.caution)
    return _one_open(reply, reader, min(at.answer, len(bodies) - 1), at.page)


def details(reply: AnswerReply, page: int = 0) -> Layout:
    """Draw all that the stored question's asker wrote, under the question."""
    question = reply.question
    title, last = f"### {escaped_line(question.title)}", closing(reply.notice)
    room = limits.TEXT_WE_USE - _size(title, *last)
    if room < _LEAST:
        last = (reply.notice.full,)
        room = limits.TEXT_WE_USE - _size(title, *last)
    cut = pages(tidy(question.details), room, room)
    page = min(page, len(cut) - 1)
    turning = [Button(label, Details(question.id, to, turning=True)) for label, to in _turns(page, len(cut))]
    return Layout(Tone.ANSWER, (texts(title, escaped(cut[page])), last), in_rows(turning))


def _together(reply: AnswerReply, reader: Reader) -> Layout:
    question = reply.question
    shown = (
        texts(_headed(answer, escaped(tidy(answer.body))), _byline(answer, question)) for answer in question.answers
    )
    blocks = (_head(reply, reader, details=True), *shown, closing(reply.notice))
    return Layout(Tone.ANSWER, blocks, _last_row(reply, reader))


def _one_open(reply: AnswerReply, reader: Reader, number: int, page: int) -> Layout:
    question = reply.question
    answer = question.answers[number]
    body = tidy(answer.body)
    frame = _frame(reply, reader, number, body)
    first, *following = pages(body, frame.room - size(_headed(answer, "")), frame.room)
    said = [(_headed(answer, escaped(first)), frame.byline), *((escaped(piece), frame.byline) for piece in following)]
    # What the page of the answers says for itself is not the expert's, so it is not signed.
    said += [(escaped(piece), _FROM_THE_PAGE) for piece in pages(frame.own_notice, frame.room, frame.room) if piece]
    page = min(page, len(said) - 1)
    place = _place(number, len(question.answers), page, len(said))
    blocks = (frame.head, texts(place, *said[page]), frame.others, frame.closing)
    entry, asker, caution = question.id, reader.asker, reader.caution
    turning = [Button(label, Opened(asker, entry, number, to, caution)) for label, to in _turns(page, len(said))]
    choosing = [
        Button(label, Opened(asker, entry, to, page if to == number else 0, caution), current=to == number)
        for label, to in _neighbours(number, len(question.answers))
    ]
    rows = (*in_rows(choosing), *in_rows(turning), *_last_row(reply, reader))
    return Layout(Tone.ANSWER, tuple(block for block in blocks if block), rows)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands round the open answer, the same on each of its pages, and the room that it leaves.

    `own_notice` is what stands above the notice, where it is so long that it needs pages of its own.
    """

    head: tuple[str, ...]
    byline: str
    others: tuple[str, ...]
    closing: tuple[str, ...]
    own_notice: str
    room: int


def _frame(reply: AnswerReply, reader: Reader, number: int, body: str) -> _Frame:
    """Give the richest frame that leaves the open answer, with its tidy `body`, a comfortable room."""
    question = reply.question
    answer = question.answers[number]
    signed, listed = _byline(answer, question), _listed(question, number)
    wanted = min(_COMFORTABLE, size(escaped(body[:_COMFORTABLE]))) + size(_headed(answer, ""))
    above = "\n\n".join(tidy(text) for text in reply.notice.above)
    richest_first = ((True, listed, ""), (False, listed, ""), (False, (), ""), (False, (), above))
    frames = [_framed(reply, reader, signed, *parts) for parts in richest_first]
    return next((frame for frame in frames if frame.room >= wanted), frames[-1])


def _framed(  # noqa: PLR0913, PLR0917  # one row of a table
    reply: AnswerReply,
    reader: Reader,
    signed: str,
    with_details: bool,  # noqa: FBT001
    others: tuple[str, ...],
    own_notice: str,
) -> _Frame:
    head = _head(reply, reader, details=with_details)
    last = (reply.notice.full,) if own_notice else closing(reply.notice)
    taken = _size(*head, signed, *others, *last, _place(998, 999, 998, 999))
    return _Frame(head, signed, others, last, own_notice, limits.TEXT_WE_USE - taken)


def _head(reply: AnswerReply, reader: Reader, *, details: bool) -> tuple[str, ...]:
    question = reply.question
    count = len(question.answers)
    label = f"-# Matched question · {count} expert{'' if count == 1 else 's'} answered"
    title = f"{label}\n### {escaped_line(question.title)}"
    quoted = ""
    if details and question.details:
        quoted = "".join(f"\n> {line}" for line in escaped(_cut_details(question)).split("\n"))
    news = f"**{escaped_line(reply.news)}**" if reply.news else ""
    return texts(reader.greeting, caution_line(reply.caution), news, title + quoted)


def caution_line(caution: str) -> str:
    """Draw the line that stands above everything. A server adds lines of its own: what comes below keeps its room."""
    line = " ".join(tidy(caution).split())
    return f"**{escaped(shortened(line, _CAUTION))}**" if line else ""


def is_cut(question: Question) -> bool:
    """Whether a reply shows only the beginning of what the stored question's asker wrote."""
    return bool(question.details) and _cut_details(question) != tidy(question.details)


def _cut_details(question: Question) -> str:
    whole = tidy(question.details)
    lines = whole.split("\n")
    short = shortened("\n".join(lines[:_DETAILS_LINES]), _DETAILS)
    return short if len(lines) <= _DETAILS_LINES or short.endswith("…") else f"{short.rstrip()}…"


def _headed(answer: Answer, body: str) -> str:
    return f"**{escaped_line(answer.headline)}**\n{body}" if answer.headline else body


def _byline(answer: Answer, question: Question) -> str:
    """Say who wrote it: name and credentials in a line, patients' ratings in small print, what else there is apart."""
    stars = rating_line(answer)
    said = byline(answer, question)
    apart = [f"**{line}**" for line in said if line in {INVENTED, ADDED_HERE}]
    name, *credentials = (escaped_line(line) for line in said if line not in {INVENTED, ADDED_HERE, stars})
    signed = " · ".join([f"**{name}**" if answer.name else f"*{name}*", *filter(None, credentials)])
    return "\n".join([*apart, f"— {signed}", *([f"-# {escaped_line(stars)}"] if stars else [])])


def _listed(question: Question, opened: int) -> tuple[str, ...]:
    """Headline and byline of the answers near the opened one, in short: each stands in full when it is open."""
    listed = []
    for number in _group(opened, len(question.answers)):
        answer = question.answers[number]
        if number != opened:
            signed = " · ".join(line for line in byline(answer, question) if line != rating_line(answer))
            named = [
                f"**Answer {number + 1}**",
                *(escaped(shortened(answer.headline.strip(), _LISTED)) for _ in answer.headline.split()[:1]),
            ]
            listed.append(": ".join(named) + f"\n— {escaped(shortened(' '.join(signed.split()), _LISTED))}")
    return texts("\n".join(listed))


def _group(number: int, count: int) -> range:
    first = number // _GROUP * _GROUP
    return range(first, min(first + _GROUP, count))


def _neighbours(number: int, count: int) -> list[tuple[str, int]]:
    """Labels and numbers of the answers that can be opened from this one: its group, and the groups beside it."""
    if count == 1:
        return []
    group = _group(number, count)
    near = [(f"Answer {to + 1}", to) for to in group]
    before = [("Earlier answers", group.start - 1)] if group.start else []
    after = [("Further answers", group.stop)] if group.stop < count else []
    return [*near, *before, *after]


def _place(number: int, count: int, page: int, pages: int) -> str:
    where = [f"Answer {number + 1} of {count}"] if count > 1 else []
    where += [f"page {page + 1} of {pages}"] if pages > 1 else []
    return f"-# {' · '.join(where).capitalize()}" if where else ""


def _turns(page: int, count: int) -> list[tuple[str, int]]:
    before = [("Previous page", page - 1)] if page else []
    return [*before, ("Next page", page + 1)] if page + 1 < count else before


def _last_row(reply: AnswerReply, reader: Reader) -> tuple[tuple[Button, ...], ...]:
    question = reply.question
    row = [Button("Not my question", Rejected(reader.asker, reader.others, reader.caution))]
    if is_cut(question):
        row.append(Button("The whole question", Details(question.id)))
    if reader.votes:
        row.append(Button("Helpful", Voted(question.id, helpful=True)))
        row.append(Button("Not helpful", Voted(question.id, helpful=False)))
    return (tuple(row),)


def _size(*shown: str) -> int:
    return sum(map(size, shown))
