"""From a moderator's form to what they are shown before they save it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.content.ids import unused_id
from knowledge.curation.changes import written
from knowledge.curation.concerns import in_its_words
from knowledge.curation.differences import differences
from knowledge.curation.entry import Version
from knowledge.curation.proposals import checked
from knowledge.model import Layer, Question
from knowledge.moderation.checks import of_wordings
from knowledge.moderation.views import Assessment, Proposal
from knowledge.safety.notice import answer_reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.curation.rights import Caller
    from knowledge.model import Answer, Source
    from knowledge.moderation.views import EntryView
    from knowledge.moderation.workplace import Workplace


class Proposing:
    """Proposals, checked and looked at from all sides. Nothing here is kept, and nothing waits for the disk."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def new(  # noqa: PLR0913  # a form's fields
        self,
        caller: Caller,
        title: str,
        answers: Iterable[Answer],
        *,
        details: str = "",
        phrasings: Iterable[str] = (),
        topics: Iterable[str] = (),
        source: Source | None = None,
        reason: str = "",
    ) -> Proposal:
        """Give a new entry as it would be kept. Raises `Refused` with everything that is wrong with it."""
        layer = self._workplace.moderated(caller)
        question = Question(
            id=unused_id(title, {*layer.entries, *self._workplace.servers.book.questions}),
            title=title,
            answers=tuple(answers),
            details=details,
            phrasings=tuple(phrasings),
            topics=tuple(topics),
            source=source,
            layer=Layer.SERVER,
        )
        return Proposal(checked(question), Version(question.id), reason=reason)

    def of_page(self, caller: Caller, page: Question, reason: str = "") -> Proposal:
        """Give the entry that an imported page makes. Raises `Refused` with everything that is wrong with it."""
        layer = self._workplace.moderated(caller)
        free = unused_id(page.title, {*layer.entries, *self._workplace.servers.book.questions})
        return Proposal(checked(replace(page, id=free)), Version(free), reason=reason)

    def change(self, caller: Caller, seen: EntryView, question: Question, reason: str = "") -> Proposal:
        """Give a change to an entry as it would be kept: `question` is `seen.newest` with something changed.

        Raises `Refused` with everything that is wrong with it.
        """
        self._workplace.moderated(caller)
        return Proposal(checked(question, seen.newest), seen.version, seen.newest, reason)

    async def assess(self, caller: Caller, proposal: Proposal, *, message: str = "") -> Assessment:
        """Give what a moderator is shown before saving. `message` is the member's that it is written for, or "".

        Raises what saving would raise, but for broken examples, which it lists.
        """
        work, question = self._workplace, proposal.question
        layer = work.moderated(caller)
        entry, book_hash = work.require_sound(layer, proposal)
        step = written(entry, question, work.signed(caller), book_hash=book_hash, waits=False)
        before, after = work.servers.snapshot(caller.server_id), await work.servers.compose(layer.after([step]))
        risks, drug_names = await work.risks(layer, question), work.lexicon.drugs.generic_of
        return Assessment(
            preview=answer_reply(after.questions[question.id], addition=after.policy.notice_addition),
            differences=differences(proposal.original, question),
            concerns=(
                # Many names of drugs are held against all there are: members are answered meanwhile.
                *await asyncio.to_thread(lambda: tuple(in_its_words(question, drug_names, message))),
                *await of_wordings(proposal, before, after, layer),
            ),
            broken=await work.examples.broken_by(caller.server_id, layer, step, after),
            waits=risks is not None,
            risks=risks or frozenset(),
        )
