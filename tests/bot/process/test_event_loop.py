"""Which event loop serves: the faster one where it is installed."""

from __future__ import annotations

import asyncio
import sys

import pytest

from bot.process.event_loop import run


async def loop_module() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_without_the_extra_it_is_pythons_own(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert run(loop_module()) == "asyncio"


def test_with_the_extra_it_is_the_faster_one():
    pytest.importorskip("uvloop")
    assert run(loop_module()) == "uvloop"
