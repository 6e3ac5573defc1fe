"""The answer desk: the one object that every adapter holds."""

from __future__ import annotations

import asyncio
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge import respond as _respond
from knowledge.content.browsing import Browsing
from knowledge.model import Tier, Verdict
from knowledge.safety.notice import answer_reply, choices_reply, closing_notice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from knowledge.content.library import Snapshot
    from knowledge.model import AnswerReply, CardReply, ChoicesReply, Decision, Notice, Place, Question, Ranking

    RankElsewhere = Callable[[Snapshot, str], Awaitable[Ranking | None]]


class AnswerDesk:
    """Answers from what is live now: the book's Snapshot, or a server's own where its moderators changed something.

    `server_id` is everywhere the server that is spoken in; "" is the book alone. `rank_elsewhere` ranks a text while
    the event loop goes on; it gives None for one that is to be ranked here.
    """

    def __init__(self, snapshot: Snapshot, rank_elsewhere: RankElsewhere | None = None) -> None:
        self._snapshot = snapshot
        self._rank_elsewhere = rank_elsewhere
        self._thinking = asyncio.Lock()
        self._of_servers: dict[str, Snapshot] = {}
        self.browsing = Browsing(self.snapshot_of)

    @property
    def snapshot(self) -> Snapshot:
        """The book's Snapshot that is live now. Keep it for the length of one reply, not longer."""
        return self._snapshot

    def snapshot_of(self, server_id: str) -> Snapshot:
        """Give the Snapshot that is live in a server. Keep it for the length of one reply, not longer."""
        return self._of_servers.get(server_id, self._snapshot)

    def serve(self, snapshot: Snapshot, of_servers: Mapping[str, Snapshot] = MappingProxyType({})) -> None:
        """Answer from `snapshot` from now on, and in servers of their own making from theirs."""
        self._snapshot = snapshot
        self._of_servers = dict(of_servers)
        self.browsing.forget()

    def serve_in(self, server_id: str, snapshot: Snapshot) -> None:
        """Answer from `snapshot` in one server from now on."""
        self._of_servers[server_id] = snapshot
        self.browsing.forget(server_id)

    def respond(self, text: str, place: Place, verdict: Verdict | None = None) -> Decision:
        """Decide what becomes of `text`, said in `place`; `verdict` is what `screen` gave for it, if it was asked."""
        return _respond.respond(self.snapshot_of(place.server_id), text, place, verdict)

    async def decide(self, text: str, place: Place, verdict: Verdict | None = None) -> Decision:
        """As `respond`, among much else that goes on: texts are ranked elsewhere, or one at a time with pauses between.

        What is served when the Decision is made decides, whatever was served before.
        """
        snapshot = self.snapshot_of(place.server_id)
        verdict = verdict or _respond.screened(snapshot, text, place)
        if self._rank_elsewhere and verdict.tier is not Tier.EMERGENCY:
            ranking = await self._rank_elsewhere(snapshot, text)
            if ranking is not None and snapshot is self.snapshot_of(place.server_id):
                return _respond.respond(snapshot, text, place, verdict, ranking)
        async with self._thinking:
            await asyncio.sleep(0)
            return self.respond(text, place, verdict)

    def screen(self, text: str, place: Place) -> Verdict:
        """Give what the screen says of `text`, before anything that could be slow, full or broken is asked."""
        return _respond.screened(self.snapshot_of(place.server_id), text, place)

    def alarm(self, text: str, place: Place, verdict: Verdict | None = None) -> CardReply | None:
        """Give the card if `text` alarms; `verdict` is as for `respond`."""
        return _respond.alarm(self.snapshot_of(place.server_id), verdict or self.screen(text, place))

    def behind_alarm(self, text: str, place: Place) -> Question | None:
        """Give the question that would have answered an alarming text, or None where that is unsure."""
        return _respond.behind_alarm(self.snapshot_of(place.server_id), text)

    def caution(self, category: str, *, server_id: str = "") -> str:
        """Give the line that stands above an answer to a text of this category that calls for caution; "" for ""."""
        if not category:
            return ""
        return _respond.caution_line(self.snapshot_of(server_id), Verdict(Tier.CAUTION, category))

    def next_candidates(self, decision: Decision) -> tuple[Question, ...]:
        """Give the questions to offer when the asker says that what `decision` shows is not the question meant."""
        if decision.ranking is None:
            return ()
        shown = _respond.shown_ids(decision.reply)
        return _respond.next_candidates(decision.ranking, shown, self._snapshot.policy.max_choices)

    def question(self, question_id: str, *, server_id: str = "") -> Question | None:
        """Give the live question with this id, or None."""
        return self.snapshot_of(server_id).questions.get(question_id)

    def show(self, question_id: str, *, caution: str = "", news: str = "", server_id: str = "") -> AnswerReply | None:
        """Give the reply for a question that somebody chose by its id, or None when it is no longer live.

        `news` is as for `AnswerReply`.
        """
        question = self.question(question_id, server_id=server_id)
        if question is None:
            return None
        return answer_reply(question, caution=caution, addition=self._addition(server_id), news=news)

    def reply(self, question: Question, *, server_id: str = "") -> AnswerReply:
        """Give the reply that would show `question`, live or not, to the members of a server."""
        return answer_reply(question, addition=self._addition(server_id))

    def offer(self, question_ids: Sequence[str], *, caution: str = "", server_id: str = "") -> ChoicesReply:
        """Give the reply that lets somebody choose among these questions. What is no longer live is left out."""
        live = [found for question_id in question_ids if (found := self.question(question_id, server_id=server_id))]
        return choices_reply(live, caution=caution, addition=self._addition(server_id))

    def notice(self, *, server_id: str = "") -> Notice:
        """Give the notice for what quotes stored words without being a reply."""
        return closing_notice(self._addition(server_id))

    def suggest(self, typed: str, limit: int = 25, *, server_id: str = "") -> tuple[Question, ...]:
        """Give the stored questions that a half-typed text may become, best first."""
        return self.snapshot_of(server_id).matcher.suggest(typed, limit)

    def _addition(self, server_id: str) -> str:
        return self.snapshot_of(server_id).policy.notice_addition
