"""The tests. What they compile is kept, also where a machine is told to keep no compiled files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    # Beside pytest's own cache: to compile every test anew in each worker, and the bot in each process that a test
    # starts, would take a quarter of the suite's time.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
