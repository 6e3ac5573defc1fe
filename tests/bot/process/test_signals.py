"""A second signal ends the program, whatever holds it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

# More than a pipe holds, in lines that go into it whole or not at all: writing waits for a reader, also after a signal.
STUCK = """
import asyncio, logging
from bot.process.signals import end_on_signals

async def log_what_nobody_reads():
    with end_on_signals():
        print("ready", flush=True)
        while True:
            logging.error("x" * 1_000)

asyncio.run(log_what_nobody_reads())
"""


def test_a_second_signal_ends_what_waits_for_a_reader_of_its_log():
    unread, log = os.pipe()
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=log) as program:
        os.close(log)
        assert program.stdout.readline() == b"ready\n"
        try:
            assert _ended_by_signals(program) == 0
        finally:
            program.kill()
            os.close(unread)


def _ended_by_signals(program):
    """Send signals until the program ends, as a person would: one that comes just before a wait is heard after it."""
    for _ in range(60):
        program.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            return program.wait(timeout=0.5)
    return None
