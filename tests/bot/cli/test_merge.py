"""`merge`: moderators' words go into the knowledge file beside a serving bot, and belong to the book from then on."""

from __future__ import annotations

import asyncio

import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from knowledge.content.book import read_book
from knowledge.curation.examples import Example
from knowledge.model import Layer
from tests.bot.cli.serving import ADA, BOOK, add, bodies, make_place, override, withdraw
from tests.scale import LONG

MERGED = BOOK.replace('body = "It passes."', 'body = "Rest."') + (
    '\n[[question]]\nid = "why-do-bites-itch"\ntitle = "Why do bites itch?"\n\n    [[question.answers]]\n'
    '    body = """\nHistamine.\n"""\n'
)


@pytest.fixture
def place(tmp_path):
    return make_place(tmp_path)


async def _merge(place, *more):
    return await asyncio.to_thread(main, ["merge", "--config", str(place.config), "--server", "1", *map(str, more)])


async def _edit(place):
    async with place.serving() as house:
        await override(house, "twitch", "Rest.")
        await add(house, "Why do bites itch?", "Histamine.")


def _told_when_followed(house, monkeypatch) -> asyncio.Event:
    """Set once the serving bot has read a changed book and retired what was merged."""
    followed, retire = asyncio.Event(), house.moderators.book_changes.retire_merged

    async def retire_and_tell() -> None:
        await retire()
        followed.set()

    monkeypatch.setattr(house.moderators.book_changes, "retire_merged", retire_and_tell)
    return followed


async def test_a_dry_run_shows_the_diff_and_writes_nothing(place, capsys):
    await _edit(place)
    assert await _merge(place, "--dry-run") == Exit.DONE
    out, err = capsys.readouterr()
    assert '-    body = "It passes."\n+    body = "Rest."\n' in out
    assert "+Histamine.\n" in out
    assert err == "1 would be changed, 1 would be added, 0 left as they are.\n"
    assert place.book.read_text() == BOOK


async def test_what_is_merged_is_the_books_and_told_once(place, capsys, monkeypatch):
    async with place.serving() as house:
        followed = _told_when_followed(house, monkeypatch)
        await override(house, "twitch", "Rest.")
        await add(house, "Why do bites itch?", "Histamine.")
        assert await _merge(place) == Exit.DONE
        assert place.book.read_text() == MERGED
        await asyncio.wait_for(followed.wait(), LONG)
        assert not any(entry.live for entry in house.moderators.servers.layer("1").entries.values())
        assert {one.layer for one in house.desk.snapshot_of("1").questions.values()} == {Layer.BOOK}
    assert capsys.readouterr().err.endswith("1 changed, 1 added, 0 left as they are.\n")
    assert await asyncio.to_thread(main, ["history", "twitch", "--server", "1", "--config", str(place.config)]) == 0
    out = capsys.readouterr().out
    assert "changed, by ada" in out
    assert "1 became the book's, by the bot" in out
    async with place.serving() as house:
        shown = house.desk.snapshot_of("1").questions
        assert {one.id: one.layer for one in shown.values()} == dict.fromkeys(bodies(place.book), Layer.BOOK)
        assert await _merge(place) == Exit.DONE
        assert place.book.read_text() == MERGED


@pytest.mark.parametrize(("line_end", "mark"), [("\n", b"\xef\xbb\xbf"), ("\r\n", b""), ("\r\n", b"\xef\xbb\xbf")])
async def test_line_ends_and_marks_stay(tmp_path, line_end, mark):
    place = make_place(tmp_path)
    place.book.write_bytes(mark + BOOK.replace("\n", line_end).encode())
    await _edit(place)
    assert await _merge(place) == Exit.DONE
    assert place.book.read_bytes() == mark + MERGED.replace("\n", line_end).encode()


async def test_a_folder_needs_a_file_for_new_entries(tmp_path, capsys):
    place = make_place(tmp_path)
    folder = tmp_path / "book"
    folder.mkdir()
    first, _, second = BOOK.partition("# Hiccups")
    (folder / "a.toml").write_text(first)
    (folder / "b.toml").write_text("# Hiccups" + second)
    place.config.write_text(place.config.read_text().replace("answers.toml", "book"))
    await _edit(place)
    assert await _merge(place) == Exit.FAULTS
    assert "name the knowledge file that they go to with --into" in capsys.readouterr().err
    assert await _merge(place, "--into", folder / "b.toml") == Exit.DONE
    assert "".join(path.read_text() for path in sorted(folder.iterdir())) == MERGED


async def test_the_owners_newer_words_are_not_undone(place, capsys):
    await _edit(place)
    place.book.write_text(BOOK.replace("It passes.", "It passes, mostly."))
    assert await _merge(place) == Exit.FAULTS
    assert "twitch: the book's entry was changed after this one was made" in capsys.readouterr().err
    assert bodies(place.book)["twitch"] == ["It passes, mostly."]
    assert bodies(place.book)["why-do-bites-itch"] == ["Histamine."]
    assert await _merge(place, "--over-newer") == Exit.DONE
    assert bodies(place.book)["twitch"] == ["Rest."]


async def test_what_is_withdrawn_stays_in_the_book(place, capsys):
    async with place.serving() as house:
        await withdraw(house, "hiccups")
    assert await _merge(place) == Exit.DONE
    assert "hiccups: it is withdrawn there" in capsys.readouterr().err
    assert place.book.read_text() == BOOK


async def test_a_faulty_file_is_left_alone(place, capsys):
    await _edit(place)
    broken = BOOK.replace("[[nothing]]", "[[nothin]]")
    place.book.write_text(broken)
    assert await _merge(place) == Exit.FAULTS
    assert "answers.toml:" in capsys.readouterr().err
    assert place.book.read_text() == broken


async def test_links_are_followed(place):
    real = place.folder / "real.toml"
    place.book.rename(real)
    place.book.symlink_to(real)
    await _edit(place)
    assert await _merge(place) == Exit.DONE
    assert place.book.is_symlink()
    assert real.read_text() == MERGED
    assert read_book([real]).nothing == ("how much is it",)


async def test_invented_samples_stay_where_they_are(tmp_path):
    sample = '    [[question.answers]]\n    body = "Made up."\n    invented = true\n\n    # The first expert.\n'
    book = BOOK.replace("    # The first expert.\n", sample)
    place = make_place(tmp_path, book)
    await _edit(place)
    assert await _merge(place) == Exit.DONE
    assert place.book.read_text() == MERGED.replace("    # The first expert.\n", sample)
    async with place.serving() as house:
        assert {one.layer for one in house.desk.snapshot_of("1").questions.values()} == {Layer.BOOK}


async def test_examples_stay_the_servers_own_and_that_is_told(place, capsys):
    await _edit(place)
    async with place.serving() as house:
        await house.moderators.administer.add_example(ADA, "example", Example("is it the rent that twitches"))
    assert await _merge(place) == Exit.DONE
    assert "1 example stays that server's own" in capsys.readouterr().err
    assert read_book([place.book]).nothing == ("how much is it",)
