"""What a ranking process does with what it reads."""

from __future__ import annotations

from io import BytesIO

from bot.ranking.frames import framed, messages
from bot.ranking.worker import serve

CHEEK = "can botox stop my cheek from twitching?"


def answered(*sent):
    found = BytesIO()
    serve(BytesIO(b"".join(sent)), found)
    return list(messages(BytesIO(found.getvalue())))


def test_it_takes_in_a_book_in_parts_and_ranks(shipped):
    book = tuple(shipped.questions.values())
    parts = [framed(book[:1]), framed(book[1:]), framed(())] if book[1:] else [framed(book), framed(())]
    ready, (number, ranking) = answered(*parts, framed((7, CHEEK, b"")))
    assert ready is None
    assert number == 7
    assert ranking.of(shipped.matcher, shipped.questions, CHEEK) == shipped.matcher.rank(CHEEK)


def test_a_text_that_it_cannot_rank_costs_that_text_alone(shipped):
    book = tuple(shipped.questions.values())
    asked = framed((1, CHEEK, b"no layers")), framed((2, CHEEK, b""))
    _, (_, failed), (_, ranking) = answered(framed(book), framed(()), *asked)
    assert failed is None
    assert ranking.found


def test_an_input_that_breaks_off_ends_it():
    whole = framed((1, CHEEK, b""))
    for length in (0, 2, 5, len(whole) - 1):
        assert answered(framed(()), whole[:length]) == [None]
