"""The bot as a process follows its knowledge file; what is broken is never served, not even at a start."""

from __future__ import annotations

import signal

import pytest

from knowledge.content.book import read_book_text
from knowledge.safety.notice import NOTICE
from tests.fakediscord.mentions import texts
from tests.wire.conftest import TOKEN
from tests.wire.program import Program, write_settings

KNEE = "Why does my knee click when I climb stairs?"
BOOK = (
    f'[[question]]\nid = "knee"\ntitle = "{KNEE}"\n[[question.answers]]\nbody = "Version {{version}} of the answer."\n'
)


async def start(clinic):
    """Start the bot on the knowledge file in its folder, and wait until it listens."""
    settings = write_settings(clinic.folder, clinic.fake, watch=[], samples=False)
    text = settings.read_text("utf-8").replace("[knowledge]\n", '[knowledge]\n        path = "book.toml"\n')
    settings.write_text(text, "utf-8")
    before = clinic.fake.gateway.identifies
    program = await Program.start("--config", str(settings), "discord", folder=clinic.folder, token=TOKEN)
    clinic.programs.append(program)
    await clinic.fake.until(lambda: clinic.fake.gateway.identifies > before or program.over)
    assert not program.over, program.output
    return program


async def answer(clinic):
    said = "\n".join(texts(await clinic.fake.reply_to(await clinic.ann.mention(clinic.channel, KNEE))))
    assert said.endswith(NOTICE)
    return said


@pytest.mark.slow
async def test_saves_are_followed_and_a_broken_file_is_not_even_at_a_start(clinic):
    file = clinic.folder / "book.toml"
    for version in (1, 2):
        clinic.fake.inspection.know(read_book_text("book.toml", BOOK.format(version=version)).questions)
    file.write_text(BOOK.format(version=1), "utf-8")
    program = await start(clinic)
    assert "Version 1" in await answer(clinic)
    file.write_text(BOOK.format(version=2), "utf-8")
    await clinic.fake.until(lambda: "were read anew" in program.output)
    assert "Version 2" in await answer(clinic)
    file.write_text(BOOK.format(version=3) + "broken", "utf-8")
    await clinic.fake.until(lambda: "have faults" in program.output)
    assert "Version 2" in await answer(clinic)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    again = await start(clinic)
    assert "the copy kept from before is served" in again.output
    assert "Version 2" in await answer(clinic)
    assert "Version" not in program.output + again.output
