"""What operators install agrees with the program: the board, the container, the unit, the pages."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
import typer.main
import yaml

from bot.cli.app import app
from bot.config import Config
from bot.health.metrics import exposition
from knowledge.records import migrations
from tests.bot.health.test_vitals import WELL

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs/operations"


def metrics():
    text = exposition(WELL).decode()
    return set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)) | set(re.findall(r"^(\w+)", text, re.MULTILINE))


def test_the_board_names_metrics_that_exist_and_every_one_of_ours():
    board = json.loads((PAGES / "grafana.json").read_text("utf-8"))
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\b(?:second_opinion|process)_\w+", target["expr"])
    }
    assert asked <= metrics()
    ours = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in metrics() if name.startswith("second_opinion")}
    shown = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in asked}
    assert ours - shown == {
        f"second_opinion_{name}" for name in ("build_info", "uptime_seconds", "book_loaded_timestamp_seconds")
    }
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_page_on_watching_names_metrics_that_exist():
    named = set(re.findall(r"second_opinion_\w+", (PAGES / "watch.md").read_text("utf-8")))
    assert named
    assert named <= metrics()


DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["bot"]
UNIT = PAGES / "second-opinion.service"
WORDS = set(typer.main.get_command(app).commands)


def instructions():
    """Give the instructions of each stage: name and what follows."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    stages = re.split(r"^FROM .*$", joined, flags=re.MULTILINE)[1:]
    return [[tuple(line.split(" ", 1)) for line in stage.split("\n") if line] for stage in stages]


def given(stage, name):
    return [rest for instruction, rest in stage if instruction == name]


def test_the_container_runs_the_program_itself_without_privileges():
    _, stage = instructions()
    (command,), (entry,), (user,) = (given(stage, name) for name in ("CMD", "ENTRYPOINT", "USER"))
    program = json.loads(entry)  # the exec form: no shell swallows SIGTERM
    assert program == ["python", "-m", "bot"]
    assert set(json.loads(command)) <= WORDS
    assert int(user) > 0
    assert f'"--uid", "{user}", "--user-group"' in DOCKERFILE
    assert f'"--owner={user}", "--group={user}"' in DOCKERFILE
    (check,) = given(stage, "HEALTHCHECK")
    assert json.loads(check.partition("CMD ")[2])[:3] == program
    assert json.loads(check.partition("CMD ")[2])[3] in WORDS
    (volume,), (folder,) = given(stage, "VOLUME"), given(stage, "WORKDIR")
    assert json.loads(volume) == [folder]


def test_the_image_is_made_of_what_is_there_and_nothing_else():
    build, stage = instructions()
    sources = [source for rest in given(build, "COPY") for source in shlex.split(rest)[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    lines = (ROOT / ".dockerignore").read_text().split("\n")
    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == set(sources)
    assert all(rest.startswith("--from=build") for rest in given(stage, "COPY"))


def test_the_image_gets_what_the_program_depends_on(tmp_path):
    build, _ = instructions()
    (listing,) = (rest for rest in given(build, "RUN") if rest.endswith("> requirements.txt"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-c", listing], check=True, cwd=tmp_path, env={**os.environ, "PATH": path})
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["charts"], *extras["metrics"]]
    assert (tmp_path / "requirements.txt").read_text().splitlines() == wanted
    packages, program = (json.loads(rest) for rest in given(build, "RUN") if rest.startswith("["))
    assert packages[-2:] == ["-r", "requirements.txt"]
    assert program[-2:] == ["--no-deps", "."]


def test_no_secret_is_in_the_image_or_its_environment():
    assert "TOKEN" not in DOCKERFILE
    assert set(COMPOSE["environment"]) == {"DISCORD_TOKEN_FILE"}
    assert COMPOSE["environment"]["DISCORD_TOKEN_FILE"] == f"/run/secrets/{COMPOSE['secrets'][0]}"
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/my-bot/", "/discord-token.txt"} <= set(ignored)


def test_the_service_keeps_one_volume_and_gives_all_privileges_up():
    (volume,) = COMPOSE["volumes"]
    assert volume.partition(":")[2] == given(instructions()[1], "WORKDIR")[0]
    assert (COMPOSE["read_only"], COMPOSE["cap_drop"], COMPOSE["security_opt"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
    )
    assert COMPOSE["restart"] == "unless-stopped"
    assert "ports" not in COMPOSE


def unit():
    lines = [line for line in UNIT.read_text("utf-8").split("\n") if "=" in line and not line.startswith("#")]
    return [tuple(line.split("=", 1)) for line in lines]


def test_the_unit_starts_the_program_with_its_token_as_a_credential():
    values = dict(unit())
    python, *words = values["ExecStart"].split()
    assert python.startswith("/")
    assert words[:3] == ["-m", "bot", "--config"]
    assert words[-1] in WORDS
    name, _, file = values["LoadCredential"].partition(":")
    assert f"DISCORD_TOKEN_FILE=%d/{name}" in values["Environment"]
    assert file in (PAGES / "install.md").read_text("utf-8")
    assert (values["Type"], values["Restart"], values["NoNewPrivileges"]) == ("notify", "on-failure", "yes")
    assert values["StartLimitIntervalSec"] == "0", "it would give up while Discord is away for minutes"
    assert values["User"] not in {"", "root"}
    assert int(values["WatchdogSec"]) >= 30


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed here")
def test_systemd_finds_no_fault_with_the_unit_and_little_exposed(tmp_path):
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text("utf-8").replace("/opt/second-opinion/.venv/bin/python", sys.executable), "utf-8")
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    verified = subprocess.run(
        ["systemd-analyze", "verify", here], check=False, capture_output=True, text=True, env=environment
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", here], check=False, capture_output=True
    )
    assert rated.returncode == 0, rated.stdout


def test_every_table_is_told_in_the_page_on_security_and_no_other():
    with closing(sqlite3.connect(":memory:")) as made:
        for step in migrations.read_steps():
            made.executescript(step.sql)
        names = made.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        tables = {name for (name,) in names}
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == tables


def test_the_pages_for_operators_name_settings_that_exist():
    known = {
        f"[{section}] {key}" for section, field in Config.model_fields.items() for key in field.annotation.model_fields
    }
    pages = "".join(page.read_text("utf-8") for page in [*PAGES.glob("*.md"), ROOT / "SECURITY.md"])
    named = {" ".join(name.split()) for name in re.findall(r"`(\[[a-z]+\]\s[a-z_]+)", pages)}
    assert named
    assert named <= known


def test_how_long_deleted_words_live_on_is_what_the_defaults_make_of_it():
    backup = Config().backup
    days = backup.keep * backup.every_hours // 24
    for page in (ROOT / "SECURITY.md", PAGES / "backup.md", ROOT / "docs/storage.md"):
        assert f"{days} days" in page.read_text("utf-8"), page


def test_the_audit_can_only_tell():
    script = (ROOT / ".ci/audit").read_text()
    assert script.rstrip().endswith("exit 0")
    assert script.count("timeout ") == 2
    assert ".ci/audit" in (ROOT / ".ci/run").read_text()
