"""Ranking in another process: what is sent there, and what comes back.

The process has the book's questions and an index of its own. Of what it finds only ids come back: what a member is
shown are the questions of whoever asks, never copies.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.matching.matcher import Layers, Matcher
from knowledge.model import Match, Ranking, TellingWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.matching.data import MatchingData
    from knowledge.model import Asking, GuardFinding, Question

# The matchers of so many servers with answers of their own are kept ready.
_SERVERS = 64


@dataclass(frozen=True, slots=True)
class _Found:
    """A Match without what only its own process has; `question` is an id."""

    question: str
    confidence: float
    wording: str
    guards: tuple[GuardFinding, ...]
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RemoteRanking:
    """A Ranking on its way to the process that asked for it."""

    found: tuple[_Found, ...]
    asking: Asking
    matcher_version: str

    def of(self, matcher: Matcher, questions: Mapping[str, Question], text: str) -> Ranking:
        """Give the Ranking of `text` by the matcher that it was asked for, whose questions these are, by id."""
        matches = tuple(
            Match(
                question=questions[found.question],
                confidence=found.confidence,
                wording=found.wording,
                guards=found.guards,
                features=MappingProxyType(found.features),
                weights=matcher.weights,
                find_words=partial(_telling_words, matcher, text, found.question),
            )
            for found in self.found
        )
        return Ranking(matches, self.asking, self.matcher_version)


class RemoteRanker:
    """Holds the index of a book in another process, and ranks texts by it and by what servers lay over it."""

    def __init__(self, book: Sequence[Question], data: MatchingData) -> None:
        self._book = Matcher.build(book, data)
        self._of_server = lru_cache(_SERVERS)(self._with_layers)

    def rank(self, text: str, layers: bytes = b"") -> RemoteRanking:
        """Rank `text`; `layers` is what `packed_layers` gave for the matcher that was asked."""
        ranking = (self._of_server(layers) if layers else self._book).rank(text)
        found = (
            _Found(match.question.id, match.confidence, match.wording, match.guards, dict(match.features))
            for match in ranking.matches
        )
        return RemoteRanking(tuple(found), ranking.asking, ranking.matcher_version)

    def _with_layers(self, packed: bytes) -> Matcher:
        layers: Layers = pickle.loads(packed)  # noqa: S301  # the bot's own process packed them
        return self._book.with_layers(layers)


def packed_layers(matcher: Matcher) -> bytes:
    """Give what lies over a matcher's base, as `RemoteRanker.rank` takes it; b"" where nothing does."""
    layers = matcher.layers
    return pickle.dumps(layers) if layers.added or any(layers.hidden) else b""


def _telling_words(matcher: Matcher, text: str, question: str) -> TellingWords:
    """Rank once more, here: a person asks for these words once in a thousand answers."""
    found = (match.words for match in matcher.rank(text).matches if match.question.id == question)
    return next(found, TellingWords())
