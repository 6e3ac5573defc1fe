"""The frozen values that everything else passes round: what is stored, what was matched, what is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# --- What is stored -----------------------------------------------------------------------------


class Layer(StrEnum):
    """Who owns an entry: the book that all servers share, or one server's moderators."""

    BOOK = "book"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Answer:
    """One expert's answer, word for word. What is unknown is None, never a guess.

    `rating` is 0 to 5 and, like `reviews`, what patients said of the doctor, not of the answer;
    `as_of` is the date of both, `checked` the day on which a person last read the answer. `of_book` is set where a
    server's moderators changed the entry around this answer but left the answer as it stands in the book. `overdue`
    is set where that last reading is longer ago than the operator's setting allows: it is no part of what is said.
    """

    body: str
    headline: str = ""
    name: str | None = None
    credentials: str | None = None
    rating: float | None = None
    reviews: int | None = None
    id: str | None = None
    as_of: date | None = None
    checked: date | None = None
    invented: bool = False
    of_book: bool = False
    overdue: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an imported entry came from: the file's bare name and the SHA-256 of its bytes, in hex."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question with its experts' answers in the order of the page; the order is no ranking.

    `notice` is the page's own, shown above ours where it says something else. `examples` are texts that must find this.
    """

    id: str
    title: str
    answers: tuple[Answer, ...]
    details: str = ""
    phrasings: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    notice: str = ""
    source: Source | None = None
    layer: Layer = Layer.BOOK

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording that asks this question: the title first, then the phrasings."""
        return (self.title, *self.phrasings)


# --- What was understood ------------------------------------------------------------------------


class Tier(StrEnum):
    """How alarming a text is."""

    EMERGENCY = "emergency"
    CAUTION = "caution"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the screen says of a text: the tier, the category that decided it, the rules that fired."""

    tier: Tier
    category: str = ""
    rule_ids: tuple[str, ...] = ()


class AskKind(StrEnum):
    """What a text does, before anyone looks at what it is about."""

    QUESTION = "question"
    STATEMENT = "statement"
    SMALL_TALK = "small-talk"
    OTHER_LANGUAGE = "other-language"
    NOTHING_TO_READ = "nothing-to-read"


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether a text asks: `score` is 0 (surely not) to 1 (surely); `signs` name what decided it."""

    kind: AskKind
    score: float
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardFinding:
    """A disagreement of texts: the words of each side, or "". Hard forbids an answer, soft makes it a choice."""

    guard: str
    asked: str
    stored: str
    hard: bool


@dataclass(frozen=True, slots=True)
class TellingWords:
    """The words that say what a text is about, beside those of a stored wording.

    `alike` mean the same as a stored word, or nearly; `read_as` gives misspelt words with what each was taken for.
    """

    shared: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    only_asked: tuple[str, ...] = ()
    only_stored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A stored question that a text may ask.

    `confidence` is 0 to 1: the calibrated probability that this is the question meant. `wording` is the
    stored wording that came nearest. `words`, and `features` with their `contributions` (log-odds), tell why.
    """

    question: Question
    confidence: float
    wording: str
    guards: tuple[GuardFinding, ...] = ()
    words: TellingWords = field(default_factory=TellingWords)
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    contributions: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def forbidden(self) -> bool:
        """Whether a guard forbids showing this as the answer."""
        return any(finding.hard for finding in self.guards)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The stored questions that a text may ask, best first, one each; and whether the text asks at all."""

    matches: tuple[Match, ...]
    asking: Asking
    matcher_version: str


class Outcome(StrEnum):
    """What becomes of a text. NONE is silence where nobody addressed the bot, else a plain sentence."""

    ANSWER = "answer"
    CHOICES = "choices"
    NONE = "none"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text was said. `addressed`: somebody meant the bot; otherwise it was overheard in a watched channel.

    `server_id` names the server whose own answers count besides the book's; "" is the book alone.
    """

    addressed: bool = True
    server_id: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure is sure enough, in confidences and scores from 0 to 1, and what is added to cards and notices.

    No server answers below `answer_floor`. `countries` are codes; checks before `checked_since` are too long ago.
    """

    answer_at: float = 0.90
    answer_floor: float = 0.90
    choices_at: float = 0.30
    asks_at: float = 0.50
    max_choices: int = 3
    notice_addition: str = ""
    countries: tuple[str, ...] = ()
    own_lines: tuple[str, ...] = ()
    checked_since: date | None = None


# --- What is said -------------------------------------------------------------------------------


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
