"""From a text to the stored questions it may ask, each with a calibrated confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.matching.candidates import Candidate, find_candidates
from knowledge.matching.features import CONTENT, features, together
from knowledge.matching.guards import TOO_SHORT, by_features
from knowledge.matching.model import sigmoid
from knowledge.matching.phrases import without_filler
from knowledge.matching.query import Query, Reader, Weights
from knowledge.matching.question import Heard, asks, hear, tells
from knowledge.matching.segment import Segment, build_segment, with_answers
from knowledge.matching.suggestions import suggested
from knowledge.matching.telling import telling_words
from knowledge.model import GuardFinding, Match, Ranking
from knowledge.text import without_markup, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knowledge.matching.comparing import Nearest
    from knowledge.matching.data import MatchingData
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.model import Logistic
    from knowledge.model import AskKind, Question, TellingWords

# Somebody who types a stored wording means it.
_VERBATIM = 0.99
# Where the first candidate is wrong, how often one of the others is right (on the sets that the weights come from).
_AMONG_OTHERS = 0.4
_SHARED_WORDING = GuardFinding("same-wording", "", "", hard=False)
_TELLS = GuardFinding("tells", "", "", hard=False)
# Below this no text is answered: nothing has to be held back.
_LEAST_TO_DOUBT = 0.5
# Letters so much alike are a stored wording misspelt, whatever the words that should have told that it asks.
_NEARLY_VERBATIM = 0.85
# Segments of a few entries are joined when another is added, so that their number stays small; see `with_layer`.
_SMALL_SEGMENT = 16


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and the rank model's log-odds."""

    candidate: Candidate
    features: dict[str, float]
    rank: float


@dataclass(frozen=True, slots=True)
class Layers:
    """What lies over the base of a matcher: the questions of each layer, and the ids hidden in the base and in each."""

    hidden: tuple[frozenset[str], ...]
    added: tuple[tuple[Question, ...], ...]


class Matcher:
    """Finds stored questions. Immutable: a layer over a book shares the book's index and never changes it."""

    def __init__(self, segments: tuple[Segment, ...], hidden: tuple[frozenset[str], ...], data: MatchingData) -> None:
        self._segments = segments
        self._hidden = hidden
        self._data = data
        self._weights = Weights(segments, data.lexicon)

    @classmethod
    def build(cls, questions: Sequence[Question], data: MatchingData) -> Matcher:
        """Index `questions`; their ids are distinct."""
        return cls.of_wordings(questions, data).with_answers()

    @classmethod
    def of_wordings(cls, questions: Sequence[Question], data: MatchingData) -> Matcher:
        """Index the wordings of `questions` alone, in a third of the time; `with_answers` adds what is left.

        Until then a question whose answers, and nothing else, share words with a text may be missed. What is found is
        judged by all its texts: they are read for each candidate, which costs some milliseconds.
        """
        return cls((build_segment(questions, data.lexicon),), (frozenset(),), data)

    def with_answers(self) -> Matcher:
        """Give a matcher that has the answers of all its questions indexed."""
        if self.is_whole:
            return self
        segments = tuple(with_answers(segment, self._data.lexicon) for segment in self._segments)
        return Matcher(segments, self._hidden, self._data)

    @property
    def is_whole(self) -> bool:
        """Whether the answers of all questions are indexed."""
        return all(segment.answers is not None for segment in self._segments)

    def with_layer(self, added: Iterable[Question], hidden: Collection[str] = ()) -> Matcher:
        """Give a matcher that also knows `added`, and no longer the entries whose ids are `hidden` or added anew.

        The index that is there is shared, not copied: one entry more costs less than a millisecond. Words and weights
        of what is added count in the matcher given back only.
        """
        new = {question.id: question for question in added}
        gone = frozenset(hidden) | new.keys()
        segments, masks = self._segments, tuple(mask | gone for mask in self._hidden)
        if len(segments) > 1 and len(segments[-1].questions) + len(new) <= _SMALL_SEGMENT:
            kept = [question for question in segments[-1].questions if question.id not in masks[-1]]
            new = {question.id: question for question in kept} | new
            segments, masks = segments[:-1], masks[:-1]
        if not new:
            return Matcher(segments, masks, self._data)
        lexicon = self._data.lexicon
        own = with_answers(build_segment(tuple(new.values()), lexicon), lexicon)
        return Matcher((*segments, own), (*masks, frozenset[str]()), self._data)

    @property
    def base(self) -> Segment:
        """The index at the bottom, which a matcher shares with those that were made of it."""
        return self._segments[0]

    @property
    def layers(self) -> Layers:
        """What lies over the base."""
        return Layers(self._hidden, tuple(segment.questions for segment in self._segments[1:]))

    def with_layers(self, layers: Layers) -> Matcher:
        """Give the matcher that `layers` were taken of, where this is the one of its base alone."""
        lexicon = self._data.lexicon
        own = (with_answers(build_segment(added, lexicon), lexicon) for added in layers.added)
        return Matcher((self.base, *own), layers.hidden, self._data)

    @property
    def weights(self) -> Mapping[str, float]:
        """What each feature counts in a confidence, in log-odds."""
        return self._data.confidence.weights

    @property
    def version(self) -> str:
        """What decided: changes with every change of weights or word lists, and tells where answers are not indexed."""
        return self._data.version if self.is_whole else f"{self._data.version}, answers not indexed yet"

    @property
    def lexicon(self) -> Lexicon:
        """What it knows of English: the words and names that the guards compare."""
        return self._data.lexicon

    def rank(self, text: str, limit: int = 5) -> Ranking:
        """Give the stored questions that `text` may ask, best first, and whether it asks at all."""
        heard, query, scored = self.scored(text)
        return Ranking(tuple(self._matches(heard, query, scored, limit)), heard.asking, self.version)

    def suggest(self, typed: str, limit: int) -> tuple[Question, ...]:
        """Give stored questions that a half-typed text may become: those that begin so, then likely ones."""
        return suggested(typed, limit, self._segments, self._hidden, lambda text: self.rank(text, limit).matches)

    def understood(self, text: str) -> tuple[AskKind, bool]:
        """Give what a text does, and whether it says too little for any stored question to answer it."""
        heard, query = self._read(text)
        return heard.asking.kind, says_nothing(query)

    def scored(self, text: str) -> tuple[Heard, Query, list[Scored]]:
        """Give what the gate says of a text, the text taken apart, and its candidates in the rank model's order."""
        heard, query = self._read(text)
        lexicon, weights = self._data.lexicon, self._weights
        scored = []
        for one in find_candidates(query, self._segments, self._hidden, lexicon, self._data.stored, weights):
            near = one.nearest
            values = features(query, near.wording, near.paired, one.elsewhere, near.findings, weights)
            values["second_wording"] = near.second
            values["asks"] = heard.asking.score
            values["few"] = weights.entries**-0.5
            scored.append(Scored(one, values, self._data.rank.log_odds(values)))
        return heard, query, sorted(scored, key=lambda one: -one.rank)

    def _read(self, text: str) -> tuple[Heard, Query]:
        clean = without_markup(text)
        found = words(clean)
        heard = hear(text, clean, found, self._data.asks)
        return heard, Reader(self._segments, self._data.lexicon, self._weights).read(heard.focus, found)

    def _matches(self, heard: Heard, query: Query, scored: Sequence[Scored], limit: int) -> list[Match]:
        model = self._data.confidence
        features_of = _with_neighbours(scored)
        confidences = _verbatim_first(heard, scored, _confidences(model, features_of))
        order = sorted(range(len(scored)), key=lambda place: -confidences[place].confidence)[:limit]
        of_text = (TOO_SHORT,) if says_nothing(query) else ()
        return [
            Match(
                question=scored[place].candidate.question,
                confidence=confidences[place].confidence,
                wording=scored[place].candidate.nearest.wording.text,
                guards=of_text + confidences[place].guards + self._told(heard, confidences[place], scored[place]),
                features=MappingProxyType(features_of[place]),
                weights=self.weights,
                find_words=partial(self._telling_words, query, scored[place].candidate.nearest),
            )
            for place in order
        ]

    def _telling_words(self, query: Query, nearest: Nearest) -> TellingWords:
        return telling_words(query, nearest.wording, nearest.paired, self._data.lexicon, self._weights)

    def _told(self, heard: Heard, judged: _Judged, scored: Scored) -> tuple[GuardFinding, ...]:
        """Give a finding where a text tells of what a stored wording asks: who tells may not want to know."""
        nearly = judged.verbatim or scored.features["ratio"] >= _NEARLY_VERBATIM
        if nearly or judged.confidence < _LEAST_TO_DOUBT or not tells(heard.asking):
            return ()
        wording = scored.candidate.nearest.wording
        return (_TELLS,) if asks(wording.text, wording.words, self._data.asks) else ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """How sure a candidate is, what guards found in it, and whether the text is one of its wordings word for word."""

    confidence: float
    guards: tuple[GuardFinding, ...]
    verbatim: bool


def _with_neighbours(scored: Sequence[Scored]) -> list[dict[str, float]]:
    ranks = [one.rank for one in scored]
    found = [{**one.features, **beside(ranks, place)} for place, one in enumerate(scored)]
    for values in found:
        values.update(together(values))
    return found


def _confidences(model: Logistic, features_of: Sequence[dict[str, float]]) -> list[float]:
    """Give the surest what the model says; the others share what is left, in the model's order."""
    if not features_of:
        return []
    log_odds = [model.log_odds(values) for values in features_of]
    best = max(range(len(log_odds)), key=log_odds.__getitem__)
    shares = [math.exp((one - log_odds[best]) / 2) for one in log_odds]
    first = sigmoid(log_odds[best])
    left = _AMONG_OTHERS * (1.0 - first) / ((sum(shares) - 1.0) or 1.0)
    return [first if place == best else min(first, left * share) for place, share in enumerate(shares)]


def beside(ranks: Sequence[float], place: int) -> dict[str, float]:
    """Give the features that come from the other questions: the lead over the next one, how many are as near."""
    rank = ranks[place]
    others = [*ranks[:place], *ranks[place + 1 :]]
    lead = rank - max(others, default=rank - 6.0)
    return {
        "rank": max(-8.0, min(8.0, rank)) / 8,
        "lead": max(-6.0, min(6.0, lead)) / 6,
        "small_lead": max(-1.0, min(1.0, lead)),
        "crowded": sum(other > rank - 1.5 for other in others) / 5,
    }


def says_nothing(query: Query) -> bool:
    """Tell whether a text is a single bare word, or holds no word that says what it is about."""
    told = [term for term in query.terms if term.weight > CONTENT and (term.known or term.near or not term.ordinary)]
    return len(query.words) + len(query.story) <= 1 or not told


def _verbatim_first(heard: Heard, scored: Sequence[Scored], confidences: Sequence[float]) -> list[_Judged]:
    """Make sure of a stored wording asked word for word; of one that two questions share, let the asker choose."""
    asked = without_filler(heard.words)
    exact = [one.candidate.nearest.wording.words == asked for one in scored]
    same = exact if any(exact) else [one.features["same_words"] == 1.0 for one in scored]
    found = []
    for one, confidence, verbatim in zip(scored, confidences, same, strict=True):
        guards = one.candidate.nearest.findings + by_features(one.features)
        if verbatim:
            confidence, guards = max(confidence, _VERBATIM), (_SHARED_WORDING,) if sum(same) > 1 else ()  # noqa: PLW2901
        found.append(_Judged(confidence, guards, verbatim))
    return found
