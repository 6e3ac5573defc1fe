"""The forms that moderators fill in. They are heard by their ids (see `sent_forms`).

A form must be the first answer to a command or press and holds five fields: what it is filled with comes from memory.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.desk_states import Filled, RejectedBecause
from cogs._custom_ids.queue_states import DismissedBecause
from cogs._custom_ids.states import written
from cogs._interactions.sent_forms import Form, fields_of
from cogs._rendering import limits
from knowledge.content.limits import CREDENTIALS_LIMIT, NAME_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from cogs._interactions.responses import Interaction
    from knowledge.moderation.filled_form import FilledForm

REASON_LIMIT = 500


class _Form(discord.ui.Modal):
    """A form that is heard by its id (see `sent_form`), whoever opened it and when."""

    def __init__(self, state: Form, title: str) -> None:
        super().__init__(title=title, custom_id=written(state), timeout=None)


def answer_form(draft: int, filled: FilledForm, *, title: str, one_more: bool = False) -> discord.ui.Modal:
    """Give the form of an answer, filled in. A body that no form holds is left out, and stays as it is.

    `one_more` leaves out the question, which the entry has already.
    """
    form = _Form(Filled(draft), title)
    if not one_more:
        _add(form, "title", "Question", filled.title, TITLE_LIMIT, hint="In the words in which anybody might ask it")
    _add(form, "headline", "Headline", filled.headline, TITLE_LIMIT, needed=False, hint="The answer in one line")
    if limits.size(filled.body) <= limits.FORM_FIELD:
        _add(
            form, "body", "The expert's answer", filled.body, limits.FORM_FIELD,
            long=True, hint="Word for word as the expert wrote it. For a longer text, give a file to the command",
        )  # fmt: skip
    _add(form, "name", "Expert's name", filled.name, NAME_LIMIT, needed=False, hint="As in: Jane Doe, MD")
    _add(
        form, "credentials", "Expert's credentials", filled.credentials, CREDENTIALS_LIMIT,
        needed=False, hint="As in: Boston Facial Plastic Surgeon",
    )  # fmt: skip
    return form


def question_form(draft: int, filled: FilledForm) -> discord.ui.Modal:
    """Give the form of what stands around an entry's answers. Details that no form holds are left out, and stay."""
    form = _Form(Filled(draft), "Edit the question")
    _add(form, "title", "Question", filled.title, TITLE_LIMIT, hint="In the words in which anybody might ask it")
    if limits.size(filled.details) <= limits.FORM_FIELD:
        _add(
            form, "details", "Text under the question", filled.details, limits.FORM_FIELD,
            needed=False, long=True, hint="What whoever asked it wrote. For a longer text, give a file to the command",
        )  # fmt: skip
    if limits.size(filled.topics) <= limits.FORM_FIELD:
        _add(
            form, "topics", "Topics", filled.topics, limits.FORM_FIELD,
            needed=False, long=True, hint="One on each line. /browse lists questions under them",
        )  # fmt: skip
    return form


def reason_form(entry: str, number: int) -> discord.ui.Modal:
    """Give the form that asks why a draft is rejected."""
    form = _Form(RejectedBecause(entry, number), "Reject this draft")
    hint = "Kept in the history. Your own draft needs no reason"
    _add(form, "reason", "Why", "", REASON_LIMIT, needed=False, long=True, hint=hint)
    return form


def dismissal_form(waiting: int, number: int) -> discord.ui.Modal:
    """Give the form that asks why a question gets no answer."""
    form = _Form(DismissedBecause(waiting, number), "Dismiss this question")
    _add(form, "reason", "Why", "", REASON_LIMIT, long=True, hint="Everybody who asked it is sent these words")
    return form


def typed_over(before: FilledForm, interaction: Interaction) -> FilledForm:
    """Give what was typed into the form; fields that the form left out stay as they were `before`."""
    known = {field: text for field, text in fields_of(interaction).items() if hasattr(before, field)}
    return replace(before, **known)


def _add(  # noqa: PLR0913  # a row of a form
    form: discord.ui.Modal,
    name: str,
    label: str,
    filled: str,
    limit: int,
    *,
    hint: str,
    needed: bool = True,
    long: bool = False,
) -> None:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        style=style, custom_id=name, default=filled[:limit] or None, required=needed, max_length=limit
    )
    form.add_item(discord.ui.Label(text=label, description=hint, component=field))
