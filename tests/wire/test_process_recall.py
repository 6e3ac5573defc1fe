"""Recall over the wire, with rate limits in between, killed and started again in the middle."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.store.folder import DATABASE
from knowledge.content.book import read_book_text
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts

pytestmark = pytest.mark.slow

SEED = "cheek-twitching-botox"
CHEEK = "can botox stop my cheek from twitching?"
ROOMS = 6
EDIT = r"/channels/\d+/messages/\d+$"
KNEE = "Why does my knee click when I climb stairs?"
BOOK = f'[[question]]\nid = "knee"\ntitle = "{KNEE}"\n[[question.answers]]\nbody = "{{body}}"\n'


def today():
    return datetime.now(UTC).date().isoformat()


async def replies(clinic, question):
    """Ask in several channels and directly, each by somebody else; give the replies, which change as they are edited.

    Returns once the bot has noted them all.
    """
    asked = []
    for number in range(ROOMS):
        room = clinic.fake.world.add_channel(clinic.guild, f"room-{number}")
        asked.append(await Person(clinic.fake, f"ann-{number}", clinic.guild).mention(room, question))
    asked.append(await clinic.ann.say(clinic.ann.direct, question))
    shown = [await clinic.fake.reply_to(one) for one in asked]
    await clinic.fake.until(lambda: noted(clinic) == len(shown))
    return shown


def noted(clinic):
    """Count the replies that the bot has noted."""
    with closing(sqlite3.connect(clinic.folder / "data" / DATABASE)) as connection:
        (count,) = connection.execute("SELECT COUNT(reply_id) FROM deliveries").fetchone()
    return count


def only_says(message, sentence):
    return "\n".join(texts(message)) == sentence


async def test_every_reply_is_right_in_the_end_and_none_is_edited_twice(clinic):
    fake = clinic.fake
    program = await clinic.ready()
    shown = await replies(clinic, CHEEK)
    # The last one was given directly, in the name of the one server that the asker shares with the bot.
    fake.faults.rate_limit("PATCH", EDIT, 0.3, times=2)
    # More than discord.py tries by itself: the outbox has to wait, and to come back.
    fake.faults.too_many_old_edits(f"/messages/{shown[2]['id']}$", 0.1, times=5)
    # Carried out, but nobody told the bot: whoever comes back has to look.
    fake.faults.hang_up("PATCH", f"/messages/{shown[3]['id']}$", after=True)
    told = await clinic.max.slash(clinic.channel, "answer withdraw", entry=SEED, reason="Wrong.")
    sentence = "\n".join(texts(await clinic.max.shown(told)))
    assert f"Earlier replies in channels that are edited to follow: {len(shown)}." in sentence
    for enough in (1, 3, 5):
        await fake.until(lambda enough=enough: len(fake.edits) >= enough)
        program.signal(signal.SIGKILL)
        await program.ended()
        fake.gateway.sessions.clear()
        program = await clinic.ready()
    gone = sentences.WITHDRAWN.format(day=today())
    await fake.until(lambda: all(only_says(message, gone) for message in shown))
    await fake.until(lambda: not fake.faults.left("PATCH"))
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert [fake.edits[message["id"]] for message in shown] == [1] * len(shown)


async def test_a_file_that_was_corrected_while_the_bot_was_away_corrects_its_replies(clinic):
    fake, file = clinic.fake, clinic.folder / "book.toml"
    old, new = BOOK.format(body="The old words."), BOOK.format(body="The new words.")
    for text in (old, new):
        fake.inspection.know(read_book_text("book.toml", text).questions)
    file.write_text(old, "utf-8")
    clinic.book = file
    program = await clinic.ready(watch=False)
    shown = await replies(clinic, KNEE)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    fake.gateway.sessions.clear()
    file.write_text(new, "utf-8")
    program = await clinic.ready(watch=False)
    await fake.until(lambda: len(fake.edits) == len(shown))
    for message in shown:
        first, *_, last = texts(message)
        assert (first, last) == (f"**{sentences.CORRECTED.format(day=today())}**", NOTICE)
        assert "The new words." in "\n".join(texts(message))
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert [fake.edits[message["id"]] for message in shown] == [1] * len(shown)


async def test_a_private_reply_follows_while_discord_lets_it_be_edited(clinic):
    fake = clinic.fake
    program = await clinic.ready()
    private = await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "ask", question=CHEEK))
    assert texts(private)[-1] == NOTICE
    await fake.until(lambda: noted(clinic) == 1)
    await clinic.max.slash(clinic.channel, "answer withdraw", entry=SEED, reason="Wrong.")
    await fake.until(lambda: only_says(private, sentences.WITHDRAWN.format(day=today())))
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert fake.edits[private["id"]] == 1
