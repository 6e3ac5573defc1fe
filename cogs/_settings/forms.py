"""The forms behind the settings panel, filled with what is set now, and what is read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.settings_states import Act, Use
from cogs._settings.words import WEEKDAYS
from knowledge.curation.refusals import Refused
from knowledge.curation.setting_rules import MOST_OWN_LINES, OWN_LINE_CHARACTERS
from knowledge.curation.settings import Digest
from knowledge.safety.notice import ADDITION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cogs._interactions.responses import Interaction
    from knowledge.curation.settings import ServerSettings

_USUAL_DIGEST = Digest(weekday=0, hour=9, zone="UTC", channel="")
_ZONE_CHARACTERS = 60
NO_SUCH_FORM = "That form is not there any more. Use /settings again."
_INCOMPLETE = "Not saved: the form came without all of its fields. Open it again and fill it in."


def form(name: str, settings: ServerSettings) -> discord.ui.Modal:
    """Give the form of a setting, filled in. Raises `Refused` where a panel of an older version asks for another."""
    if name not in _FORMS:
        raise Refused(NO_SUCH_FORM)
    title, fields = _FORMS[name]
    modal = discord.ui.Modal(title=title, custom_id=Use(Act.FILLED, name).custom_id, timeout=None)
    for field in fields(settings):
        modal.add_item(field)
    return modal


def read(name: str, interaction: Interaction) -> Mapping[str, object]:
    """Give the settings that a sent form holds. Raises `Refused` where it is not whole."""
    sent = dict(_sent(interaction))
    try:
        return {name: _READ[name](sent)}
    except (KeyError, ValueError, IndexError):
        raise Refused(_INCOMPLETE) from None


def _own_lines(settings: ServerSettings) -> Iterator[discord.ui.Item[Any]]:
    hint = "As in: Campus emergency line: 555 0100"
    for number in range(MOST_OWN_LINES):
        now = settings.own_lines[number] if number < len(settings.own_lines) else ""
        yield _text(f"line_{number}", f"Line {number + 1}", now, OWN_LINE_CHARACTERS, hint)


def _notice_addition(settings: ServerSettings) -> Iterator[discord.ui.Item[Any]]:
    hint = "Stands above the notice, which always stays. Leave it empty for none"
    yield _text("notice_addition", "Your own text", settings.notice_addition, ADDITION_CHARACTERS, hint, long=True)


def _digest(settings: ServerSettings) -> Iterator[discord.ui.Item[Any]]:
    now = settings.digest or _USUAL_DIGEST
    days = [discord.SelectOption(label=day, value=str(n), default=n == now.weekday) for n, day in enumerate(WEEKDAYS)]
    hours = [discord.SelectOption(label=f"{n}:00", value=str(n), default=n == now.hour) for n in range(24)]
    yield discord.ui.Label(text="Day", component=discord.ui.Select(custom_id="weekday", options=days))
    yield discord.ui.Label(text="Hour", component=discord.ui.Select(custom_id="hour", options=hours))
    yield _text("zone", "Time zone", now.zone, _ZONE_CHARACTERS, "As in: Europe/London", needed=True)
    chosen = [discord.Object(int(now.channel))] if now.channel else []
    yield discord.ui.Label(
        text="Channel",
        component=discord.ui.ChannelSelect(
            custom_id="channel",
            channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            default_values=[discord.SelectDefaultValue.from_channel(one) for one in chosen],
        ),
    )


def _text(  # noqa: PLR0913  # what a field of a form shows
    field: str, label: str, now: str, most: int, hint: str, *, needed: bool = False, long: bool = False
) -> discord.ui.Label[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    typed = discord.ui.TextInput[Any](
        custom_id=field, style=style, default=now or None, required=needed, max_length=most
    )
    return discord.ui.Label(text=label, description=hint, component=typed)


_FORMS: Mapping[str, tuple[str, Callable[[ServerSettings], Iterator[discord.ui.Item[Any]]]]] = {
    "own_lines": ("Your own lines on emergency cards", _own_lines),
    "notice_addition": ("Your own text above the notice", _notice_addition),
    "digest": ("A digest once a week", _digest),
}


def _sent(interaction: Interaction) -> Iterator[tuple[str, str]]:
    """Give what was typed or chosen, by field."""
    data: Any = interaction.data or {}
    for row in data.get("components", []):
        field = row.get("component", {})
        value = field["values"][0] if field.get("values") else field.get("value", "")
        yield str(field.get("custom_id", "")), str(value or "")


_READ: Mapping[str, Callable[[Mapping[str, str]], object]] = {
    "own_lines": lambda sent: tuple(
        line for number in range(MOST_OWN_LINES) if (line := sent[f"line_{number}"].strip())
    ),
    "notice_addition": lambda sent: sent["notice_addition"].strip(),
    "digest": lambda sent: Digest(int(sent["weekday"]), int(sent["hour"]), sent["zone"].strip(), sent["channel"]),
}
