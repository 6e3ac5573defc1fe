"""An emergency card on Discord: what is sent first and alone, and what follows once it is out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cogs._custom_ids.reply_states import Safe
from cogs._rendering import reply_layout
from cogs._rendering.view import NOBODY, view
from cogs._services.failures import FAILURES, in_words
from cogs._services.staff import staff_channels
from knowledge.incidents import report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import discord

    from cogs._rendering.layouts import Layout
    from cogs._services.services import Services
    from knowledge.model import CardReply, Place

log = logging.getLogger(__name__)

# A second alarm of the same kind by the same member in the same channel gets one line for this long.
REPEATED_WITHIN_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Alarm:
    """A text that alarmed: its card, who wrote it, where."""

    card: CardReply
    asker: int
    channel: int

    @property
    def _key(self) -> tuple[object, ...]:
        return ("alarm", self.channel, self.asker, self.card.category)

    def layout(self, services: Services) -> Layout:
        """Draw the card, or one line where the member saw this card here a moment ago."""
        return reply_layout.repeated(self.card) if self.is_repeated(services) else reply_layout.card(self.card)

    def is_repeated(self, services: Services) -> bool:
        """Whether the card itself was sent a moment ago."""
        return services.traffic.within(self._key, REPEATED_WITHIN_SECONDS)

    def was_sent(self, services: Services) -> None:
        """Note that the card is out. One line more does not put off the next card."""
        if not self.is_repeated(services):
            services.traffic.note(self._key)


async def offer_answer(
    services: Services, alarm: Alarm, text: str, place: Place, edit: Callable[[discord.ui.LayoutView], Awaitable[Any]]
) -> None:
    """Add the button that brings the stored answer, where there is one. The card is out: nothing may fail loudly."""
    if not alarm.card.may_show_answer:
        return
    try:
        question = services.desk.behind_alarm(text, place)
        if question is not None:
            await edit(view(reply_layout.card(alarm.card, Safe(alarm.asker, question.id))))
    except FAILURES as error:
        log.warning("A card could not be given its button: %s", in_words(error))
    except Exception as error:  # noqa: BLE001  # with the matcher or book broken, the card stands as it is
        report(error)


async def tell_staff(client: discord.Client, alarm: Alarm, guild: int, message: int) -> None:
    """Tell the server's staff channel, where there is one: category, channel and link; no text, no name."""
    link = f"https://discord.com/channels/{guild}/{alarm.channel}/{message}"
    note = reply_layout.staff_note(alarm.card.category, alarm.channel, link)
    for channel in staff_channels(client, str(guild)):
        try:
            await channel.send(view=view(note), allowed_mentions=NOBODY)
        except FAILURES as error:
            log.warning("The staff channel could not be told: %s", in_words(error))
        except Exception as error:  # noqa: BLE001  # the card is out, and other channels are still to be told
            report(error)
