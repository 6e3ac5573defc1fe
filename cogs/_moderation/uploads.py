"""Files that moderators give to a command: a doctor-answers page, or the text of one answer."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogs._services.failures import FAILURES, in_words
from knowledge.content.limits import BODY_LIMIT
from knowledge.content.pages import MOST_BYTES, question_of, read_page
from knowledge.curation.refusals import Refused
from knowledge.errors import PageRefused

if TYPE_CHECKING:
    import discord

    from knowledge.model import Question

log = logging.getLogger(__name__)

NOT_FETCHED = "The file could not be fetched from Discord. Use the command again, and give the file again."
TOO_LARGE = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Give the text of one answer, or one page."
NO_TEXT = "The file is no plain text. Save it as UTF-8 text and give it again."


@dataclass(frozen=True, slots=True)
class Upload:
    """What a file holds: a page's question with its answers and what to look at in it, or the `text` of one answer."""

    page: Question | None = None
    warnings: tuple[str, ...] = ()
    text: str = ""


async def read_upload(attachment: discord.Attachment, *, page: bool) -> Upload:
    """Fetch a file and take it apart; with `page`, one that is a doctor-answers page is read as such.

    Raises `Refused` where it is too large or no text, or cannot be fetched.
    """
    if attachment.size > MOST_BYTES:
        raise Refused(TOO_LARGE)
    try:
        data = await attachment.read()
    except FAILURES as error:
        log.warning("A file could not be fetched: %s", in_words(error))
        raise Refused(NOT_FETCHED) from None
    if page:
        try:
            found = await asyncio.to_thread(read_page, data)  # a large one takes seconds
        except PageRefused as refusal:
            if refusal.reason != "not-doctor-answers":
                raise
        else:
            question = question_of(found, attachment.filename, data)
            return Upload(question, tuple(warning.message for warning in found.warnings))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Refused(NO_TEXT) from None
    if len(text) > BODY_LIMIT:
        raise Refused(f"The answer is {len(text):,} characters long; at most {BODY_LIMIT:,} fit.")
    return Upload(text=text)
