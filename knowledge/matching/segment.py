"""A part of the index: some questions with their words, made once and never changed.

The book is one segment that all servers share; what a server adds lies in small segments of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from knowledge.matching.index import Postings
from knowledge.matching.vocabulary import Vocabulary
from knowledge.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from knowledge.matching.lexicon import Lexicon
    from knowledge.model import Question

_PUNCTUATION = dict.fromkeys(map(ord, '!"#$()*+,./:;<=>?@[\\]^_{|}~\u2013\u2014\u2026\u201c\u201d-'), " ")


@dataclass(frozen=True, slots=True)
class Segment:
    """Questions, the rows of their wordings, and the terms of wordings and of answers.

    Question `n` has the rows `first_row[n]` to before `first_row[n + 1]`. The rows of `answers` are questions; until
    `with_answers` indexed them there are none. `entries_of` counts for each term the questions that have it in a
    wording; `row_scale` is one over the root of the length of each row's weight vector; `by_title` are the questions
    by folded title.
    """

    questions: tuple[Question, ...]
    question_of: NDArray[np.int32]
    first_row: NDArray[np.int64]
    wordings: Postings
    answers: Postings | None
    vocabulary: Vocabulary
    entries_of: NDArray[np.int64]
    row_scale: NDArray[np.float32]
    by_title: NDArray[np.int32]

    def entries(self, term: str) -> int:
        """Give how many questions have `term` in a wording."""
        number = self.wordings.ids.get(term)
        return 0 if number is None else self.entries_of.item(number)

    def wording(self, row: int) -> str:
        """Give the wording in a row."""
        number = int(self.question_of[row])
        return self.questions[number].wordings[row - int(self.first_row[number])]


def build_segment(questions: Sequence[Question], lexicon: Lexicon) -> Segment:
    """Index the wordings of `questions`: about 2 s for 100,000."""
    surface: set[str] = set()
    numbers: dict[str, int] = {}

    def of_wordings() -> Iterable[Iterable[int]]:
        for question in questions:
            for wording in question.wordings:
                found = words(wording)
                surface.update(found)
                yield [numbers.setdefault(term, len(numbers)) for term in lexicon.terms(found)]

    wordings = Postings.build(numbers, of_wordings())
    counts = np.asarray([len(question.wordings) for question in questions], dtype=np.int64)
    question_of = np.repeat(np.arange(len(questions), dtype=np.int32), counts)
    entries_of = _entries_of(wordings, question_of)
    return Segment(
        questions=tuple(questions),
        question_of=question_of,
        first_row=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)]),
        wordings=wordings,
        answers=None,
        vocabulary=Vocabulary(surface),
        entries_of=entries_of,
        row_scale=_row_scale(wordings, entries_of, len(questions), lexicon),
        by_title=_by_title(questions),
    )


def with_answers(segment: Segment, lexicon: Lexicon) -> Segment:
    """Index the answers, details and topics of a segment too: about 5 s for 15 million words."""
    if segment.answers:
        return segment
    number_of = _Numbering(lexicon)
    texts = (map(number_of.__getitem__, _answer_words(question)) for question in segment.questions)
    return replace(segment, answers=Postings.build(number_of.terms, texts))


def answer_terms(question: Question, lexicon: Lexicon) -> frozenset[str]:
    """Give the terms under which `with_answers` would index one question."""
    return frozenset(_answer_term(word, lexicon) for word in set(_answer_words(question)))


class _Numbering(dict[str, int]):
    """Words of answers, as they are met, with the number of the term each stands for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self._lexicon = lexicon

    def __missing__(self, word: str) -> int:
        number = self[word] = self.terms.setdefault(_answer_term(word, self._lexicon), len(self.terms))
        return number


def _answer_words(question: Question) -> list[str]:
    """Cut an entry's texts into words, those that come twice twice.

    Answers are long, and a weaker field: they are cut at blanks and punctuation alone, four times as fast as wordings.
    """
    text = " ".join((question.details, *question.topics, *(answer.body for answer in question.answers)))
    return text.translate(_PUNCTUATION).casefold().split()


def _answer_term(word: str, lexicon: Lexicon) -> str:
    read = _first_word(word)
    return lexicon.term(read) if read else ""


@lru_cache(maxsize=1 << 16)
def _first_word(text: str) -> str:
    return next(iter(words(text)), "")


def _by_title(questions: Sequence[Question]) -> NDArray[np.int32]:
    folded = [fold(question.title) for question in questions]
    return np.asarray(sorted(range(len(folded)), key=folded.__getitem__), dtype=np.int32)


def _entries_of(wordings: Postings, question_of: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count distinct questions for each term: rows ascend within a term, and so do their questions."""
    questions = question_of[wordings.rows]
    fresh = np.ones(len(questions), dtype=np.int64)
    fresh[1:] = questions[1:] != questions[:-1]
    starts = wordings.start[:-1]
    fresh[starts[starts < len(fresh)]] = 1
    sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(fresh)])
    found: NDArray[np.int64] = sums[wordings.start[1:]] - sums[starts]
    return found


def _row_scale(
    wordings: Postings, entries_of: NDArray[np.int64], entries: int, lexicon: Lexicon
) -> NDArray[np.float32]:
    weights = np.asarray(
        [lexicon.weight(term, int(entries_of[number]), entries) for term, number in wordings.ids.items()],
        dtype=np.float32,
    )
    squares = np.repeat(weights * weights, np.diff(wordings.start))
    lengths = np.bincount(wordings.rows, weights=squares, minlength=wordings.size) ** 0.5
    scale: NDArray[np.float32] = (1.0 / np.sqrt(np.maximum(lengths, 1e-6))).astype(np.float32)
    return scale
