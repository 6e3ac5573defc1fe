"""What is kept about a member, for that member's eyes: `/privacy` shows it, deletes it, and stops being read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from discord import app_commands

from cogs._custom_ids.member_states import Forgotten, OptedOut, PrivacyShown, TakenBack
from cogs._interactions.hearing import HearsPresses
from cogs._interactions.pressed import A_SERVER
from cogs._interactions.responses import Interaction, become, begin, tell  # `Interaction`: discord.py reads annotations
from cogs._rendering import desk_layout, reply_layout
from cogs._rendering.desk_layout import Passage
from cogs._rendering.layouts import Button, in_rows
from cogs._services.services import server_of, services_of, storage_of
from knowledge.curation.votes import Verdict
from knowledge.presentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discord.ext import commands

    from cogs._custom_ids.states import State
    from cogs._rendering.desk_layout import Told
    from knowledge.members.privacy import KeptOfMember

_OUT = "Do not read my messages in watched channels"
_IN = "Read my messages in watched channels again"


class Privacy(HearsPresses):
    """Works in servers and in direct messages alike, always privately, and for all servers at once."""

    @app_commands.command(name="privacy", description="See and delete what is kept about you; stop being read")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def privacy(self, interaction: Interaction) -> None:
        """Show what is kept."""
        await begin(interaction)
        shown = await _shown(interaction)
        await tell(interaction, shown.layout, shown.file, name="kept.txt")

    async def pressed(self, interaction: Interaction, state: State) -> None:
        """Do what a button stands for."""
        match state:
            case PrivacyShown():
                await begin(interaction)
                shown = await _shown(interaction)
                await tell(interaction, shown.layout, shown.file, name="kept.txt")
            case Forgotten():
                await interaction.response.defer()
                await _forget(interaction, state)
            case OptedOut():
                await interaction.response.defer()
                await _opt(interaction, state)


async def _forget(interaction: Interaction, state: Forgotten) -> None:
    if not state.sure:
        rows = ((Button("Delete it", Forgotten(sure=True)), Button("Keep it", PrivacyShown())),)
        await become(interaction, reply_layout.plain(sentences.FORGET_SURE, rows))
        return
    await storage_of(interaction.client).members.privacy.forget(str(interaction.user.id))
    await become(interaction, reply_layout.plain(sentences.FORGOTTEN))


async def _opt(interaction: Interaction, state: OptedOut) -> None:
    privacy, member = storage_of(interaction.client).members.privacy, str(interaction.user.id)
    if state.out:
        await privacy.opt_out(member)
    else:
        await privacy.opt_in(member)
    said = sentences.OPTED_OUT if state.out else sentences.OPTED_IN
    await become(interaction, reply_layout.plain(said, ((Button("What is kept about me", PrivacyShown()),),)))


async def _shown(interaction: Interaction) -> Told:
    services = services_of(interaction.client)
    kept = await storage_of(interaction.client).members.privacy.kept(str(interaction.user.id))
    notice = services.desk.notice(server_id=server_of(interaction.guild))
    passages = [Passage(sentences.YOUR_MESSAGES), *_passages(interaction, kept)]
    return desk_layout.told(f"**{sentences.KEPT_OF_YOU}**", passages, notice, _rows(kept))


def _passages(interaction: Interaction, kept: KeptOfMember) -> Iterator[Passage]:
    for number, asking in enumerate(kept.askings, 1):
        where, until = _server(interaction, asking.server_id), asking.until.date().isoformat()
        yield Passage(f"Question {number}, with the moderators of {where}, until {until}", asking.text)
    for wording in kept.wordings:
        where, until = _server(interaction, wording.server_id), wording.until.date().isoformat()
        yield Passage(f"A wording shown to the moderators of {where}, until {until}", wording.text)
    if kept.votes:
        counted = Counter(vote.verdict for vote in kept.votes)
        yield Passage("Your votes", ", ".join(f"{counted[one]} {_named(one)}" for one in Verdict if counted[one]))
    if kept.to_be_told:
        yield Passage(sentences.TO_BE_TOLD.format(count=kept.to_be_told))
    if not (kept.askings or kept.wordings or kept.votes or kept.to_be_told):
        yield Passage(sentences.NOTHING_KEPT_OF_YOU)
    if kept.signed:
        yield Passage(sentences.SIGNED_BY_YOU.format(count=kept.signed))
    yield Passage(sentences.READS_YOU_NOT if kept.opted_out else sentences.READS_YOU)


def _rows(kept: KeptOfMember) -> tuple[tuple[Button, ...], ...]:
    back = [Button(f"Take back question {number}", TakenBack(one.id)) for number, one in enumerate(kept.askings, 1)]
    row = [Button(_IN if kept.opted_out else _OUT, OptedOut(not kept.opted_out))]
    if kept.askings or kept.wordings or kept.votes or kept.to_be_told:
        row.insert(0, Button("Delete all of this", Forgotten(sure=False)))
    return (*in_rows(back[:10]), tuple(row))


def _server(interaction: Interaction, server_id: str) -> str:
    guild = interaction.client.get_guild(int(server_id))
    return guild.name if guild else A_SERVER


def _named(verdict: Verdict) -> str:
    return verdict.value.replace("-", " ")


async def setup(bot: commands.Bot) -> None:
    """Add this cog."""
    await bot.add_cog(Privacy(bot))
