"""The guide to Discord agrees with the bot. That its permissions are enough is tried in `test_process_start`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import discord
from PIL import Image

from bot.config import Config

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "discord.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))


def table(heading):
    rows = GUIDE.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


def test_the_invitation_asks_for_the_permissions_that_are_explained():
    number = int(re.search(r"permissions=(\d+)", GUIDE)[1])
    asked_for = {name for name, given in discord.Permissions(number) if given}
    explained = {name.lower().replace(" ", "_") for name in table("permission")}
    # Discord's own name for it, and the library's.
    assert {name.replace("view_channels", "read_messages") for name in explained} == asked_for


def test_its_settings_are_settings():
    watching, rest = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert Config.model_validate(tomllib.loads(watching.replace("\n   ", "\n"))).discord.message_content
    assert Config.model_validate(tomllib.loads(rest)).discord.staff_channels


def test_what_it_may_say_is_what_it_says():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    for said in table("it says"):
        assert said in code


def test_the_pictures_are_there_small_and_as_wide_as_a_phone():
    replies = {f"{name}-{screen}" for name in ("answer", "choices", "emergency") for screen in ("wide", "phone")}
    assert {picture.stem for picture in PICTURES} >= replies
    for picture in PICTURES:
        assert picture.stat().st_size < 300_000
        with Image.open(picture) as image:
            assert image.width == 780 or "phone" not in picture.stem
