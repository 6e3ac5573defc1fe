"""The notice, and the only way to build a Reply that carries stored words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import AnswerReply, ChoicesReply, Notice
from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.model import Question

# The closing paragraph of the page that this product grew from, word for word.
NOTICE = (
    "These answers are for educational purposes and should not be relied upon as a substitute for medical advice you "
    "may receive from your physician. If you have a medical emergency, please call 911. These answers do not "
    "constitute or initiate a patient/doctor relationship."
)
# For lists of choices and for terminals under 60 columns, where the long form would crowd out what it closes.
SHORT_NOTICE = "General information, not medical advice. In an emergency call 911 or your local emergency number."

# The addition stands above the notice on every message; a longer one would push the notice out of sight.
ADDITION_CHARACTERS = 500
ADDITION_LINES = 6


def addition_fault(text: str) -> str:
    """Say what keeps `text` from standing above the notice, as the rest of a sentence; "" where nothing does."""
    if showable(text) != text:
        return "holds characters that are not shown, or that hide or reverse other text; write plain text"
    if len(text) > ADDITION_CHARACTERS:
        return f"is longer than {ADDITION_CHARACTERS} characters; write less"
    if text.strip().count("\n") >= ADDITION_LINES:
        return f"has more than {ADDITION_LINES} lines; write fewer, so that the notice below stays in sight"
    return ""


def answer_reply(question: Question, *, caution: str = "", addition: str = "", news: str = "") -> AnswerReply:
    """Give the reply that shows `question` with all its answers, closed by the notice.

    `caution` is a line that goes above everything, `addition` an operator's own text, which goes above the notice;
    `news` is as for `AnswerReply`.
    """
    own = "" if _same_words(question.notice, NOTICE) else question.notice
    return AnswerReply(question, _notice(own, addition), caution, news)


def choices_reply(questions: Sequence[Question], *, caution: str = "", addition: str = "") -> ChoicesReply:
    """Give the reply that asks which of `questions` is meant, closed by the notice."""
    return ChoicesReply(tuple(questions), _notice(addition), caution)


def closing_notice(addition: str = "") -> Notice:
    """Give the notice for what quotes stored words without being a reply: differences, a history, an explanation."""
    return _notice(addition)


def _notice(*above: str) -> Notice:
    return Notice(tuple(text.strip() for text in above if text.strip()), NOTICE, SHORT_NOTICE)


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()
