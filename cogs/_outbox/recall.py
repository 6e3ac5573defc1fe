"""Putting right an earlier reply whose answer was withdrawn or corrected since: one item of the outbox is one reply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.member_states import FromServer
from cogs._custom_ids.reply_states import Chosen, Opened, Rejected
from cogs._interactions.pressed import A_SERVER, from_server
from cogs._rendering import entry_layout, reply_layout
from cogs._rendering.components import said, states_in
from cogs._rendering.view import NOBODY, view
from cogs._services.services import services_of, storage_of
from knowledge.deliveries.outbox import Done

if TYPE_CHECKING:
    from cogs._rendering.layouts import Layout
    from knowledge.deliveries.outbox import Carried
    from knowledge.deliveries.recall import Outdated
    from knowledge.model import AnswerReply
    from knowledge.records.outbox import Item

# Discord counts edits of messages older than an hour by themselves and does not tell their limit (error 30046).
_OLD = timedelta(hours=1)
_REST_SECONDS, _REST_SECONDS_OLD = 1.0, 4.0
# Nobody's: whoever presses gets a copy of their own.
_UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a reply shows now, as far as it may be read: whose it is, and what its buttons remember."""

    asker: int = _UNKNOWN
    caution: str = ""
    others: tuple[str, ...] = ()
    texts: tuple[str, ...] | None = None
    server: FromServer | None = None


async def carry(client: discord.Client, item: Item) -> Carried:
    """Edit the reply that `item` names, unless it shows what is live."""
    recalls = storage_of(client).moderators.recalls
    outdated = await recalls.look(item)
    if outdated is None:
        return Done()
    if outdated.delivery.private:
        return await _carry_private(client, outdated)
    services, delivery = services_of(client), outdated.delivery
    message = client.get_partial_messageable(int(delivery.channel_id)).get_partial_message(int(delivery.reply_id))
    shown = await _read(message)
    caution = services.desk.caution(shown.caution, server_id=delivery.server_id)
    reply = recalls.reply(outdated, caution=caution)
    wanted = _layout(client, outdated, reply, shown)
    # An earlier try may have edited it; or it was never edited, and what had changed is again as it was.
    right = (wanted, _layout(client, outdated, replace(reply, news=""), shown)) if reply else (wanted,)
    if not (outdated.unsure and any(_shows(shown, layout) for layout in right)):
        await message.edit(view=view(wanted), allowed_mentions=NOBODY)
    old = discord.utils.utcnow() - message.created_at > _OLD
    return Done(recalls.carried_out(outdated, reply), rest=_REST_SECONDS_OLD if old else _REST_SECONDS)


def _layout(client: discord.Client, outdated: Outdated, reply: AnswerReply | None, shown: _Shown) -> Layout:
    if reply is None:
        return reply_layout.withdrawn(outdated.day)
    drawn = entry_layout.answers(reply, services_of(client).reader_of(shown.asker, shown.others, shown.caution))
    if shown.server is None:
        return drawn
    guild = client.get_guild(shown.server.server)
    return from_server(drawn, shown.server.server, guild.name if guild else A_SERVER)


async def _carry_private(client: discord.Client, outdated: Outdated) -> Carried:
    """Edit a private reply by the interaction that it answered, if that is not too old and was not another run's."""
    services, recalls = services_of(client), storage_of(client).moderators.recalls
    number = int(outdated.delivery.reply_id)
    private = services.private_replies.find(number)
    if private is None:
        return Done()
    caution = services.desk.caution(private.caution, server_id=outdated.delivery.server_id)
    reply = recalls.reply(outdated, caution=caution)
    wanted = _layout(client, outdated, reply, _Shown(private.asker, private.caution))
    await private.webhook.edit_message(number, view=view(wanted), allowed_mentions=NOBODY)
    return Done(recalls.carried_out(outdated, reply))


async def _read(message: discord.PartialMessage) -> _Shown:
    """Read what a reply shows. Where the channel's past may not be read it can be edited nonetheless, as nobody's."""
    try:
        found = await message.fetch()
    except discord.Forbidden:
        return _Shown()
    rejected = next(states_in(found, Rejected), None)
    state: Any = rejected or next(states_in(found, Opened), None) or next(states_in(found, Chosen), None)
    return _Shown(
        asker=state.asker if state else _asker_of(found),
        caution=state.caution if state else "",
        others=rejected.others if rejected else (),
        server=next(states_in(found, FromServer), None),
        texts=tuple(said(part.to_dict() for part in found.components)),
    )


def _asker_of(message: discord.Message) -> int:
    """Give whom a reply without buttons answers, as Discord knows it."""
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id
    asked = message.reference.resolved if message.reference else None
    return asked.author.id if isinstance(asked, discord.Message) else _UNKNOWN


def _shows(shown: _Shown, wanted: Layout) -> bool:
    return shown.texts == tuple(said(view(wanted).to_components()))  # type: ignore[no-untyped-call]
