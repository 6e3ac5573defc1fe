"""From a text to the stored questions it may ask, each with a calibrated confidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge.matching.features import Candidate, features
from knowledge.matching.index import best_rows
from knowledge.matching.query import Weigher, read_query
from knowledge.matching.question import asking
from knowledge.matching.segment import Segment, build_segment
from knowledge.model import Match, Ranking
from knowledge.text import fold, without_markup, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from knowledge.matching.data import MatchingData
    from knowledge.matching.query import Query
    from knowledge.model import Question

_ROWS = 48
_CANDIDATES = 24
_ANSWER_FIELD = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its features and the rank model's log-odds."""

    candidate: Candidate
    features: dict[str, float]
    rank: float


class Matcher:
    """Finds stored questions. Immutable: a layer over a book shares the book's index and never changes it."""

    def __init__(self, segments: tuple[Segment, ...], hidden: tuple[frozenset[str], ...], data: MatchingData) -> None:
        self._segments = segments
        self._hidden = hidden
        self._data = data

    @classmethod
    def build(cls, questions: Sequence[Question], data: MatchingData) -> Matcher:
        """Index `questions`; their ids are distinct."""
        return cls((build_segment(questions, data.lexicon),), (frozenset(),), data)

    def with_layer(self, added: Iterable[Question], hidden: Collection[str] = ()) -> Matcher:
        """Give a matcher that also knows `added`, and no longer the entries whose ids are `hidden` or added anew."""
        segment = build_segment(tuple(added), self._data.lexicon)
        replaced = frozenset(hidden) | {question.id for question in segment.questions}
        masks = (*(mask | replaced for mask in self._hidden), frozenset[str]())
        return Matcher((*self._segments, segment), masks, self._data)

    @property
    def version(self) -> str:
        """What decided: changes with every change of weights or word lists."""
        return self._data.version

    def rank(self, text: str, limit: int = 5) -> Ranking:
        """Give the stored questions that `text` may ask, best first, at most `limit`, and whether it asks at all."""
        found = words(without_markup(text))
        heard = asking(text, found)
        scored = self._scored(found)
        return Ranking(tuple(self._matches(scored, limit)), heard, self.version)

    def suggest(self, typed: str, limit: int) -> tuple[Question, ...]:
        """Give stored questions that a half-typed text may become, best first."""
        start = fold(typed)
        if not start:
            return ()
        begins = [question for question in self._live() if fold(question.title).startswith(start)]
        ranked = [match.question for match in self.rank(typed, limit).matches]
        chosen = {question.id: question for question in (*begins[:limit], *ranked)}
        return tuple(chosen.values())[:limit]

    def _live(self) -> Iterable[Question]:
        for segment, mask in zip(self._segments, self._hidden, strict=True):
            yield from (question for question in segment.questions if question.id not in mask)

    def _scored(self, found: tuple[str, ...]) -> list[Scored]:
        weigh = Weigher(self._segments, self._data.lexicon)
        query = read_query(found, self._segments, self._data.lexicon, weigh)
        candidates = [
            pair
            for place, segment in enumerate(self._segments)
            for pair in _candidates(segment, place, self._hidden[place], query)
        ]
        candidates.sort(key=lambda pair: -pair[0])
        scored = []
        for _, candidate in candidates[:_CANDIDATES]:
            stored = words(candidate.wording)
            given = replace(candidate, words=stored, terms=tuple(self._data.lexicon.terms(stored)))
            values = features(query, given, weigh)
            scored.append(Scored(given, values, self._data.rank.log_odds(values)))
        return sorted(scored, key=lambda one: -one.rank)

    def _matches(self, scored: Sequence[Scored], limit: int) -> Iterable[Match]:
        by_question: dict[tuple[int, int], list[Scored]] = defaultdict(list)
        for one in scored:
            by_question[one.candidate.segment, one.candidate.number].append(one)
        best = [group[0].rank for group in by_question.values()]
        matches = []
        for place, group in enumerate(by_question.values()):
            first = group[0]
            values = first.features | beside(
                first.rank, [*best[:place], *best[place + 1 :]], [one.rank for one in group]
            )
            question = self._segments[first.candidate.segment].questions[first.candidate.number]
            matches.append(
                Match(
                    question=question,
                    confidence=self._data.confidence.probability(values),
                    wording=first.candidate.wording,
                    features=values,
                    contributions=self._data.confidence.contributions(values),
                )
            )
        return sorted(matches, key=lambda match: -match.confidence)[:limit]


def beside(rank: float, others: Sequence[float], own: Sequence[float]) -> dict[str, float]:
    """Give the features that come from the other candidates: its lead, and how near its wordings are."""
    lead = rank - max(others) if others else 6.0
    return {
        "rank": max(-8.0, min(8.0, rank)) / 8,
        "lead": max(-6.0, min(6.0, lead)) / 6,
        "crowded": sum(other > rank - 1.0 for other in others) / 5,
        "second_wording": max(-8.0, min(8.0, own[1])) / 8 if len(own) > 1 else -1.0,
    }


def _candidates(segment: Segment, place: int, hidden: frozenset[str], query: Query) -> list[tuple[float, Candidate]]:
    weights: dict[str, float] = {}
    for term in query.terms:
        weights[term.text] = term.weight
        weights |= {near: max(weights.get(near, 0.0), 0.8 * term.weight) for near in term.near}
    if not segment.questions:
        return []
    shared = segment.wordings.gathered({term: weight * weight for term, weight in weights.items()})
    in_answers = segment.answers.gathered(weights)[segment.question_of]
    rows = segment.wordings.size
    scores = np.zeros_like(shared)
    asked = sum(term.weight**2 for term in query.terms) or 1.0
    scores[:rows] = shared[:rows] / np.sqrt(segment.weight_of_row * np.sqrt(asked)) / np.sqrt(asked)
    scores[:rows] += np.float32(_ANSWER_FIELD) * in_answers / np.float32(query.weight or 1.0)
    found = []
    for row in best_rows(scores, _ROWS + len(hidden)):
        number = int(segment.question_of[row])
        if segment.questions[number].id in hidden:
            continue
        held = frozenset(term.text for term in query.terms if number in _Held(segment, term.text))
        found.append((float(scores[row]), Candidate(number, place, segment.wording(row), (), (), held)))
    return found


class _Held:
    """The questions whose answers hold a term; asks by bisection."""

    def __init__(self, segment: Segment, term: str) -> None:
        self._rows = segment.answers.holding(term)

    def __contains__(self, number: int) -> bool:
        place = int(np.searchsorted(self._rows, number))
        return place < len(self._rows) and int(self._rows[place]) == number
