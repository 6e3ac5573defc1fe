"""What holds before any word is read."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

# A word that is told to end before it listens by itself.
STOPPED_EARLY = """
import os, runpy, signal, sys, time, types
own = os.getpid()
os.getpid = lambda: {number}
def main():
    os.kill(own, signal.SIGTERM)
    time.sleep(60)
sys.modules["bot.cli.app"] = types.SimpleNamespace(main=main)
runpy.run_module("bot", run_name="__main__")
"""


@pytest.mark.parametrize(("number", "code"), [("1", 128 + signal.SIGTERM), ("own", -signal.SIGTERM)])
def test_the_first_process_of_a_container_ends_like_any_other_when_stopped_while_it_loads(number, code):
    ended = subprocess.run([sys.executable, "-c", STOPPED_EARLY.format(number=number)], check=False, timeout=30)
    assert ended.returncode == code
