"""`/knowledge export`: a server's admins get everything that is theirs as a file, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from bot.discord.client import build_client
from cogs._moderation.exporting import NOTHING_OWN
from knowledge.content.book import read_book_text
from knowledge.content.canonical import content_hash
from knowledge.curation.settings import ReviewMode
from knowledge.moderation.workplace import ONLY_ADMINS, ONLY_IN_A_SERVER
from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED
from tests.cogs.followed import Files
from tests.cogs.moderation.doing import FORM, add, added, all_shown, choose, last
from tests.cogs.moderation.test_permissions import use


@pytest.fixture
def build(desk, settings, watched, storage, tmp_path):
    followed = Files(tmp_path / "book.toml").watch
    return lambda: build_client(desk, settings, watched=watched, backend=storage, followed=followed)


async def exported(house, who=None, channel=None, **options):
    """Use the command; give what was said, and the files that came, by name."""
    told = await (who or house.ada).slash(channel or house.channel, "knowledge export", **options)
    attached = [file for message in (told.response, *told.followups) if message for file in message.attachments]
    files = {}
    for file in attached:
        with zipfile.ZipFile(io.BytesIO(house.env.backend.cdn.get(file.url))) as archive:
            files |= {name: archive.read(name).decode() for name in archive.namelist()}
    return all_shown(told), files


@pytest.mark.parametrize(("written", "ending"), [("TOML", "toml"), ("JSON Lines", "jsonl")])
async def test_what_comes_out_loads_again_to_the_same_content(house, storage, written, ending):
    await added(house)
    said, files = await exported(house, format=written)
    assert said.endswith(NOTICE)
    assert files.keys() == {f"answers.{ending}", "server.jsonl"}
    (read,) = read_book_text(f"answers.{ending}", files[f"answers.{ending}"]).questions
    (kept,) = [entry for entry in storage.moderators.servers.layer(house.id).entries.values() if entry.live]
    assert (read.id, content_hash(read)) == (kept.id, kept.live.content_hash)


async def test_drafts_settings_examples_and_history_come_along(house):
    await choose(house, review=ReviewMode.ALL)
    done = await add(house)
    await house.max.click(last(done), label="Save")
    await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="Wrong.")
    said, files = await exported(house, history=True)
    assert said.startswith(NOTHING_OWN)
    assert FORM["body"] in files["answers-waiting.toml"]
    told = json.loads(files["server.jsonl"])
    assert (told["server"], told["withdrawn"], told["chosen"]) == (house.id, [SEED.id], {"review": "all"})
    lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
    assert {line["server"] for line in lines} == {house.id}
    assert {line["action"] for line in lines} == {"add", "withdraw"}


async def test_nothing_of_another_server_comes_out(house):
    await added(house)
    _, files = await exported(house, house.eve, house.elsewhere, history=True)
    assert FORM["body"] not in "".join(files.values())
    assert house.id not in "".join(files.values())


async def test_only_admins_get_it(house):
    await added(house)
    for who, channel in ((house.max, house.channel), (house.ann, house.channel)):
        assert all_shown(await use(house, who, channel, "knowledge export", {})) == ONLY_ADMINS
    dan = house.env.create_user("dan")
    await dan.send_dm("hello")
    assert all_shown(await use(house, dan, dan.dm_channel, "knowledge export", {})) == ONLY_IN_A_SERVER


async def test_what_is_too_large_is_told(house, monkeypatch):
    await added(house)
    monkeypatch.setattr("cogs._moderation.exporting._packed", lambda _: bytes(30 * 2**20))
    said, files = await exported(house)
    assert said.startswith("The file has 30,721 KB, and Discord takes 25,600 KB here.")
    assert files == {}
