"""`doctor` without Discord: what it tells, and with which exit code."""

from __future__ import annotations

import pytest

from bot.cli.exits import Exit


@pytest.fixture(autouse=True)
def no_token(monkeypatch):
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_faulty_settings_are_told_before_anything_is_looked_at(run, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text("[answers]\nanswer_at = 7\n", "utf-8")
    ended = run("--config", str(file), "doctor")
    assert (ended.code, ended.out) == (Exit.USAGE, "")
    assert "answer_at" in ended.err


def test_without_a_token_it_tells_all_the_rest(run):
    ended = run("doctor")
    told = ended.out.splitlines()
    assert ended.code == Exit.CANNOT_RUN
    assert [line[:4] for line in told] == ["good"] * 6 + ["bad ", "1 ba"]
    assert "makes none by itself" in told[5]
    assert "DISCORD_TOKEN" in told[6]
