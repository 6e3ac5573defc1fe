"""A part of the index: some questions with their words, made once and never changed.

The book is one segment that all servers share; what a server adds lies in small segments of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.matching.index import Postings
from knowledge.matching.vocabulary import Vocabulary
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from knowledge.matching.lexicon import Lexicon
    from knowledge.model import Question


@dataclass(frozen=True, slots=True)
class Segment:
    """Questions, the rows of their wordings, and the words of wordings and of answers."""

    questions: tuple[Question, ...]
    question_of: NDArray[np.int32]
    first_row: NDArray[np.int32]
    wordings: Postings
    answers: Postings
    vocabulary: Vocabulary
    weight_of_row: NDArray[np.float32]

    def wording(self, row: int) -> str:
        """Give the wording in a row."""
        number = int(self.question_of[row])
        return self.questions[number].wordings[row - int(self.first_row[number])]


class _Numbering(dict[str, tuple[int, ...]]):
    """Words to the numbers of the terms they stand for, numbered as they are met."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self._lexicon = lexicon

    def __missing__(self, word: str) -> tuple[int, ...]:
        numbers = (self.terms.setdefault(self._lexicon.term(word), len(self.terms)),)
        self[word] = numbers
        return numbers


def build_segment(questions: Sequence[Question], lexicon: Lexicon) -> Segment:
    """Index `questions`. Time grows with the words in wordings, details and answers: about 4 s for 15 million."""
    numbers: dict[str, int] = {}
    surface: set[str] = set()
    texts = [words(wording) for question in questions for wording in question.wordings]
    surface.update(*texts) if texts else None
    counts = [len(question.wordings) for question in questions]
    wordings = Postings.build(numbers, (_numbered(lexicon.terms(text), numbers) for text in texts))
    first = np.zeros(len(questions), dtype=np.int32)
    np.cumsum(counts[:-1], out=first[1:])
    answer_numbers: dict[str, int] = {}
    answers = Postings.build(
        answer_numbers, (_answer_terms(question, lexicon, answer_numbers) for question in questions)
    )
    return Segment(
        questions=tuple(questions),
        question_of=np.repeat(np.arange(len(questions), dtype=np.int32), counts),
        first_row=first,
        wordings=wordings,
        answers=answers,
        vocabulary=Vocabulary(surface),
        weight_of_row=_row_weights(wordings, lexicon),
    )


def _numbered(terms: Iterable[str], numbers: dict[str, int]) -> set[int]:
    return {numbers.setdefault(term, len(numbers)) for term in terms}


def _answer_terms(question: Question, lexicon: Lexicon, numbers: dict[str, int]) -> set[int]:
    text = " ".join((question.details, *(answer.body for answer in question.answers)))
    return _numbered(lexicon.terms(words(text)), numbers)


def _row_weights(postings: Postings, lexicon: Lexicon) -> NDArray[np.float32]:
    sums = np.zeros(postings.size, dtype=np.float32)
    for term in postings.ids:
        held = postings.holding(term)
        sums[held] += np.float32(lexicon.weight(term, len(held), postings.size) ** 2)
    return np.sqrt(sums)
