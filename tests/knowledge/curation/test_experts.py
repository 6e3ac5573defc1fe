"""Names of experts for who is typing one; taking their answers back is told in `tests.knowledge.moderation`."""

from collections.abc import Mapping

from knowledge.curation.experts import ExpertNames
from knowledge.model import Answer, Question

KIM, LEE, NOBODY = Answer("Rest.", name="Jo Kim, MD"), Answer("Sleep.", name="Ada Lee, DO"), Answer("Wait.")
COLD = Question("cold", "How long does a cold last?", (KIM, NOBODY))
FEVER = Question("fever", "What helps against fever?", (KIM, LEE))


class Book(Mapping):
    """A book that counts how often it is read from its beginning."""

    def __init__(self, *questions):
        self.questions = {question.id: question for question in questions}
        self.read = 0

    def __getitem__(self, entry):
        return self.questions[entry]

    def __iter__(self):
        self.read += 1
        return iter(self.questions)

    def __len__(self):
        return len(self.questions)


def test_names_hold_what_is_typed_and_stand_once():
    names, book = ExpertNames(), Book(COLD, FEVER)
    assert list(names.like("", book, (), ())) == [KIM.name, LEE.name]
    assert list(names.like(" KIM ", book, (), ())) == [KIM.name]
    assert list(names.like("nobody", book, (), ())) == []


def test_a_book_is_read_once_until_there_is_another():
    names, book, other = ExpertNames(), Book(COLD, FEVER), Book(COLD)
    for key in "kim":
        assert list(names.like(key, book, (), ()))
    assert book.read == 1
    assert list(names.like("", other, (), ())) == [KIM.name]


def test_what_a_server_changed_counts_as_it_stands_there():
    names, book = ExpertNames(), Book(COLD, FEVER)
    own = Question("fever", "What helps against fever?", (Answer("Drink.", name="Own Expert"),))
    assert list(names.like("", book, (own,), {"fever"})) == ["Own Expert", KIM.name]
    assert list(names.like("", book, (), {"fever", "cold"})) == []
