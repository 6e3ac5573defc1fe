"""What was understood of a text: how alarming it is, whether it asks, which stored questions it may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from knowledge.model.stored import Question


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

    @property
    def all_met(self) -> bool:
        """Whether there are such words and each stands in the stored wording, in this or another form, well spelt."""
        return bool(self.shared or self.alike) and not (self.read_as or self.only_asked)


@dataclass(frozen=True, slots=True)
class Match:
    """A stored question that a text may ask.

    `confidence` is 0 to 1: the calibrated probability that this is the question meant. `wording` is the
    stored wording that came nearest. `words`, and `features` with their `contributions`, tell why. They are asked for
    seldom, so they are worked out then, by `find_words` and from the model's `weights`.
    """

    question: Question
    confidence: float
    wording: str
    guards: tuple[GuardFinding, ...] = ()
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), repr=False, compare=False)
    find_words: Callable[[], TellingWords] = field(default=TellingWords, repr=False, compare=False)

    @property
    def words(self) -> TellingWords:
        """The words that say what the text is about, beside those of the stored wording."""
        return self.find_words()

    @property
    def contributions(self) -> Mapping[str, float]:
        """What each feature adds to the confidence, in log-odds."""
        return {name: weight * self.features[name] for name, weight in self.weights.items()}

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
