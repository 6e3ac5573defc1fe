"""What is found out about a proposal before it is saved: concerns, and examples that would no longer hold."""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING

from knowledge.curation.concerns import near_duplicates, taken_over
from knowledge.curation.examples import broken, examples_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knowledge.content.library import Snapshot
    from knowledge.curation.concerns import Concern
    from knowledge.curation.examples import BrokenExample
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.model import Question
    from knowledge.moderation.views import Proposal


def beside_others(proposal: Proposal, before: Snapshot, after: Snapshot, layer: ServerLayer) -> Iterator[Concern]:
    """Give what new wordings do to other entries: which they double, and which they take questions from."""
    question = proposal.question
    if proposal.original is not None and proposal.original.wordings == question.wordings:
        return
    drafts = {draft.id: draft for draft in layer.drafts if draft.id != question.id}
    others = before.matcher.with_layer(drafts.values(), {question.id})
    yield from near_duplicates(question, others, before.policy, drafts)
    yield from taken_over(question, before.matcher, after.matcher, before.policy)


async def newly_broken(
    before: Snapshot, after: Snapshot, layer: ServerLayer, nothing: Collection[str]
) -> tuple[BrokenExample, ...]:
    """Give the examples that hold `before` a change and not `after` it: the entries' own, the book's, the server's.

    Every other task has its turn between two examples.
    """
    found = []
    for example in chain(examples_of(_all(after), nothing), layer.examples):
        await asyncio.sleep(0)
        fault = broken(after, example)
        if fault and (example.entry_id not in before.questions or not broken(before, example)):
            found.append(fault)
    return tuple(found)


def _all(snapshot: Snapshot) -> Collection[Question]:
    return tuple(snapshot.questions.values())
