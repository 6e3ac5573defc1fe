"""`backup` and `restore` as a person uses them, also while the bot serves."""

from __future__ import annotations

import asyncio
import re
import tomllib

import pytest

from bot.cli.exits import Exit
from bot.config import load_config
from tests.bot.cli.serving import add, make_place


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return make_place(tmp_path)


async def served(place, beside):
    async with place.serving() as house:
        await add(house, "Why do bites itch?", "Histamine.")
        return await asyncio.to_thread(beside)


def test_a_backup_beside_the_serving_bot_is_restored_as_it_says(run, place):
    made = asyncio.run(served(place, lambda: run("backup", "copies")))
    assert made.code == Exit.DONE, made.err
    assert re.match(r"copies/backup-\d{8}T\d{6}Z was made and verified\. Files: \d+; rows", made.out)
    restored = run("restore", made.out.split(" ")[0], "new")
    assert restored.code == Exit.DONE, restored.err
    lines = restored.out.split("\n")
    settings = place.folder / "restored.toml"
    settings.write_text("\n".join(lines[lines.index("[knowledge]") : lines.index("[storage]") + 2]))
    assert tomllib.loads(settings.read_text())
    assert load_config(settings).storage.path == place.folder / "new/data"
    assert run("--config", str(settings), "history", "why-do-bites-itch", "--server", "1").code == Exit.DONE


def test_the_settings_name_folder_and_number(run, place):
    asyncio.run(served(place, lambda: None))
    with place.config.open("a") as file:
        file.write('[backup]\nfolder = "copies"\nkeep = 1\n')
    assert run("backup").code == Exit.DONE
    again = run("backup")
    assert "Removed, as newer ones are there: backup-" in again.out
    assert len(list((place.folder / "copies").glob("backup-*"))) == 1


def test_what_is_missing_is_told(run, place):
    nowhere = run("backup")
    assert (nowhere.code, "name a folder" in nowhere.err) == (Exit.USAGE, True)
    nothing = run("backup", "copies")
    assert (nothing.code, "There is no database" in nothing.err) == (Exit.CANNOT_RUN, True)
    none = run("restore", "copies", "new")
    assert (none.code, "is no backup" in none.err) == (Exit.FAULTS, True)
    place.config.write_text('[backup]\nfolder = "x"\nevery_hours = 0\n')
    assert "every_hours" in run("backup").err


def test_a_knowledge_file_left_out_is_told_with_the_exit_code(run, place):
    asyncio.run(served(place, lambda: None))
    place.book.rename(place.folder / "folder.toml")
    place.book.mkdir()
    ended = run("backup", "copies")
    assert (ended.code, "Left out, as it cannot be read: " in ended.out) == (Exit.FAULTS, True)
