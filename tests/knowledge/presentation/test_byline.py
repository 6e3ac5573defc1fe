"""Who wrote an answer, and what patients gave its doctor, as every adapter shows it."""

import pytest

from knowledge.model import Answer, Layer, Question, Source
from knowledge.presentation.byline import ADDED_HERE, byline, rating_line


@pytest.mark.parametrize(
    ("rating", "reviews", "told"),
    [
        (4.9, 37, "4.9 of 5 from 37 patient reviews"),
        (5.0, 1, "5.0 of 5 from 1 patient review"),
        (4.96, 1_200, "4.96 of 5 from 1,200 patient reviews"),
        (4, None, "4.0 of 5 in patient reviews"),
        (None, 3, "3 patient reviews"),
        (None, None, ""),
    ],
)
def test_stars_are_told_as_they_were_given(rating, reviews, told):
    assert rating_line(Answer("x", rating=rating, reviews=reviews)) == told


def test_a_page_is_named_only_where_the_answer_came_from_one():
    page, answer = Source("page.txt", "0" * 64), Answer("x")
    imported = Question("a", "T?", (answer,), source=page)
    assert byline(answer, imported) == ("Name not given on the source page",)
    assert byline(answer, Question("a", "T?", (answer,))) == ("Name not given",)
    added = Question("a", "T?", (answer,), source=page, layer=Layer.SERVER)
    assert byline(answer, added) == ("Name not given", ADDED_HERE)
