"""Replies as paragraphs of plain text for a terminal, whatever the stored words contain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from knowledge.model import AnswerReply, CardReply, ChoicesReply, PlainReply
from knowledge.presentation.byline import byline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.model import Answer, Notice, Question, Reply

NOT_MY_QUESTION = "Not your question? Type /no for others."
# What stored words are set in by, so that none of them can pass for a heading of ours.
_INDENT = 2
_BULLET = "- "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text under one another.

    `indent` is in columns; `lead` stands before the first line and sets the others in; `close` leaves out the blank
    line above.
    """

    text: str
    style: str = ""
    indent: int = 0
    lead: str = ""
    close: bool = False


Page = tuple[Paragraph, ...]


def heading(text: str) -> Paragraph:
    """Give a line of ours that says what follows."""
    return Paragraph(text, "bold")


def stored(text: str, *, lead: str = "", close: bool = False) -> Paragraph:
    """Give words that we did not write, set in."""
    return Paragraph(text, indent=_INDENT, lead=lead, close=close)


def item(lead: str, text: str) -> Paragraph:
    """Give a line of a list."""
    return stored(text, lead=lead, close=True)


def plain_page(*texts: str) -> Page:
    """Give a page of our own sentences."""
    return tuple(Paragraph(text) for text in texts)


def reply_page(reply: Reply, *, short_notice: bool, chat: bool = True) -> Page:
    """Lay out a reply. What carries stored words ends with the notice; `chat` adds what can be typed next."""
    match reply:
        case AnswerReply():
            return (
                *_caution(reply.caution),
                *_answer(reply.question, chat=chat),
                *notice(reply.notice, short=short_notice),
            )
        case ChoicesReply():
            return (*_caution(reply.caution), *_choices(reply.questions, chat=chat), *notice(reply.notice, short=True))
        case CardReply():
            return (Paragraph(reply.heading, "bold red"), *(line for text in reply.lines for line in _of_card(text)))
        case PlainReply():
            return plain_page(reply.text)
        case _:
            assert_never(reply)


def notice(closing: Notice, *, short: bool) -> Iterator[Paragraph]:
    """Give the paragraphs that close a page with stored words."""
    for text in closing.above:
        yield Paragraph(text)
    yield Paragraph(f"Notice: {closing.short if short else closing.full}")


def _of_card(text: str) -> Iterator[Paragraph]:
    """Give a paragraph of a card; where it is a list, each number with its line on a line of its own."""
    first, *others = (
        Paragraph(line.removeprefix(_BULLET), lead=_BULLET if line.startswith(_BULLET) else "")
        for line in text.split("\n")
    )
    yield first
    yield from (replace(line, close=True) for line in others)


def _caution(text: str) -> Iterator[Paragraph]:
    if text:
        yield Paragraph(text, "bold yellow")


def _answer(question: Question, *, chat: bool) -> Iterator[Paragraph]:
    yield heading(f"Question: {question.title}")
    if question.details:
        yield stored(question.details, close=True)
    if chat:
        yield Paragraph(NOT_MY_QUESTION)
    several = len(question.answers) > 1
    for number, answer in enumerate(question.answers, start=1):
        label = f"Answer {number} of {len(question.answers)}" if several else "Answer"
        yield from _expert(label, answer, question)


def _expert(label: str, answer: Answer, question: Question) -> Iterator[Paragraph]:
    yield heading(f"{label}: {answer.headline}" if answer.headline else label)
    yield stored(answer.body, close=True)
    yield stored("\n".join(byline(answer, question)))


def _choices(questions: Sequence[Question], *, chat: bool) -> Iterator[Paragraph]:
    yield heading("Do you mean this question?" if len(questions) == 1 else "Which of these questions do you mean?")
    for number, question in enumerate(questions, start=1):
        yield item(f"{number}. ", question.title)
    if chat:
        picks = "Type /1 to read the answers" if len(questions) == 1 else f"Type a number, /1 to /{len(questions)}"
        yield Paragraph(f"{picks}, or /no for none of these. You can also ask again in other words.")
