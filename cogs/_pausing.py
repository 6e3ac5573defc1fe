"""What is said while a server's moderators have paused the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cogs._drafts import Draft, Tone
from knowledge import sentences

if TYPE_CHECKING:
    from knowledge.curation.settings import ServerSettings


def draft(settings: ServerSettings) -> Draft:
    """Say that the bot is paused, and until when, where that is known."""
    until = f" until <t:{settings.paused_until}:f>" if settings.paused_until else ""
    return Draft(Tone.PLAIN, ((sentences.PAUSED.format(until=until),),))
