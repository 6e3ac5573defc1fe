"""Giving moderators back what they typed, whatever came of it: nobody types their text again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cogs._interactions.callers import caller_of
from cogs._interactions.responses import tell
from cogs._interactions.sent_forms import fields_of
from cogs._rendering import desk_layout
from cogs._services.services import services_of

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction
    from cogs._rendering.layouts import Button
    from knowledge.moderation.filled_form import FilledForm

YOUR_TEXT = "your-text.txt"
_IN_THE_FILE = "What you typed is in the file: use the command again and copy it from there."
FORM_NOT_HELD = f"Nothing was saved, because the bot was started again after you opened this form. {_IN_THE_FILE}"
FORM_OF_EARLIER_VERSION = f"Nothing was saved, because this form is from an earlier version of the bot. {_IN_THE_FILE}"


async def hand_back_form(interaction: Interaction, sentence: str) -> None:
    """Say why a sent form came to nothing, with everything that was typed into it. The interaction is acknowledged."""
    typed = (f"{field.capitalize()}:\n{text}" for field, text in fields_of(interaction).items() if text.strip())
    await hand_back(interaction, sentence, "\n\n".join(typed))


async def hand_back(interaction: Interaction, sentence: str, form: FilledForm | str | None, *buttons: Button) -> None:
    """Say what is wrong, with everything that was typed as a file. The interaction is acknowledged."""
    notice = services_of(interaction.client).desk.notice(server_id=caller_of(interaction).server_id)
    said = desk_layout.refusal(sentence, notice)
    rows = (buttons,) if buttons else ()
    await tell(interaction, replace(said, rows=rows), str(form) if form else "", name=YOUR_TEXT)
