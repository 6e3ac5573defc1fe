"""The stored questions worth a close look: found in every segment, merged, each with its nearest wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.matching.comparing import Comparing
from knowledge.matching.features import Elsewhere
from knowledge.matching.index import best_rows, spans_held
from knowledge.matching.segment import answer_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.comparing import Nearest
    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.query import Query, Weights
    from knowledge.matching.segment import Segment
    from knowledge.matching.wordings import WordingReader
    from knowledge.model import Question

_ROWS = 64
_QUESTIONS = 8
_WORDINGS_EACH = 3
_LARGE_BOOK = 20_000
# What a match in an answer counts beside one in a wording, and a word that may have been meant beside one written.
_ANSWER_FIELD = 0.4
_NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored question, its wording nearest to the text, and what it holds beside that."""

    question: Question
    nearest: Nearest
    elsewhere: Elsewhere


def find_candidates(  # noqa: PLR0913, PLR0917  # what a search needs, each a different thing
    query: Query,
    segments: Sequence[Segment],
    hidden: Sequence[frozenset[str]],
    lexicon: Lexicon,
    stored: WordingReader,
    weights: Weights,
) -> list[Candidate]:
    """Give at most eight candidates from all segments together."""
    found: list[tuple[float, Segment, int, list[int]]] = []
    for segment, mask in zip(segments, hidden, strict=True):
        found.extend((score, segment, number, rows) for score, number, rows in _questions(segment, mask, query))
    found.sort(key=lambda one: -one[0])
    chosen = found[:_QUESTIONS]
    compare = Comparing(query, lexicon, stored, weights)
    nearest = [compare.nearest(segment, rows) for _, segment, _, rows in chosen]
    elsewhere: list[Elsewhere | None] = [None] * len(chosen)
    for segment in {id(one[1]): one[1] for one in chosen}.values():
        places = [place for place, one in enumerate(chosen) if one[1] is segment]
        numbers = [chosen[place][2] for place in places]
        missing = [nearest[place].paired.missing_stored for place in places]
        for place, held in zip(places, _elsewhere(segment, numbers, missing, query, lexicon), strict=True):
            elsewhere[place] = held
    return [
        Candidate(segment.questions[number], near, held)
        for (_, segment, number, _), near, held in zip(chosen, nearest, elsewhere, strict=True)
        if held is not None
    ]


def _questions(segment: Segment, hidden: frozenset[str], query: Query) -> list[tuple[float, int, list[int]]]:
    if not segment.questions:
        return []
    weights: dict[str, float] = {}
    for term in query.terms:
        weights[term.text] = max(weights.get(term.text, 0.0), term.weight)
        for near in term.near:
            weights[near] = max(weights.get(near, 0.0), _NEAR * term.weight)
    norm = sum(term.weight**2 for term in query.terms) ** 0.5 or 1.0
    scores = segment.wordings.gathered({term: weight * weight for term, weight in _telling(segment, weights).items()})
    size = segment.wordings.size
    # Between cosine and plain coverage: a rare word that the asker left out should cost something, not everything.
    scores[:size] *= segment.row_scale * np.float32(norm**-1.5)
    if segment.answers:
        in_answers = segment.answers.gathered(weights)[: len(segment.questions)]
        in_answers *= np.float32(_ANSWER_FIELD / (query.weight or 1.0))
        scores[:size] += in_answers if size == len(in_answers) else in_answers[segment.question_of]
    best = best_rows(scores, _ROWS + 4 * len(hidden))
    by_question: dict[int, tuple[float, list[int]]] = {}
    # Lists: a number from an array, one by one, costs as much as all that is done with it.
    for row, number, score in zip(
        best.tolist(), segment.question_of[best].tolist(), scores[best].tolist(), strict=True
    ):
        if hidden and segment.questions[number].id in hidden:
            continue
        _, rows = by_question.setdefault(number, (score, []))
        if len(rows) < _WORDINGS_EACH:
            rows.append(row)
    return [(score, number, rows) for number, (score, rows) in by_question.items()]


def _telling(segment: Segment, weights: dict[str, float]) -> dict[str, float]:
    """Leave out what a quarter of a large book's questions say, as long as something else is left to find them by."""
    most = len(segment.questions) // 4
    if most < _LARGE_BOOK // 4:
        return weights
    telling = {term: weight for term, weight in weights.items() if segment.entries(term) <= most}
    return telling or weights


def _elsewhere(
    segment: Segment, numbers: Sequence[int], stored: Sequence[Sequence[str]], query: Query, lexicon: Lexicon
) -> list[Elsewhere]:
    chosen = np.asarray(numbers, dtype=np.int32)
    spans = segment.first_row[np.stack([chosen, chosen + 1])].astype(np.int32)
    wordings = (spans[1] - spans[0]).tolist()
    shares: list[dict[str, float]] = [{} for _ in numbers]
    for term in query.terms:
        for text in (term.text, *term.near[:2]):
            for place, held in enumerate(spans_held(segment.wordings.holding(text), spans)):
                if held:
                    shares[place][term.text] = held / wordings[place]
    core: list[dict[str, float]] = [{} for _ in numbers]
    for place, missing in enumerate(stored):
        if wordings[place] > 1:
            for text in missing:
                held = spans_held(segment.wordings.holding(text), spans[:, place : place + 1])[0]
                core[place][text] = held / wordings[place]
    answers = _in_answers(segment, numbers, query, lexicon)
    return [Elsewhere(shares[place], answers[place], core[place]) for place in range(len(numbers))]


def _in_answers(segment: Segment, numbers: Sequence[int], query: Query, lexicon: Lexicon) -> list[frozenset[str]]:
    """Give the asked terms in the answers of each question; where these are not indexed yet, by reading them."""
    looked_up = {term.text: (term.text, *term.near[:2]) for term in query.terms}
    if segment.answers is None:
        read = (answer_terms(segment.questions[number], lexicon) for number in numbers)
        return [frozenset(term for term, texts in looked_up.items() if not held.isdisjoint(texts)) for held in read]
    chosen = np.asarray(numbers, dtype=np.int32)
    spans = np.stack([chosen, chosen + 1])
    found: list[set[str]] = [set() for _ in numbers]
    for term, texts in looked_up.items():
        for text in texts:
            for place, held in enumerate(spans_held(segment.answers.holding(text), spans)):
                if held:
                    found[place].add(term)
    return [frozenset(terms) for terms in found]
