"""What is said while a server's moderators have paused the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._interactions.responses import give
from cogs._rendering.layouts import Layout, Tone
from cogs._services.services import server_for, services_of
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction
    from knowledge.curation.settings import ServerSettings


def layout(settings: ServerSettings) -> Layout:
    """Say that the bot is paused, and until when, where that is known."""
    until = f" until <t:{settings.paused_until}:f>" if settings.paused_until else ""
    return Layout(Tone.PLAIN, ((sentences.PAUSED.format(until=until),),))


async def told(interaction: Interaction) -> bool:
    """Tell whoever used something, privately, that the bot is paused. False where it is not."""
    services, server = services_of(interaction.client), await server_for(interaction)
    paused = services.is_paused(server)
    if paused:
        await give(interaction, layout(services.settings(server)))
    return paused
