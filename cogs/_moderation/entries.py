"""Naming an entry in a command: what is suggested while somebody types, and what they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from cogs._interactions.callers import caller_of
from cogs._rendering import limits
from cogs._rendering.suggestions import suggestion_name
from cogs._services.services import storage_of
from knowledge.curation.refusals import NotAllowed, Refused
from knowledge.moderation.views import EntryState
from knowledge.presentation.byline import NAME_UNKNOWN
from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from cogs._interactions.responses import Interaction
    from knowledge.model import Question
    from knowledge.moderation.views import EntryView

_STATES = {EntryState.WITHDRAWN: "withdrawn: ", EntryState.NOT_YET: "not shown yet: "}
SHOWN = (EntryState.BOOK, EntryState.OWN, EntryState.NOT_YET)


async def suggested(
    interaction: Interaction, typed: str, states: Collection[EntryState] = tuple(EntryState)
) -> list[app_commands.Choice[str]]:
    """Give the entries that a moderator may mean; nothing to anybody else."""
    look = storage_of(interaction.client).moderators.look
    try:
        found = look.find(caller_of(interaction), typed, limits.SUGGESTIONS, states)
    except NotAllowed:
        return []
    return [app_commands.Choice(name=_name(view), value=view.id) for view in found]


async def suggested_shown(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Give the entries that a moderator may mean, but for withdrawn ones."""
    return await suggested(interaction, typed, SHOWN)


def named_so_far(interaction: Interaction) -> Question | None:
    """Give the words of the entry that a command names while somebody types; None to members, and where it has none."""
    look = storage_of(interaction.client).moderators.look
    try:
        return look.entry(caller_of(interaction), str(getattr(interaction.namespace, "entry", ""))).newest
    except Refused:
        return None


def suggested_answers(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
    """Give the answers of the entry that a command names so far, by number and expert; nothing to members.

    `typed` begins the number, or stands in what is shown of the answer.
    """
    question = named_so_far(interaction)
    named = {
        number: suggestion_name(f"{number}: {one.name or NAME_UNKNOWN}. {one.headline or one.body}")
        for number, one in enumerate(question.answers if question else (), 1)
    }
    fitting = {number: name for number, name in named.items() if name.startswith(typed) or fold(typed) in fold(name)}
    return [app_commands.Choice(name=name, value=number) for number, name in fitting.items()][: limits.SUGGESTIONS]


async def suggested_experts(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Give the experts' names that begin with, or hold, what is typed; nothing to who is no moderator."""
    storage = storage_of(interaction.client)
    caller = caller_of(interaction)
    try:
        names = storage.moderators.look.experts(caller, typed, limits.SUGGESTIONS)
    except NotAllowed:
        return []
    fitting = [name for name in names if limits.size(name) <= limits.SUGGESTION_NAME]
    return [app_commands.Choice(name=suggestion_name(name), value=name) for name in fitting]


def _name(view: EntryView) -> str:
    return suggestion_name(_STATES.get(view.state, "") + view.title)
