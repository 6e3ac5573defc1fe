"""CI runs with the versions that `constraints.txt` pins, and with the lowest that the project allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]


def required():
    """Give what the bot runs on, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return {one.name: one for one in map(Requirement, project["dependencies"] + extras["charts"] + extras["metrics"])}


def pinned(name):
    """Give the versions that a file of pins names, each as often as it does for one platform or another."""
    found: dict[str, set[Version]] = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            one = Requirement(line)
            found.setdefault(canonical(one.name), set()).update(Version(part.version) for part in one.specifier)
    return found


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lowest_versions_are_those_that_the_project_allows():
    allowed = {
        canonical(name): {Version(part.version) for part in one.specifier if part.operator == ">="}
        for name, one in required().items()
    }
    assert pinned("requirements-lowest.txt") == allowed


def test_every_pinned_version_is_allowed():
    kept = pinned("constraints.txt")
    for name, one in required().items():
        assert all(one.specifier.contains(version) for version in kept[canonical(name)]), name


def test_ci_runs_with_both():
    path = ROOT / ".ci" / "run"
    if not path.exists():
        pytest.skip("CI's script is no part of a source distribution")
    script = path.read_text("utf-8")
    assert "install -q -c constraints.txt" in script
    assert "install -q -r requirements-lowest.txt" in script
