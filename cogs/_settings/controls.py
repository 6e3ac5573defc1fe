"""The controls of the settings panel. All they know stands in their ids, so a panel of an earlier run works too.

Whatever is used raises the event `setting` with the interaction and the `Use`; what was chosen is in the interaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.settings_states import Use
from cogs._rendering import limits

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence


def values_of(interaction: discord.Interaction[Any]) -> tuple[str, ...]:
    """Give what was chosen in a select: values, or the ids of channels or roles."""
    data: Any = interaction.data or {}
    return tuple(map(str, data.get("values", ())))


class PanelControl(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"settings:[a-z]+:[a-z_]+"):
    """A button or select of the panel, made anew or found under an older message."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> PanelControl:
        """Take up the control of an older message."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Raise the event."""
        if (use := Use.read(self.custom_id)) is not None:
            interaction.client.dispatch("setting", interaction, use)


def button(label: str, use: Use, *, main: bool = False) -> PanelControl:
    """Make a button."""
    style = discord.ButtonStyle.primary if main else discord.ButtonStyle.secondary
    return PanelControl(discord.ui.Button(label=label, style=style, custom_id=use.custom_id))


def select(use: Use, placeholder: str, options: Iterable[discord.SelectOption]) -> PanelControl:
    """Make a select of one of several words."""
    return PanelControl(discord.ui.Select(custom_id=use.custom_id, placeholder=placeholder, options=list(options)))


def option(label: str, value: str, now: str, description: str = "") -> discord.SelectOption:
    """Make one choice; that which is so `now` stands chosen."""
    return discord.SelectOption(
        label=label[: limits.SELECT_LABEL],
        value=value,
        description=description[: limits.SELECT_LABEL] or None,
        default=value == now,
    )


def channels(
    use: Use, placeholder: str, chosen: Sequence[int], most: int, kinds: Sequence[discord.ChannelType]
) -> PanelControl:
    """Make a select of channels of these kinds, from none to `most`."""
    return PanelControl(
        discord.ui.ChannelSelect(
            custom_id=use.custom_id,
            placeholder=placeholder,
            channel_types=list(kinds),
            min_values=0,
            max_values=most,
            default_values=[
                discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in chosen
            ],
        )
    )


def roles(use: Use, placeholder: str, chosen: Sequence[int], most: int) -> PanelControl:
    """Make a select of roles, from none to `most`."""
    return PanelControl(
        discord.ui.RoleSelect(
            custom_id=use.custom_id,
            placeholder=placeholder,
            min_values=0,
            max_values=most,
            default_values=[
                discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.role) for one in chosen
            ],
        )
    )
