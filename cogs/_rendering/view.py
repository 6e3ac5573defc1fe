"""A Layout as a Discord view. Its buttons work after a restart: all they know is in their ids.

A button or select that is pressed raises the event `press` with the interaction and what it stands for.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.desk_states import Approve, Save
from cogs._custom_ids.reply_states import Chosen, Numbers
from cogs._custom_ids.states import TEMPLATE, read, written
from cogs._rendering import limits
from cogs._rendering.layouts import Button, Select, Tone

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from cogs._rendering.layouts import Layout

NOBODY = discord.AllowedMentions.none()
"""What every send and every edit carries: without it, discord.py sends nothing at an edit, and Discord parses anew."""

_COLOURS = {Tone.ANSWER: 0x2F7F7B, Tone.CHOICES: 0x8A8F98, Tone.EMERGENCY: 0xC62828}


class StateButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=TEMPLATE):
    """A button whose id is its state."""

    def __init__(self, button: Button) -> None:
        main = button.current or isinstance(button.state, Chosen | Save | Approve)
        style = discord.ButtonStyle.primary if main else discord.ButtonStyle.secondary
        label, custom_id = button.label[: limits.BUTTON_LABEL], written(button.state)
        disabled = button.current or button.idle
        super().__init__(discord.ui.Button(style=style, label=label, custom_id=custom_id, disabled=disabled))
        self._state = button.state

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> StateButton:
        """Give the button of an older message back its state."""
        return cls(Button(getattr(item, "label", None) or "", read(match[0]) or Numbers()))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Raise the event."""
        interaction.client.dispatch("press", interaction, self._state)


class StateSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"choose:\d"):
    """A select whose lines are states: what is chosen is pressed. `place` tells the selects of a message apart."""

    def __init__(self, select: Select, place: int) -> None:
        options = [
            discord.SelectOption(
                label=option.label[: limits.SELECT_LABEL],
                value=written(option.state),
                description=option.description[: limits.SELECT_LABEL] or None,
            )
            for option in select.options[: limits.SELECT_OPTIONS]
        ]
        placeholder = select.placeholder[: limits.SELECT_PLACEHOLDER]
        super().__init__(discord.ui.Select(custom_id=f"choose:{place}", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> StateSelect:
        """Take up the select of an older message; what was chosen comes with the press."""
        return cls(Select(getattr(item, "placeholder", None) or "", ()), int(match[0].partition(":")[2]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Raise the event."""
        state = read(self.item.values[0])
        if state is not None:
            interaction.client.dispatch("press", interaction, state)


class CountrySelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"country"):
    """Chooses the country whose emergency numbers are shown."""

    def __init__(self, countries: Sequence[tuple[str, str]], shown: str) -> None:
        options = [
            discord.SelectOption(label=name[: limits.SELECT_LABEL], value=code, default=code == shown)
            for code, name in countries[: limits.SELECT_OPTIONS]
        ]
        super().__init__(discord.ui.Select(custom_id="country", placeholder="Choose a country", options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> CountrySelect:
        """Take up the select of an older message."""
        options = item.options if isinstance(item, discord.ui.Select) else []
        return cls([(option.value, option.label) for option in options], "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Raise the event."""
        interaction.client.dispatch("country", interaction, self.item.values[0])


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that is sent with a message, and what it shows in words."""

    name: str
    png: bytes
    alternative: str


def files_of(picture: Picture | None) -> list[discord.File]:
    """Give what is sent beside the view of a picture."""
    return [discord.File(io.BytesIO(picture.png), filename=picture.name)] if picture else []


COMPONENTS = (StateButton, StateSelect, CountrySelect)
"""What a client has to know to hear presses on messages of an earlier run."""


def view(
    layout: Layout, countries: CountrySelect | None = None, *, attached: str = "", picture: Picture | None = None
) -> discord.ui.LayoutView:
    """Give the view that shows a layout. It never times out: a time-out would take all messages' buttons along.

    `attached` is the name of a file that is sent with it and stands above, as does a `picture`.
    """
    framed = list(_framed(layout))
    if layout.tone in _COLOURS:
        framed = [discord.ui.Container(*framed, accent_colour=_COLOURS[layout.tone])]
    rows = [discord.ui.ActionRow[Any](StateSelect(select, place)) for place, select in enumerate(layout.selects)]
    rows += [discord.ui.ActionRow[Any](*map(StateButton, row)) for row in layout.rows]
    if countries is not None:
        rows.append(discord.ui.ActionRow[Any](countries))
    shown = discord.ui.LayoutView(timeout=None)
    if attached:
        shown.add_item(discord.ui.File(f"attachment://{attached}"))
    if picture is not None:
        address, told = f"attachment://{picture.name}", picture.alternative[: limits.PICTURE_DESCRIPTION]
        shown.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem(address, description=told)))
    for item in (*framed, *rows):
        shown.add_item(item)
    return shown


def _framed(layout: Layout) -> Iterator[discord.ui.Item[Any]]:
    """Give texts and rules, with some air between the texts of a block where there are components to spare."""
    airy = layout.components + sum(len(block) - 1 for block in layout.blocks) <= limits.COMPONENTS
    for block_number, block in enumerate(layout.blocks):
        if block_number:
            yield discord.ui.Separator()
        for number, text in enumerate(block):
            if number and airy:
                yield discord.ui.Separator(visible=False)
            yield discord.ui.TextDisplay(text)
