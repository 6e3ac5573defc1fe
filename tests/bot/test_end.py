"""A second signal ends the program, whatever holds it."""

import os
import signal
import subprocess
import sys

# More than a pipe holds, so that writing it waits for a reader.
STUCK = """
import asyncio, logging
from bot._end import end_on_signals

async def log_what_nobody_reads():
    with end_on_signals():
        print("ready", flush=True)
        logging.error("x" * 10_000_000)

asyncio.run(log_what_nobody_reads())
"""


def test_a_second_signal_ends_what_waits_for_a_reader_of_its_log():
    unread, log = os.pipe()
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, stderr=log) as program:
        os.close(log)
        assert program.stdout.readline() == b"ready\n"
        # Two of one kind may arrive as one.
        program.send_signal(signal.SIGTERM)
        program.send_signal(signal.SIGINT)
        try:
            assert program.wait(timeout=30) == 0
        finally:
            program.kill()
            os.close(unread)
