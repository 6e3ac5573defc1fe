"""Cooldowns: the same answer twice in a channel, and many answers to one member in a short time.

Answers and lists of choices count for a member together, and what found nothing counts on its own: whoever words a
question anew uses up no answers by it. Cards, and the sentences of this file, never count and are never held back.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.model import AnswerReply, ChoicesReply, Decision, PlainReply
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord

    from cogs._services.services import Services
    from knowledge.model import Place

# "Ask again in 3 minutes" is said to a member once in this many seconds in a channel.
_SAID_AGAIN_AFTER = 60


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked and where. In a `private` place nobody else is bothered by the same answer twice.

    Whoever asked `by_command` is told something each time: Discord calls a command that says nothing a failure.
    """

    member: int
    channel: int
    place: Place
    private: bool = False
    by_command: bool = False

    @property
    def guild(self) -> str:
        """The server, as it stands in a link to one of its messages."""
        return self.place.server_id or "@me"


@dataclass(slots=True)
class Turn:
    """A member's turn: what may be said is `decision`, None for silence. `waits` is whether it says to wait."""

    decision: Decision | None
    waits: bool = False
    sent_as: int = field(default=0, init=False)

    def sent(self, reply: int) -> None:
        """Note that the reply is out, under this id."""
        self.sent_as = reply


@contextmanager
def turn(services: Services, asker: Asker, decision: Decision, *, mending: bool = False) -> Iterator[Turn]:
    """Give what may be said of `decision`. What was not `sent` when the turn ends takes nothing from anybody.

    `mending` a reply that is there already adds no message, so that is never held back.
    """
    answer = _named(decision)
    given = Turn(decision) if mending else _allowed(services, asker, decision, answer)
    takes = given.decision is decision and not mending
    begins = takes and answer != "" and not asker.private
    if begins:
        services.cooldowns.begin(asker.channel, answer)
    try:
        yield given
    finally:
        if not given.sent_as:
            if given.decision is not None and not given.waits and not mending:
                services.cooldowns.give_back(_member(asker, decision))
            if begins:
                services.cooldowns.not_sent(asker.channel, answer)
        elif given.decision is decision and not asker.private:
            services.cooldowns.shown(asker.channel, answer, given.sent_as)


def shows(services: Services, message: discord.Message, reply: AnswerReply) -> None:
    """Note that a public reply shows another answer now, as after a choice."""
    services.cooldowns.shown(message.channel.id, content_hash(reply.question), message.id)


def _allowed(services: Services, asker: Asker, decision: Decision, answer: str) -> Turn:
    settings, addressed = services.settings(asker.place.server_id), asker.place.addressed
    earlier = None
    if answer and not asker.private:
        earlier = services.cooldowns.earlier(asker.channel, answer, settings.answer_again_after)
    if earlier is not None and not addressed:
        return Turn(None)
    wait = 0.0
    if settings.answers_per_member:
        member = _member(asker, decision)
        wait = services.cooldowns.take(member, settings.answers_per_member, settings.member_window)
    if wait:
        return _waiting(services, asker, decision, wait)
    return Turn(decision if earlier is None else _pointing(asker, decision, earlier))


def _waiting(services: Services, asker: Asker, decision: Decision, wait: float) -> Turn:
    said = ("wait", asker.channel, asker.member)
    if not asker.place.addressed or (not asker.by_command and services.traffic.within(said, _SAID_AGAIN_AFTER)):
        return Turn(None)
    services.traffic.note(said)
    minutes = math.ceil(wait / 60)
    told = sentences.ASK_AGAIN_LATER.format(wait=f"{minutes} minutes" if minutes > 1 else "a minute")
    return Turn(replace(decision, reason="asked-often", reply=PlainReply(told)), waits=True)


def _pointing(asker: Asker, decision: Decision, earlier: int) -> Decision:
    """Point to the reply that stands in the channel. The caution that this text calls for is said again."""
    link = f"https://discord.com/channels/{asker.guild}/{asker.channel}/{earlier}"
    told = sentences.ANSWERED_HERE.format(link=link) if earlier else sentences.BEING_ANSWERED_HERE
    caution = decision.reply.caution if isinstance(decision.reply, AnswerReply) else ""
    told = f"{caution}\n\n{told}" if caution else told
    return replace(decision, reason="answered-here-already", reply=PlainReply(told))


def _named(decision: Decision) -> str:
    """Name the answer that a decision shows by its words: once they are changed, it is another answer."""
    return content_hash(decision.reply.question) if isinstance(decision.reply, AnswerReply) else ""


def _member(asker: Asker, decision: Decision) -> tuple[str, int, bool]:
    found = isinstance(decision.reply, AnswerReply | ChoicesReply)
    return (asker.place.server_id, asker.member, found)
