"""How often tests repeat what they try."""

from __future__ import annotations

import os

from hypothesis import settings

_WHOLE = 100  # examples of a property that names no number, in Hypothesis and in the profile `thorough`
_FEWEST = 5


def scaled(full: int) -> int:
    """Give a tenth of `full`, or all of it where the environment says `FULL_SCALE=1`."""
    return full if os.environ.get("FULL_SCALE") == "1" else full // 10


def examples(full: int) -> int:
    """Give how many examples to try of a property that deserves `full`: the share that the loaded profile allows."""
    return max(_FEWEST, full * settings().max_examples // _WHOLE)
