"""`export`: what it writes beside a serving bot is read again as what members see."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from knowledge.content.book import read_book, read_book_text
from knowledge.curation.settings import ReviewMode
from tests.bot.cli.serving import ADA, add, bodies, make_place, override, withdraw


@pytest.fixture
def place(tmp_path):
    return make_place(tmp_path)


async def _export(place, *more):
    return await asyncio.to_thread(main, ["export", "--config", str(place.config), *map(str, more)])


@pytest.mark.parametrize("ending", ["toml", "jsonl"])
def test_the_book_comes_out_whole(place, tmp_path, ending, capsysbinary):
    copy = tmp_path / f"copy.{ending}"
    assert main(["export", "--config", str(place.config), "--to", str(copy)]) == Exit.DONE
    assert read_book([copy]) == read_book([place.book])
    assert main(["export", "--config", str(place.config), "--format", ending]) == Exit.DONE
    assert capsysbinary.readouterr().out == copy.read_bytes()


async def test_a_servers_view_comes_out_beside_the_serving_bot(place, tmp_path):
    async with place.serving() as house:
        await override(house, "twitch", 'Rest.\n\n  Then "wait".')
        await add(house, "Why do bites itch?", "Histamine.")
        await withdraw(house, "hiccups")
        assert await _export(place, "--server", "1", "--to", tmp_path / "view.toml") == Exit.DONE
        shown = house.desk.snapshot_of("1").questions
    assert bodies(tmp_path / "view.toml") == {
        "twitch": ['Rest.\n\n  Then "wait".'],
        "why-do-bites-itch": ["Histamine."],
    }
    assert set(shown) == set(bodies(tmp_path / "view.toml"))
    assert read_book([tmp_path / "view.toml"]).nothing == ("how much is it",)


async def test_everything_comes_out_with_its_history(place, tmp_path):
    async with place.serving() as house:
        await override(house, "twitch", "Rest.")
        await withdraw(house, "hiccups")
        folder, history = tmp_path / "out" / "all", tmp_path / "history.jsonl"
        assert await _export(place, "--all", "--to", folder, "--history", history) == Exit.DONE
    assert sorted(path.name for path in folder.iterdir()) == ["book.toml", "server-1.toml", "servers.jsonl"]
    assert read_book([folder / "book.toml"]) == read_book([place.book])
    assert bodies(folder / "server-1.toml") == {"twitch": ["Rest."]}
    (server,) = [json.loads(line) for line in (folder / "servers.jsonl").read_text().splitlines()]
    assert (server["server"], server["withdrawn"]) == ("1", ["hiccups"])
    lines = [json.loads(line) for line in history.read_text().splitlines()]
    told = {(line.get("server", ""), line["entry"], line["action"]) for line in lines}
    assert told == {
        ("", "hiccups", "add"),
        ("", "twitch", "add"),
        ("1", "twitch", "edit"),
        ("1", "hiccups", "withdraw"),
    }
    (edit,) = [line for line in lines if line["action"] == "edit"]
    assert (edit["by"], edit["said"]["answers"][0]["body"]) == ("ada", "Rest.")


async def test_drafts_come_out_in_a_file_of_their_own(place, tmp_path):
    async with place.serving() as house:
        await house.moderators.administer.change_settings(
            ADA, "review", lambda now: now.choosing(review=ReviewMode.ALL)
        )
        await override(house, "twitch", "Rest.")
        assert await _export(place, "--all", "--to", tmp_path / "all", "--format", "jsonl") == Exit.DONE
    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert names == ["book.jsonl", "server-1-waiting.jsonl", "servers.jsonl"]
    assert bodies(tmp_path / "all" / "server-1-waiting.jsonl") == {"twitch": ["Rest."]}
    assert json.loads((tmp_path / "all" / "servers.jsonl").read_text())["review"] == "all"


async def test_history_of_one_server_leaves_the_others_out(place, tmp_path):
    async with place.serving() as house:
        await override(house, "twitch", "Rest.")
    assert await _export(place, "--history", tmp_path / "h.jsonl", "--to", tmp_path / "b.toml") == Exit.DONE
    assert "Rest." not in (tmp_path / "h.jsonl").read_text()


async def test_reading_leaves_the_store_as_it_is(place, tmp_path):
    async with place.serving() as house:
        await override(house, "twitch", "Rest.")
    store = place.folder / "data" / "second-opinion.sqlite3"
    before = store.read_bytes()
    assert await _export(place, "--server", "1", "--to", tmp_path / "view.jsonl") == Exit.DONE
    assert store.read_bytes() == before


async def test_what_cannot_be_done_is_told(place, tmp_path, capsys):
    assert await _export(place, "--server", "1") == Exit.CANNOT_RUN
    assert "There is no database" in capsys.readouterr().err
    async with place.serving():
        assert await _export(place, "--server", "7") == Exit.FAULTS
    assert "Nothing is kept of a server 7" in capsys.readouterr().err
    assert await _export(place, "--to", place.book) == Exit.FAULTS
    assert "is there already" in capsys.readouterr().err
    assert await _export(place, "--to", tmp_path / "book.txt") == Exit.USAGE
    assert await _export(place, "--format", "jsonl", "--to", tmp_path / "book.toml") == Exit.USAGE
    assert await _export(place, "--all") == Exit.USAGE
    assert await _export(place, "--all", "--server", "1", "--to", tmp_path / "x") == Exit.USAGE


def test_characters_that_a_terminal_lacks_are_not_lost(tmp_path, capsysbinary):
    book = '[[question]]\nid = "a"\ntitle = "\u00bfDu\u00e8le 38\u2103?"\nanswers = [{ body = "\u2028\U0001f9e0" }]\n'
    place = make_place(tmp_path, book)
    main(["export", "--config", str(place.config)])
    assert read_book_text("out.toml", capsysbinary.readouterr().out.decode()) == read_book([place.book])
