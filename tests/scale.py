"""How often tests repeat what they try, and how long that may take."""

from __future__ import annotations

import os

from hypothesis import settings

_WHOLE = 100  # examples of a property that names no number, in Hypothesis and in the profile `thorough`
_FEWEST = 5
# A machine of CI may have two cores, and others on it: figures are held at full scale, on one that is idle.
_PATIENCE = 10
# How many seconds to wait for what has to happen: no figure, only the end of a test that would hang.
LONG = 100.0


def scaled(full: int, share: int = 10) -> int:
    """Give a tenth of `full`, or one in `share`, or all of it where the environment says `FULL_SCALE=1`."""
    return full if _full_scale() else full // share


def seconds(full: float) -> float:
    """Give how long something may take: `full` seconds where `FULL_SCALE=1`, else with patience for a slow machine."""
    return full if _full_scale() else full * _PATIENCE


def examples(full: int) -> int:
    """Give how many examples to try of a property that deserves `full`: the share that the loaded profile allows."""
    return max(_FEWEST, full * settings().max_examples // _WHOLE)


def _full_scale() -> bool:
    return os.environ.get("FULL_SCALE") == "1"
