"""The token comes from the environment or a file, and from nowhere else."""

from __future__ import annotations

import pytest

from bot.discord.credentials import discord_token
from knowledge.errors import CannotRun


def test_the_environment_comes_first(tmp_path):
    file = tmp_path / "token"
    file.write_text("from-file\n")
    assert discord_token({"DISCORD_TOKEN": " direct ", "DISCORD_TOKEN_FILE": str(file)}) == "direct"
    assert discord_token({"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(file)}) == "from-file"


def test_without_a_token_it_says_where_to_put_one():
    with pytest.raises(CannotRun, match="DISCORD_TOKEN_FILE"):
        discord_token({})


@pytest.mark.parametrize("content", [None, b"", b"  \n", b"\xff\xfe\x00"])
def test_a_file_without_a_token_is_refused_without_showing_its_content(tmp_path, content):
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotRun, match="The file named by DISCORD_TOKEN_FILE"):
        discord_token({"DISCORD_TOKEN_FILE": str(file)})
