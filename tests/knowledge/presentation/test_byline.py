"""Who wrote an answer, and what patients gave its doctor, as every adapter shows it."""

import pytest

from knowledge.model import Answer
from knowledge.presentation.byline import rating_line


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
