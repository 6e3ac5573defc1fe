"""The terminal's book follows its files between two lines; what is broken is told, and changes nothing."""

from __future__ import annotations

import asyncio
import os

import pytest

from bot.app import open_desk
from bot.config import Config, KnowledgeSettings
from bot.terminal import chat
from bot.terminal.followed_files import HELD, FollowedFiles
from knowledge.content.files import fingerprint

ENTRY = '[[question]]\nid = "{name}"\ntitle = "Why does my {name} hurt?"\nanswers = [{{ body = "{body}" }}]\n\n'


def entries(**bodies):
    return "".join(ENTRY.format(name=name, body=body) for name, body in bodies.items())


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(entries(knee="Rest.", hip="Walk."), encoding="utf-8")
    return path


@pytest.fixture
async def followed(file):
    config = Config(knowledge=KnowledgeSettings(path=file))
    seen = fingerprint([file])
    async with open_desk(config, samples=True, soon=True) as desk:
        files = FollowedFiles(desk, config, seen)
        yield files, desk.question
        await files.finish()


def body_of(question):
    return question.answers[0].body if question else None


async def test_what_is_saved_is_served_and_told_once(followed, file):
    files, live = followed
    assert await files.look() == ""
    file.write_text(entries(knee="Rest well.", hip="Walk.", toe="Wait."), encoding="utf-8")
    assert await files.look() == "The knowledge file has changed: 3 questions have answers here now."
    assert (body_of(live("knee")), body_of(live("toe"))) == ("Rest well.", "Wait.")
    assert await files.look() == ""


async def test_a_broken_file_is_told_with_its_place_and_so_is_its_mending(followed, file):
    files, live = followed
    good = file.read_text(encoding="utf-8")
    file.write_text(good + '[[question]]\ntitel = "x"\n', encoding="utf-8")
    told = await files.look()
    assert told.startswith(f"The knowledge file has faults, so I go on with what it said before. {file}:1")
    assert body_of(live("knee")) == "Rest."
    assert "There are 2 more; `python -m bot check` tells all." in told
    assert await files.look() == "", "the same faults are told once"
    file.write_text(good.replace("body", "bodi", 1), encoding="utf-8")
    assert "There is 1 more; " in await files.look()
    file.write_text(good, encoding="utf-8")
    assert await files.look() == "The knowledge file is in order again."
    file.unlink()
    assert "there is no such file" in await files.look()
    assert body_of(live("hip")) == "Walk."


async def test_an_emptied_file_takes_nothing_away_until_the_chat_is_begun_anew(followed, file):
    files, live = followed
    good = file.read_text(encoding="utf-8")
    file.write_text("# soon\n", encoding="utf-8")
    assert await files.look() == HELD.format(reason="The knowledge files hold no entry any more; 2 are being served.")
    assert body_of(live("knee")) == "Rest."
    assert await files.look() == "", "it is told once"
    file.write_text(good, encoding="utf-8")
    assert await files.look() == "The knowledge file is in order again."
    file.write_text(entries(knee="Rest."), encoding="utf-8")
    assert await files.look() == "The knowledge file has changed: 1 question has answers here now."


async def test_a_file_that_was_only_touched_says_nothing(followed, file):
    files, _ = followed
    os.utime(file, (1, 1))
    assert await files.look() == ""


async def test_half_a_save_is_waited_for(followed, file):
    files, live = followed
    whole = entries(knee="Rest well.", hip="Walk far.", toe="Wait.")

    async def save_slowly():
        for end in range(40, len(whole) + 40, 40):
            file.write_text(whole[:end], encoding="utf-8")
            await asyncio.sleep(0.03)

    saving = asyncio.create_task(save_slowly())
    await asyncio.sleep(0.04)
    told = await files.look()
    await saving
    assert told.startswith("The knowledge file has changed: 3 questions")
    assert body_of(live("toe")) == "Wait."


async def test_a_card_waits_for_no_file(desk):
    async def look():
        raise AssertionError("the file was looked at first")

    assert await chat._news(desk, "my chest hurts and i cant breathe", look) == ""
    assert "Something went wrong" in await chat._news(desk, "when may i shower?", look)
