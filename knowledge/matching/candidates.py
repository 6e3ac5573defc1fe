"""The stored questions worth a close look: found in every segment, merged, each with its nearest wording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from knowledge.matching.features import Elsewhere, Pairing, pair
from knowledge.matching.guards import disagreements, other_things
from knowledge.matching.index import best_rows, spans_held
from knowledge.matching.segment import answer_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.lexicon import Lexicon
    from knowledge.matching.query import Query, Weigher
    from knowledge.matching.segment import Segment
    from knowledge.matching.wordings import Title, Wording, WordingReader
    from knowledge.model import GuardFinding, Question

_ROWS = 64
_QUESTIONS = 8
_WORDINGS_EACH = 3
_LARGE_BOOK = 20_000
# What a match in an answer counts beside one in a wording, and a word that may have been meant beside one written.
_ANSWER_FIELD = 0.4
_NEAR = 0.8
# A wording that contradicts the text gives way to another of the same entry that is nearly as near.
_CONTRADICTED = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored question, the wording nearest to the text, and how near the next nearest is (0 without one)."""

    question: Question
    wording: Wording
    paired: Pairing
    findings: tuple[GuardFinding, ...]
    second: float
    elsewhere: Elsewhere


def find_candidates(  # noqa: PLR0913, PLR0917  # what a search needs, each a different thing
    query: Query,
    segments: Sequence[Segment],
    hidden: Sequence[frozenset[str]],
    lexicon: Lexicon,
    stored: WordingReader,
    weigh: Weigher,
) -> list[Candidate]:
    """Give at most eight candidates from all segments together."""
    found: list[tuple[float, Segment, int, list[int]]] = []
    for segment, mask in zip(segments, hidden, strict=True):
        found.extend((score, segment, number, rows) for score, number, rows in _questions(segment, mask, query))
    found.sort(key=lambda one: -one[0])
    chosen = found[:_QUESTIONS]
    nearest = [_nearest(segment, rows, query, lexicon, stored, weigh) for _, segment, _, rows in chosen]
    elsewhere: list[Elsewhere | None] = [None] * len(chosen)
    for segment in {id(one[1]): one[1] for one in chosen}.values():
        places = [place for place, one in enumerate(chosen) if one[1] is segment]
        numbers = [chosen[place][2] for place in places]
        missing = [nearest[place][1].missing_stored for place in places]
        for place, held in zip(places, _elsewhere(segment, numbers, missing, query, lexicon), strict=True):
            elsewhere[place] = held
    return [
        Candidate(segment.questions[number], wording, paired, findings, second, held)
        for (_, segment, number, _), (wording, paired, findings, second), held in zip(
            chosen, nearest, elsewhere, strict=True
        )
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
    by_question: dict[int, tuple[float, list[int]]] = {}
    for row in best_rows(scores, _ROWS + 4 * len(hidden)):
        number = int(segment.question_of[row])
        if segment.questions[number].id in hidden:
            continue
        _, rows = by_question.setdefault(number, (float(scores[row]), []))
        if len(rows) < _WORDINGS_EACH:
            rows.append(row)
    return [(best, number, rows) for number, (best, rows) in by_question.items()]


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


def _nearest(  # noqa: PLR0913, PLR0917  # the same
    segment: Segment, rows: Sequence[int], query: Query, lexicon: Lexicon, stored: WordingReader, weigh: Weigher
) -> tuple[Wording, Pairing, tuple[GuardFinding, ...], float]:
    """Give the wording of an entry nearest to the text, what guards find in it, and how near the next one is."""
    found = []
    title = stored.title(segment.questions[int(segment.question_of[rows[0]])].title)
    for row in rows:
        wording = stored.wording(segment.wording(row))
        paired = pair(query, wording, lexicon, weigh)
        findings = _findings(query, wording, paired, lexicon, title)
        hard = any(finding.hard for finding in findings)
        found.append((paired.closeness - _CONTRADICTED * hard, wording, paired, findings))
    found.sort(key=lambda one: -one[0])
    second = found[1][0] if len(found) > 1 else 0.0
    _, wording, paired, findings = found[0]
    return wording, paired, findings + _denied_elsewhere(wording, findings, [one[3] for one in found[1:]]), second


def _denied_elsewhere(
    wording: Wording, findings: Sequence[GuardFinding], others: Sequence[Sequence[GuardFinding]]
) -> tuple[GuardFinding, ...]:
    """Give what a text denies and another wording of the entry asks, where the nearest wording does not name it."""
    if any(finding.guard == "polarity" for finding in findings):
        return ()
    denied = [one for other in others for one in other if one.guard == "polarity" and one.asked.startswith("not ")]
    return tuple(replace(one, hard=False) for one in denied[:1] if one.stored not in wording.words)


def _findings(
    query: Query, wording: Wording, paired: Pairing, lexicon: Lexicon, title: Title
) -> tuple[GuardFinding, ...]:
    asked = tuple(paired.mended.get(word, word) for word in query.words)
    story = tuple(paired.mended.get(word, word) for word in query.story) or asked
    meant = {paired.mended.get(term.word, term.text) for term in query.terms}
    named = query.drugs & meant | {term for term in query.drugs if term not in meant and not paired.mended}
    found = disagreements(asked, story, wording.words, title.words, sorted(named), wording.drugs)
    terms = [(paired.mended.get(term.word, term.text), term.asked) for term in query.terms]
    in_question = [term for term, in_asking_part in terms if in_asking_part]
    things = other_things(in_question, [term for term, _ in terms], wording.terms, title.terms, lexicon.kinds)
    return (*found, *things)
