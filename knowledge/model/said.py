"""What is said: replies, and the decision behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.model.stored import Question
    from knowledge.model.understood import Outcome, Ranking, Verdict


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that closes every message with stored words. Only `safety.notice` makes one.

    `above` are paragraphs that stand over it: the page's own notice, what the operator added.
    """

    above: tuple[str, ...]
    full: str
    short: str


@dataclass(frozen=True, slots=True)
class AnswerReply:
    """A stored question with its experts' answers. `caution` and `news`, on what became of them, are lines above."""

    question: Question
    notice: Notice
    caution: str = ""
    news: str = ""


@dataclass(frozen=True, slots=True)
class ChoicesReply:
    """Stored questions of which one may be meant, best first."""

    questions: tuple[Question, ...]
    notice: Notice
    caution: str = ""


@dataclass(frozen=True, slots=True)
class CardReply:
    """An emergency card: what to do first, then further lines. Nothing else shares its message.

    `repeat` is the one line, number first, for a second alarm soon after the first. `private` asks for a reply that
    only the asker sees, where the platform has one. `may_show_answer` allows a button that brings the stored answer.
    """

    category: str
    heading: str
    lines: tuple[str, ...]
    repeat: str
    private: bool = False
    may_show_answer: bool = False


@dataclass(frozen=True, slots=True)
class PlainReply:
    """Sentences of our own, with no stored words in them."""

    text: str


Reply = AnswerReply | ChoicesReply | CardReply | PlainReply


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a text and why. `reply` None means silence; `reason` is one of `respond`'s plain codes."""

    outcome: Outcome
    reason: str
    verdict: Verdict
    ranking: Ranking | None = None
    reply: Reply | None = None
