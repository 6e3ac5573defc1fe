"""Why a reply came out as it did, laid out for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.terminal.pages import Paragraph, heading, item, stored
from knowledge.model import Place
from knowledge.presentation.reasons import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.model import Decision, Policy
    from knowledge.presentation.reasons import Nearest


def why(decision: Decision, policy: Policy) -> Iterator[Paragraph]:
    """Give the paragraphs that explain a decision, stored titles and wordings among them."""
    explained = reasons(decision, policy, Place(addressed=True))
    yield heading("Why this reply")
    for sentence in (explained.summary, *explained.sentences):
        yield Paragraph(sentence)
    if explained.nearest:
        yield from _nearest(explained.nearest)
    if explained.others:
        yield heading("Other stored questions")
        for count, question in explained.others:
            yield item(f"{count} in 100: ", question.title)


def _nearest(nearest: Nearest) -> Iterator[Paragraph]:
    yield heading("The stored question that comes nearest")
    yield stored(nearest.question.title, close=True)
    if nearest.wording:
        yield Paragraph("By its wording:", close=True)
        yield stored(nearest.wording, close=True)
    for place, sentence in enumerate(nearest.sentences):
        yield Paragraph(sentence, close=place > 0)
