"""What a server's admins decide: `/settings`, one private panel. Its rights are looked at anew with each press."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from cogs._custom_ids.settings_states import Act, Use
from cogs._interactions.callers import caller_of
from cogs._interactions.hearing import carry_out
from cogs._interactions.responses import Interaction, begin  # `Interaction`: discord.py reads annotations
from cogs._rendering.view import NOBODY
from cogs._services.services import services_of, storage_of
from cogs._settings import forms
from cogs._settings.access import visible
from cogs._settings.controls import PanelControl, values_of
from cogs._settings.pages import SHOWN_CHANGES, drawn
from cogs._settings.panel import SETTINGS_OF, Page, Panel
from cogs._settings.words import LABELS, often, said
from knowledge.curation.refusals import NotAllowed, Refused
from knowledge.curation.settings import Care, ReviewMode, ServerSettings
from knowledge.errors import NotRead, NotSaved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cogs._services.services import Services
    from knowledge.records.settings import SettingChange

NOT_THERE = "Not saved: that choice is not there any more. Choose again."
EVERYBODY = "Not saved: everybody cannot moderate. Choose roles that you give to people."
LEFT = "Saved: this page is left to this bot's operator again."

# What each select stands for: the chosen values as settings.
_CHOSEN: Mapping[str, Callable[[tuple[str, ...]], Mapping[str, object]]] = {
    "watched": lambda values: {"watched": frozenset(values)},
    "moderator_roles": lambda values: {"moderator_roles": frozenset(values)},
    "review": lambda values: {"review": ReviewMode(values[0])},
    "care": lambda values: {"care": Care(values[0])},
    "answer_again_after": lambda values: {"answer_again_after": int(values[0])},
    "often": lambda values: dict(
        zip(("answers_per_member", "member_window"), map(int, values[0].split("_")), strict=True)
    ),
    "country": lambda values: {"country": "" if values[0] == "none" else values[0]},
    "staff_channel": lambda values: {"staff_channel": "".join(values)},
    "retention_days": lambda values: {"retention_days": int(values[0])},
}
_SWITCHED: Mapping[Use, Mapping[str, object]] = {
    **{Use(act, name): {name: act is Act.ON} for name in ("watch_threads", "private_ask") for act in (Act.ON, Act.OFF)},
    Use(Act.OFF, "paused"): {"paused": False, "paused_until": 0},
    Use(Act.OFF, "digest"): {"digest": None},
}
_PAGE_OF = {name: page for page, names in SETTINGS_OF.items() for name in names} | {
    "often": Page.ANSWERS,
    "paused": Page.OVERVIEW,
}


class Settings(commands.Cog):
    """Settings of one server."""

    def __init__(self, bot: commands.Bot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Hear the controls of every panel, also of an earlier run."""
        self._bot.add_dynamic_items(PanelControl)

    @app_commands.command(name="settings", description="Choose where and how this bot answers here")
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Open the panel."""
        await begin(interaction)
        shown = drawn(Page.OVERVIEW, await _panel(interaction, Page.OVERVIEW))
        await interaction.followup.send(view=shown, ephemeral=True, allowed_mentions=NOBODY)

    @commands.Cog.listener()
    async def on_setting(self, interaction: Interaction, use: Use) -> None:
        """Do what a control of the panel stands for."""
        await carry_out(interaction, _used(interaction, use))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a form of the panel."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Any = interaction.data or {}
            use = Use.read(str(data.get("custom_id", "")))
            if use is not None and use.act is Act.FILLED:
                await carry_out(interaction, _used(interaction, use))


async def _used(interaction: Interaction, use: Use) -> None:
    settings = storage_of(interaction.client).moderators.administer.settings(caller_of(interaction))
    if use.act is Act.FORM:
        form = forms.form(use.name, settings)
        await interaction.response.send_modal(form)
        form.stop()  # a form is heard by its id, also after a restart
        return
    await interaction.response.defer()
    page, told = _page_of(interaction, use), ""
    if use.act is not Act.PAGE:
        try:
            told = await _change(interaction, use)
        except NotAllowed:
            raise
        except (Refused, NotSaved) as refusal:
            told = str(refusal)
    shown = drawn(page, await _panel(interaction, page, told))
    await interaction.edit_original_response(view=shown, allowed_mentions=NOBODY)


def _page_of(interaction: Interaction, use: Use) -> Page:
    """Give the page that is shown after a use; one of an older version of the panel leads to the overview."""
    name = use.name if use.act is Act.LEAVE else "".join(values_of(interaction)) if use.act is Act.PAGE else None
    if name is not None:
        return Page(name) if name in set(Page) else Page.OVERVIEW
    return _PAGE_OF.get(use.name, Page.OVERVIEW)


async def _change(interaction: Interaction, use: Use) -> str:
    """Keep what was chosen; give what is said of it. Raises `Refused` with the reason where it may not be."""
    administer = storage_of(interaction.client).moderators.administer
    caller, guild = caller_of(interaction), interaction.guild
    keep = partial(
        administer.change_settings,
        caller,
        str(interaction.id),
        channels=visible(guild) if guild is not None else frozenset(),
    )
    if use.act is Act.LEAVE and use.name in SETTINGS_OF:
        defaults = storage_of(interaction.client).moderators.servers.defaults
        await keep(lambda now: now.leaving(SETTINGS_OF[Page(use.name)], defaults))
        return LEFT
    values = _values(interaction, use)
    if caller.server_id in values.get("moderator_roles", ()):  # type: ignore[operator]  # a set of ids
        raise Refused(EVERYBODY)
    await keep(lambda now: _choosing(now, values))
    return _saved(administer.settings(caller), values)


def _choosing(now: ServerSettings, values: Mapping[str, object]) -> ServerSettings:
    """Give the settings with these chosen. Nothing is what no digest is, whoever decides it."""
    if values == {"digest": None}:
        return now.leaving(values, ServerSettings())
    return now.choosing(**values)


def _values(interaction: Interaction, use: Use) -> Mapping[str, object]:
    try:
        match use.act:
            case Act.CHOOSE:
                return _CHOSEN[use.name](values_of(interaction))
            case Act.FILLED:
                return forms.read(use.name, interaction)
            case _:
                return _SWITCHED[use]
    except (KeyError, ValueError, IndexError):
        raise Refused(NOT_THERE) from None


def _saved(settings: ServerSettings, values: Mapping[str, object]) -> str:
    if "answers_per_member" in values:
        return f"Saved. Answers to one member: {often(settings)}"
    if "paused" in values:
        return "Saved. I answer again."
    (name,) = values
    return f"Saved. {LABELS[name]}: {said(name, getattr(settings, name))}"


async def _panel(interaction: Interaction, page: Page, told: str = "") -> Panel:
    """Give what the panel is drawn from. Raises `NotAllowed` unless the caller is an admin at this moment."""
    services, caller = services_of(interaction.client), caller_of(interaction)
    administer = storage_of(interaction.client).moderators.administer
    administer.settings(caller)
    if interaction.guild is None:
        raise AssertionError("an admin is one of a server")
    history: tuple[SettingChange, ...] = ()
    if page is Page.HISTORY:
        try:
            history = await administer.settings_history(caller, SHOWN_CHANGES)
        except NotRead as unread:
            told = str(unread)
    book = services.desk.snapshot
    return Panel(
        interaction.guild,
        _of_this_server(services, interaction.guild),
        book.policy,
        book.cards.countries(),
        services.measured,
        services.reads_everything,
        history,
        told,
    )


def _of_this_server(services: Services, guild: discord.Guild) -> ServerSettings:
    """Give a server's settings. Of the channels that the operator names for all servers, only this one's count."""
    settings = services.settings(str(guild.id))
    if "watched" not in settings.chosen:
        here = frozenset(one for one in settings.watched if guild.get_channel_or_thread(int(one)))
        settings = replace(settings, watched=here)
    if "staff_channel" not in settings.chosen:
        staff = next((str(one) for one in sorted(services.staff) if guild.get_channel_or_thread(one)), "")
        settings = replace(settings, staff_channel=staff)
    return settings


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Settings(bot))
