"""Who speaks: an expert's byline as every adapter shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.model import Layer

if TYPE_CHECKING:
    from knowledge.model import Answer, Question

NAME_UNKNOWN = "Name not given"
NAME_NOT_ON_PAGE = "Name not given on the source page"
INVENTED = "Invented sample: no real doctor wrote this"
ADDED_HERE = "Added by this server's moderators"


def byline(answer: Answer, question: Question) -> tuple[str, ...]:
    """Give the lines that say who wrote `answer`, at least one: name, credentials, patients' ratings, provenance.

    A missing name stays missing and is said to be; stars are labelled as what they are.
    """
    added_here = question.layer is Layer.SERVER and not answer.of_book
    lines = [INVENTED] if answer.invented else []
    lines += [answer.name or (NAME_NOT_ON_PAGE if question.source and not added_here else NAME_UNKNOWN)]
    lines += answer.credentials.splitlines() if answer.credentials else []
    if stars := rating_line(answer):
        lines.append(stars)
    if answer.overdue and answer.checked:
        lines.append(f"Last checked on {answer.checked.isoformat()}")
    if added_here:
        lines.append(ADDED_HERE)
    return tuple(lines)


def rating_line(answer: Answer) -> str:
    """Say what patients gave the doctor ("4.6 of 5 from 32 patient reviews"), or nothing where nobody knows."""
    reviews = "" if answer.reviews is None else f"{answer.reviews:,} patient review{'' if answer.reviews == 1 else 's'}"
    if answer.rating is None:
        return reviews
    dated = f", as of {answer.as_of.isoformat()}" if answer.as_of else ""
    counted = f" from {reviews}" if reviews else " in patient reviews"
    # As pages give them, with one digit; one that was given more exactly is not made better than it is.
    stars = f"{answer.rating:.1f}" if round(answer.rating, 1) == answer.rating else f"{answer.rating:g}"
    return f"{stars} of 5{counted}{dated}"
