"""Noting which reply showed what, where something is kept: a message is answered once, and a reply can be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._services.services import services_of
from knowledge.model import Decision, Outcome, Tier, Verdict
from knowledge.statistics.counting import COPIED, Counted, counted_silence

if TYPE_CHECKING:
    import discord

    from cogs._interactions.responses import Interaction
    from cogs._services.services import Services
    from knowledge.model import AnswerReply, CardReply, Place, Question


async def may_answer(services: Services, message: discord.Message, place: Place, decision: Decision) -> bool:
    """Take the right to answer. False: the message was answered before this run of the bot, or by a copy of it.

    An edited message is thought over again by whoever answered it first, so it has been claimed already.
    """
    if services.storage is None:
        return True
    claim = services.storage.deliveries.claim
    claimed = await claim(
        str(message.id), place.server_id, str(message.channel.id), decision, direct=message.guild is None
    )
    return claimed or message.edited_at is not None


async def not_sent(services: Services, message: discord.Message) -> None:
    """Give the right to answer back: the reply was surely not sent."""
    if services.storage is not None:
        await services.storage.deliveries.release(str(message.id))


async def sent(services: Services, message: discord.Message, place: Place, decision: Decision, reply: int) -> None:
    """Note the reply to a message, in place of an earlier one."""
    if services.storage is not None:
        await services.storage.deliveries.sent(
            str(message.id),
            place.server_id,
            str(message.channel.id),
            decision,
            str(reply),
            direct=message.guild is None,
        )


def silent(services: Services, message: discord.Message, place: Place, decision: Decision | None) -> None:
    """Count a message that was read and gets no reply, if it never had one; without a decision it was an aside."""
    _left(services, message.id, place, *(counted_silence(decision) if decision else (Counted.SILENT, "")))


def put_off(services: Services, asked: int, place: Place) -> None:
    """Count a message or command that is told to wait, or that came when there were too many."""
    _left(services, asked, place, Counted.OTHER, "")


def _left(services: Services, asked: int, place: Place, counted: Counted, nearest: str) -> None:
    if services.storage is not None and services.traffic.reply_to(asked) is None:
        services.storage.deliveries.silences.note(str(asked), place.server_id, counted, nearest)


async def answered(
    interaction: Interaction, place: Place, decision: Decision, reply: int | None, *, private: bool
) -> None:
    """Note the answer to a command. Sent before it is noted: Discord gives a command three seconds."""
    services = services_of(interaction.client)
    if services.storage is not None and reply is not None:
        if private:
            caution = decision.verdict.category if decision.verdict.tier is Tier.CAUTION else ""
            services.private_replies.keep(reply, interaction, caution)
        channel = str(interaction.channel_id or "")
        await services.storage.deliveries.sent(
            str(interaction.id),
            place.server_id,
            channel,
            decision,
            str(reply),
            private=private,
            direct=interaction.guild_id is None,
        )


async def turned(interaction: Interaction, entry: str, question: Question | None, caution: str = "") -> None:
    """Note that the pressed message shows this entry now; with None, that it says that the entry is withdrawn.

    With "" for the entry it shows none any more. `caution` is the category of the alarm whose line stands above, or "".
    """
    services, message = services_of(interaction.client), interaction.message
    if services.storage is not None and message is not None:
        if message.flags.ephemeral:
            services.private_replies.keep(message.id, interaction, caution)
        channel = str(interaction.channel_id or "")
        await services.storage.deliveries.showed(channel, str(message.id), entry, question)


def of_card(card: CardReply) -> Decision:
    """Give the decision behind a card, which was sent before anything was decided."""
    return Decision(Outcome.EMERGENCY, "alarm", Verdict(Tier.EMERGENCY, card.category), reply=card)


def of_choice(reply: AnswerReply) -> Decision:
    """Give the decision behind an entry that somebody chose by its name."""
    return Decision(Outcome.ANSWER, "chosen", Verdict(Tier.NONE), reply=reply)


def of_copy(reply: AnswerReply, caution: str = "") -> Decision:
    """Give the decision behind a private copy of what a reply shows; `caution` is as for `turned`."""
    verdict = Verdict(Tier.CAUTION, caution) if caution else Verdict(Tier.NONE)
    return Decision(Outcome.ANSWER, COPIED, verdict, reply=reply)
