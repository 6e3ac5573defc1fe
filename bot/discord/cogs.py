"""Which cogs the bot on Discord has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cogs import (
    answer_this,
    ask,
    book,
    browse,
    catch_up,
    curate,
    doctor,
    errors,
    examples,
    explain,
    feedback,
    listen,
    outbox,
    pass_on,
    pause,
    phrasing,
    press,
    privacy,
    propose,
    queue,
    review,
    servers,
    settings,
    stats,
)
from cogs import help as about

if TYPE_CHECKING:
    from collections.abc import Iterable

    from discord.ext import commands

    from cogs._services.services import Services

_FOR_MEMBERS = (about, ask, browse, listen, press)
# What members agree to being kept.
_FOR_AGREEING_MEMBERS = (feedback, pass_on, privacy)
_FOR_MODERATORS = (answer_this, curate, examples, explain, pause, phrasing, propose, queue, review, settings, stats)
_FOR_OWNERS = (book, doctor)


class Cog(Protocol):
    """A file of `cogs`."""

    async def setup(self, bot: commands.Bot) -> None:
        """Add what it holds to the bot."""
        ...


def cogs_for(services: Services) -> Iterable[Cog]:
    """Give the cogs that these services can carry, in the order in which they are added."""
    keeping = (*_FOR_MODERATORS, *_FOR_AGREEING_MEMBERS, catch_up, outbox, servers) if services.storage else ()
    return (errors, *_FOR_MEMBERS, *keeping, *(_FOR_OWNERS if services.book else ()))
