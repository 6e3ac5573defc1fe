"""Keeps the garbage collector away from what lives long: a pass over a large book holds up every answer."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A pass over so many objects takes about 20 ms. A book of 10,000 entries has 60,000.
_FEW = 300_000


@contextmanager
def long_lived() -> Iterator[None]:
    """Make here what is to live long: the collector is off meanwhile, and passes over all of it afterwards.

    Passes over a half-read book find nothing, and take a third of the time of reading it. What is freed by counting,
    as an old book is, is freed all the same.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect() -> None:
    """Collect garbage, also among what was put out of the collector's sight, unless that is so much that it shows."""
    if gc.get_freeze_count() < _FEW:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
