"""Telling an owners' channel how the knowledge files stand: places, and no texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._outbox.once import send_once
from cogs._rendering import reply_layout
from cogs._services.services import services_of
from knowledge.deliveries.outbox import Done

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord

    from knowledge.deliveries.outbox import Carried
    from knowledge.records.outbox import Item

MENDED = "The knowledge files are in order again, and {entries:,} entries are served."
NOT_SERVED = "The knowledge files as they stand are not served; what was read before is. {why}"
FAULTY = "They have faults in {places}. `python -m bot check` or /knowledge status tells what to write instead."
HELD = "{reason} If that is meant, use /knowledge accept."


async def carry(client: discord.Client, item: Item) -> Carried:
    """Tell the channel of one state of the files; one that could not be told in time, only if it still stands."""
    book = services_of(client).book
    if item.tries and book is not None and book.status.trouble_hash != item.payload["state"]:
        return Done()
    channel = client.get_partial_messageable(int(item.channel_id))
    await send_once(client, channel, item, reply_layout.plain(_sentence(item.payload)))
    return Done()


def _sentence(told: Mapping[str, object]) -> str:
    if not told["state"]:
        return MENDED.format(entries=told["entries"])
    if told["held"]:
        return NOT_SERVED.format(why=HELD.format(reason=told["held"]))
    places = told["places"]
    named = ", ".join(places) if isinstance(places, list) else ""
    more = f" and {told['more']} more places" if told["more"] else ""
    return NOT_SERVED.format(why=FAULTY.format(places=f"{named}{more}"))
