"""What is found out about a proposal before it is saved: concerns, and examples that would no longer hold.

Each step takes the matcher a few milliseconds, and there may be many: all other tasks have their turn between two.
"""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING

from knowledge.curation.concerns import near_duplicates, never_answered, taken_over
from knowledge.curation.examples import Example, broken, examples_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterable

    from knowledge.content.library import Snapshot
    from knowledge.curation.concerns import Concern
    from knowledge.curation.examples import BrokenExample
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.matching.matcher import Matcher
    from knowledge.model import Match
    from knowledge.moderation.views import Proposal

_MOST_NEIGHBOURS = 5
_MOST_WORDINGS = 10
_PIECE = 500


async def of_wordings(proposal: Proposal, before: Snapshot, after: Snapshot, layer: ServerLayer) -> tuple[Concern, ...]:
    """Give what is to be said of new wordings: which are never answered, which other entries they double or rob."""
    question, known = proposal.question, proposal.original.wordings if proposal.original else ()
    added = [wording for wording in question.wordings if wording not in known]
    drafts = {draft.id: draft for draft in layer.drafts if draft.id != question.id}
    others = before.matcher.with_layer(drafts.values(), {question.id})
    nearby = await _nearest(added, others)
    found = [*near_duplicates(nearby, before.policy, drafts)]
    for wording in added:
        await asyncio.sleep(0)
        if concern := never_answered(wording, after):
            found.append(concern)
    for match in nearby[:_MOST_NEIGHBOURS]:
        for wording in match.question.wordings[:_MOST_WORDINGS]:
            await asyncio.sleep(0)
            if concern := taken_over(question.id, match.question, wording, before, after):
                found.append(concern)
    return tuple(found)


async def newly_broken(
    before: Snapshot, after: Snapshot, layer: ServerLayer, nothing: Collection[str]
) -> tuple[BrokenExample, ...]:
    """Give the examples that hold `before` a change and not `after` it: the entries' own, the book's, the server's."""
    found = []
    for example in chain(layer.examples, map(Example, nothing), [one async for one in _examples(after)]):
        await asyncio.sleep(0)
        fault = broken(after, example)
        if fault and not broken(before, example):
            found.append(fault)
    return tuple(found)


async def _nearest(wordings: Iterable[str], matcher: Matcher) -> list[Match]:
    """Give the entries nearest to any of `wordings`, likeliest first."""
    best: dict[str, Match] = {}
    for wording in wordings:
        await asyncio.sleep(0)
        for match in matcher.rank(wording).matches:
            if match.question.id not in best or match.confidence > best[match.question.id].confidence:
                best[match.question.id] = match
    return sorted(best.values(), key=lambda match: -match.confidence)


async def _examples(shown: Snapshot) -> AsyncIterator[Example]:
    for number, question in enumerate(shown.questions.values()):
        if number % _PIECE == 0:
            await asyncio.sleep(0)
        for example in examples_of([question]):
            yield example
