"""The answer desk: the one object that every adapter holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import respond as _respond
from knowledge.safety.notice import answer_reply, choices_reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.content.library import Snapshot
    from knowledge.model import AnswerReply, ChoicesReply, Decision, Place, Question


class AnswerDesk:
    """Answers from the Snapshot that is live now."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @property
    def snapshot(self) -> Snapshot:
        """The Snapshot that is live now. Keep it for the length of one reply, not longer."""
        return self._snapshot

    def serve(self, snapshot: Snapshot) -> None:
        """Answer from `snapshot` from now on."""
        self._snapshot = snapshot

    def respond(self, text: str, place: Place) -> Decision:
        """Decide what becomes of `text`, said in `place`."""
        return _respond.respond(self._snapshot, text, place)

    def question(self, question_id: str) -> Question | None:
        """Give the live question with this id, or None."""
        return self._snapshot.questions.get(question_id)

    def show(self, question_id: str, *, caution: str = "") -> AnswerReply | None:
        """Give the reply for a question that somebody chose by its id, or None when it is no longer live."""
        question = self.question(question_id)
        if question is None:
            return None
        return answer_reply(question, caution=caution, addition=self._snapshot.policy.notice_addition)

    def offer(self, question_ids: Sequence[str], *, caution: str = "") -> ChoicesReply:
        """Give the reply that lets somebody choose among these questions. What is no longer live is left out."""
        live = [question for question_id in question_ids if (question := self.question(question_id))]
        return choices_reply(live, caution=caution, addition=self._snapshot.policy.notice_addition)

    def suggest(self, typed: str, limit: int = 25) -> tuple[Question, ...]:
        """Give the stored questions that a half-typed text may become, best first."""
        return self._snapshot.matcher.suggest(typed, limit)
