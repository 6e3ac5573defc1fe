"""The people, the book and the doings of the tests of the moderators' desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from knowledge.curation import proposals
from knowledge.curation.rights import Caller
from knowledge.model import Answer, Place, Question

if TYPE_CHECKING:
    from knowledge.desk import AnswerDesk
    from knowledge.moderation.desk import ModeratorsDesk
    from knowledge.records.database import Database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HARRIS, KIM = "Matheson A. Harris, MD", "Jo Kim, MD"

TWITCH = Question(
    "twitch",
    "Why does my left cheek twitch?",
    (
        Answer("It passes.", "Facial twitch", HARRIS, "Surgeon"),
        Answer("See a neurologist.", name=KIM, credentials="MD"),
    ),
    phrasings=("cheek keeps twitching",),
)
HICCUPS = Question("hiccups", "How do I stop hiccups?", (Answer("Hold your breath.", name=KIM, credentials="MD"),))
BOOK = (TWITCH, HICCUPS)


def moderator(user_id: str, server_id: str = "1") -> Caller:
    return Caller(server_id, user_id, manages_messages=True)


ANN, MAX = moderator("ann"), moderator("max")
ADA = Caller("1", "ada", manages_messages=True, manages_server=True)
MEMBER = Caller("1", "moe")
ELSEWHERE = moderator("ann", "2")


@dataclass(frozen=True)
class House:
    """Everything that is open at once."""

    database: Database
    desk: AnswerDesk
    moderators: ModeratorsDesk

    def live(self, question_id: str, server_id: str = "1") -> Question | None:
        return self.desk.question(question_id, server_id=server_id)


ASKED = Place(server_id="1")
ITCH = "Why do mosquito bites itch?"
HISTAMINE = Answer("Your body answers with histamine.", name=KIM, credentials="MD")


async def add(house, caller=ANN, title=ITCH, answer=HISTAMINE, key="k1"):
    return await house.moderators.edit.save(caller, key, house.moderators.propose.new(caller, title, [answer]))


async def edit_body(house, caller, entry_id, body, key):
    seen = house.moderators.look.entry(caller, entry_id)
    changed = proposals.with_answer_changed(seen.newest, 0, replace(seen.newest.answers[0], body=body))
    return await house.moderators.edit.save(caller, key, house.moderators.propose.change(caller, seen, changed))


async def set_review(house, mode, key="review"):
    await house.moderators.administer.change_settings(ADA, key, lambda now: now.choosing(review=mode))


def version(house, entry_id, caller=ANN):
    return house.moderators.look.entry(caller, entry_id).version
