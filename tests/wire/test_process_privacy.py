"""A word that members ask with in every way: it is in no file and no log unless its member presses for it to be kept.

Looked at is every byte under the bot's folder, backups and the database's log of writes among it, and all that the
process says with everything logged. Once the member has it deleted, the word is gone again.
"""

from __future__ import annotations

import signal

import pytest

from bot.store.folder import DATABASE
from knowledge.presentation import sentences
from tests.cogs.book import HEART, SEED_ASKED
from tests.fakediscord import File, Person
from tests.fakediscord.mentions import texts
from tests.wire.test_process_queue import DIRECTLY, HERE, with_button

pytestmark = pytest.mark.slow

WORD = "zanzibarine"
ASKED = f"what colour is a {WORD} at noon?"
WORDING = f"can i drink {WORD} while taking ibuprofen?"


def holding(clinic, word=WORD):
    """Name the files that hold the word, and what was said."""
    spellings = [word.encode(), word.encode("utf-16-le")]
    files = [path for path in clinic.folder.rglob("*") if path.is_file()]
    found = [path.name for path in files if any(one in path.read_bytes().lower() for one in spellings)]
    return found + ["output" for program in clinic.programs if word in program.output.lower()]


async def pressed(clinic, who, message, label, brings):
    """Press a button, and give the message with the button that this brings."""
    press = await who.press(message, label=label)
    return await clinic.fake.until(lambda: with_button(press, brings))


async def says(clinic, who, message, label, sentence):
    press = await who.press(message, label=label)
    await clinic.fake.until(lambda: sentence in " ".join(texts(press.original or {})))


async def members_ask(clinic):
    """Ask in channels, directly and by command; mend, delete and reply; look at what would be kept and keep nothing."""
    fake, ann = clinic.fake, clinic.ann
    for text in (ASKED, f"{SEED_ASKED} {WORD}", f"{HEART} {WORD}", WORDING, f"¿{WORD}?", WORD):
        for place in (clinic.channel, ann.direct):
            await fake.reply_to(await ann.mention(place, text))
        await ann.say(clinic.watched, text)
        for public in (False, True):
            await ann.shown(await ann.slash(clinic.channel, "ask", question=text, public=public))
        await ann.autocomplete(clinic.channel, "ask", "question", question=text)
    asked = await ann.mention(clinic.channel, "what is the capital of France?")
    reply = await fake.reply_to(asked)
    again = await ann.say(clinic.channel, ASKED, reply_to=reply, files=[File(f"{WORD}.txt", WORD.encode())])
    await fake.reply_to(again)
    await ann.edit(asked, f"<@{fake.world.application_id}> {ASKED} {SEED_ASKED}")
    await fake.until(lambda: fake.edits[reply["id"]])
    await ann.delete(asked)
    await fake.until(lambda: reply["id"] not in fake.world.messages)
    thread = await ann.start_thread(clinic.watched, WORD)
    await ann.say(thread, ASKED)
    reply = await fake.reply_to(await ann.mention(clinic.channel, ASKED))
    offer = await pressed(clinic, ann, reply, "Ask the moderators", HERE)
    await says(clinic, ann, offer, "Keep nothing", sentences.NOTHING_KEPT)


async def moderators_look(clinic):
    """Try the word, begin an answer with it, fill in forms that nobody saves, look at every list."""
    max_, channel = clinic.max, clinic.channel
    said = await Person(clinic.fake, "bea", clinic.guild).say(channel, ASKED)
    await max_.shown(await max_.message_menu(channel, "Find an answer", said))
    await max_.shown(await max_.message_menu(channel, "Answer this…", said))
    await max_.shown(await max_.slash(channel, "try", text=ASKED))
    opened = await max_.acknowledged(await max_.slash(channel, "answer add"))
    form = await max_.submit(opened, {"title": ASKED, "body": f"A {WORD} is blue.", "name": "Jo Kim, MD"})
    await clinic.fake.until(lambda: with_button(form, "Save"))
    for name in ("queue", "stats", "review"):
        await max_.shown(await max_.slash(channel, name))


async def kept(clinic):
    """Have a question kept in both ways to be told, and a wording shown."""
    fake = clinic.fake
    for label in (HERE, DIRECTLY):
        reply = await fake.reply_to(await clinic.ann.mention(clinic.channel, ASKED))
        offer = await pressed(clinic, clinic.ann, reply, "Ask the moderators", label)
        await pressed(clinic, clinic.ann, offer, label, "Take it back")
    choices = await fake.reply_to(await clinic.ann.mention(clinic.channel, WORDING))
    answer = await pressed(clinic, clinic.ann, choices, "1", "Show the moderators my wording")
    offer = await pressed(clinic, clinic.ann, answer, "Show the moderators my wording", "Show them my wording")
    await says(clinic, clinic.ann, offer, "Show them my wording", sentences.WORDING_SHOWN)


async def forgotten(clinic):
    panel = await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "privacy"))
    sure = await pressed(clinic, clinic.ann, panel, "Delete all of this", "Delete it")
    await says(clinic, clinic.ann, sure, "Delete it", sentences.FORGOTTEN)


async def test_a_word_is_nowhere_but_where_its_member_wanted_it(clinic):
    clinic.log_level = "debug"
    copies = clinic.folder / "copies"
    clinic.more_settings = f'[backup]\n        folder = "{copies}"'
    clinic.environment = {"PYTHONASYNCIODEBUG": "1"}
    program = await clinic.ready(samples=True)
    await members_ask(clinic)
    await moderators_look(clinic)
    assert "INFO" in program.output
    assert not holding(clinic)
    program.signal(signal.SIGKILL)
    await program.ended()
    clinic.fake.gateway.sessions.clear()
    assert not holding(clinic)
    assert list(copies.rglob(DATABASE)), "a backup was made, and looked through"
    program = await clinic.ready(samples=True)
    await kept(clinic)
    assert set(holding(clinic)) <= {DATABASE, f"{DATABASE}-wal"}
    assert holding(clinic), "what is looked for is found where it is"
    await forgotten(clinic)
    assert not holding(clinic)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    assert not holding(clinic)
