"""Forms, opened and heard again. What one belongs to stands in its id, so one opened before a restart works too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.desk_states import Filled, RejectedBecause
from cogs._custom_ids.queue_states import DismissedBecause
from cogs._custom_ids.settings_states import Use
from cogs._custom_ids.states import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cogs._interactions.responses import Interaction

Form = Filled | RejectedBecause | DismissedBecause


async def open_form(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Open a form. The library is not to wait for its submission, which may come after a restart or never."""
    await interaction.response.send_modal(form)
    form.stop()


def sent_form(interaction: Interaction) -> Form | None:
    """Give which of our forms somebody sent, or None where it is none of them."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data or {}
    state = read(str(data.get("custom_id", "")))
    return state if isinstance(state, Filled | RejectedBecause | DismissedBecause) else None


def is_unknown(interaction: Interaction) -> bool:
    """Whether somebody sent a form that nobody here hears, as one of an earlier version of the bot."""
    data: Any = interaction.data or {}
    is_form = interaction.type is discord.InteractionType.modal_submit
    return is_form and sent_form(interaction) is None and Use.read(str(data.get("custom_id", ""))) is None


def fields_of(interaction: Interaction) -> dict[str, str]:
    """Give what was typed into a form, by field."""
    data: Any = interaction.data or {}
    return {
        str(field["custom_id"]): str(field.get("value") or "")
        for field in _fields(data.get("components", []))
        if "custom_id" in field
    }


def _fields(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield from ([row["component"]] if "component" in row else row.get("components", []))
