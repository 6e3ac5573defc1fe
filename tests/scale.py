"""How often slow tests repeat what they try."""

from __future__ import annotations

import os


def scaled(full: int) -> int:
    """Give a tenth of `full`, or all of it where the environment says `FULL_SCALE=1`."""
    return full if os.environ.get("FULL_SCALE") == "1" else full // 10
