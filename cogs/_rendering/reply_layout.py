"""What a Reply looks like on Discord: every text escaped, within the limits, the notice last and whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._custom_ids.reply_states import Chosen, Numbers, Rejected, Safe
from cogs._rendering import limits
from cogs._rendering.closing import closing
from cogs._rendering.entry_layout import answers, caution_line
from cogs._rendering.escape import escaped, escaped_line, tidy
from cogs._rendering.layouts import Button, Layout, Tone, in_rows, texts
from cogs._rendering.paging import shortened
from knowledge.model import AnswerReply, CardReply, ChoicesReply, PlainReply
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cogs._rendering.layouts import Reader
    from knowledge.model import Reply

_CHOOSE_COUNTRY = "Choose the country where the person is. If it is not listed, call the local emergency number."
# What a number takes before its title, and the line's end.
_NUMBERED = 10
_WHICH = "I am not sure which question you mean. Is it one of these?"


def drawn(reply: Reply, reader: Reader) -> Layout:
    """Draw a reply as it is first shown."""
    match reply:
        case AnswerReply():
            return answers(reply, reader)
        case ChoicesReply():
            return choices(reply, reader)
        case CardReply():
            return card(reply)
        case PlainReply():
            return plain(reply.text)


def plain(text: str, rows: tuple[tuple[Button, ...], ...] = ()) -> Layout:
    """Draw sentences of our own, with rows of buttons."""
    return Layout(Tone.PLAIN, ((escaped(tidy(text)),),), rows)


def withdrawn(day: str) -> Layout:
    """Draw what stands in place of an answer that was withdrawn on a day, as in 2026-11-22."""
    return plain(sentences.WITHDRAWN.format(day=day))


def choices(reply: ChoicesReply, reader: Reader, asking: str = _WHICH) -> Layout:
    """Draw questions to choose from: each in full with a number, and a button for each number."""
    caution = texts(caution_line(reply.caution))
    last = closing(reply.notice, short=True)
    taken = sum(map(limits.size, (*caution, asking, *last)))
    listed = _numbered([question.title for question in reply.questions], limits.TEXT_WE_USE - taken)
    buttons = [
        Button(str(number), Chosen(reader.asker, question.id, reader.caution))
        for number, question in enumerate(reply.questions, 1)
    ]
    buttons.append(Button("None of these", Rejected(reader.asker, caution=reader.caution)))
    blocks = ((*caution, asking, listed), last)
    return Layout(Tone.CHOICES, blocks, in_rows(buttons))


def _numbered(titles: Sequence[str], room: int) -> str:
    """Write titles with numbers, each in full; only of many that are nearly all markup the ends are left out."""
    whole = "\n".join(f"**{number}.** {escaped_line(title)}" for number, title in enumerate(titles, 1))
    if limits.size(whole) <= room:
        return whole
    each = room // len(titles) - _NUMBERED
    cut = (escaped(shortened(" ".join(tidy(title).split()), each)) for title in titles)
    return "\n".join(f"**{number}.** {title}" for number, title in enumerate(cut, 1))


def card(reply: CardReply, safe: Safe | None = None) -> Layout:
    """Draw an emergency card. `safe` adds the button that brings the stored answer."""
    buttons = [Button("Numbers for my country", Numbers())]
    if safe is not None:
        buttons.append(Button("Nobody is in danger now: show the answer", safe))
    heading = f"## {escaped_line(reply.heading)}"
    return Layout(Tone.EMERGENCY, ((heading, *(escaped(tidy(line)) for line in reply.lines)),), (tuple(buttons),))


def repeated(reply: CardReply) -> Layout:
    """Draw what a second alarm soon after the first gets: one line that starts with the number."""
    return Layout(Tone.EMERGENCY, ((escaped_line(reply.repeat),),))


def numbers(country: str, lines: Sequence[str], own_lines: Sequence[str] = ()) -> Layout:
    """Draw one country's numbers and what a server adds to them, over the request to choose a country."""
    groups = ((country, lines), ("In this server", own_lines))
    shown = tuple(
        "\n".join((f"**{escaped_line(heading)}**", *map(escaped_line, found))) for heading, found in groups if found
    )
    return Layout(Tone.EMERGENCY, ((shown, (_CHOOSE_COUNTRY,)) if shown else ((_CHOOSE_COUNTRY,),)))


def staff_note(category: str, channel: int, link: str) -> Layout:
    """Draw what a server's staff is told of an alarm: its kind and where it is, no words and no name."""
    kind = escaped_line(category.replace("_", " "))
    return Layout(Tone.EMERGENCY, ((f"An emergency card was shown in <#{channel}>. Kind: {kind}.\n{link}",),))
