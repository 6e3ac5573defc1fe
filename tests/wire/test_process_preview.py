"""`python -m bot preview` as a process."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys

import aiohttp
import pytest

from tests.scale import LONG
from tests.wire.program import Program

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\S*")


async def opened(program: Program) -> re.Match[str]:
    async with asyncio.timeout(LONG):
        while not (found := ADDRESS.search(program.output)):
            assert not program.over, program.output
            await asyncio.sleep(0.02)
        return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_page_is_served_until_a_signal_ends_it(tmp_path, number):
    program = await Program.start("preview", folder=tmp_path)
    address = (await opened(program))[0]
    async with aiohttp.ClientSession() as web, web.get(address.split("#", maxsplit=1)[0]) as page:
        assert page.status == 200
        assert "<html" in await page.text()
    assert "Write a question" in program.output
    program.signal(number)
    assert await program.ended() == 0
    assert "Traceback" not in program.output
    assert not list(tmp_path.iterdir()), "a look at the bot leaves nothing behind"


@pytest.mark.slow
async def test_who_edits_the_book_beside_the_page_is_told_of_a_fault_and_of_its_mending(tmp_path):
    book = tmp_path / "book.toml"
    good = "".join(f'[[question]]\nid = "{one}"\ntitle = "T"\n[[question.answers]]\nbody = "b"\n' for one in "abcd")
    book.write_text(good, "utf-8")
    (tmp_path / "config.toml").write_text('[knowledge]\npath = "book.toml"\n', "utf-8")
    program = await Program.start("preview", folder=tmp_path)
    await opened(program)
    for text, told in (
        (good.replace('"T"', "T", 1), "book.toml:3: entry 'a': a text needs straight quotes round it"),
        (good, "The knowledge file is in order again."),
        (good[: len(good) // 4], "press Ctrl-C and start the preview again."),
    ):
        book.write_text(text, "utf-8")
        async with asyncio.timeout(LONG):
            while told not in program.output:
                assert not program.over, program.output
                await asyncio.sleep(0.02)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0


@pytest.mark.slow
async def test_the_port_can_be_named_and_a_taken_one_is_told(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        program = await Program.start("preview", "--port", str(port), folder=tmp_path)
        assert await program.ended() == 3
        assert program.output.strip() == f"The page cannot be served on port {port}. Name another one with --port."
    program = await Program.start("preview", "--port", str(port), folder=tmp_path)
    assert (await opened(program))[1] == str(port)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["simcord", "PIL"])
async def test_a_missing_extra_is_told_in_one_line(tmp_path, missing):
    """A finder put in front hides the extra from this one process."""
    hidden = f"import sys; sys.modules[{missing!r}] = None; from bot.cli.app import main; sys.exit(main(['preview']))"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", hidden, cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    assert process.returncode == 3
    assert re.fullmatch(r"The preview needs .*pip install .*\[preview\]\"\n", told.decode())
