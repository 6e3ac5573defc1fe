"""Keeps the garbage collector away from what lives long: a pass over a large book holds up every answer."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


# How long, in seconds, one thread computes while another waits for its turn. A question asked while a book is indexed
# beside it gives its turn away some twenty times.
_TURN, _SHORT_TURN = 0.005, 0.001


@contextmanager
def long_lived() -> Iterator[None]:
    """Make here, in any thread, what is to live long: the collector is off meanwhile, and passes over it afterwards.

    Passes over a half-read book find nothing, and take a third of the time of reading it. What is freed by counting,
    as an old book is, is freed all the same. Other threads get their turn sooner meanwhile.
    """
    gc.disable()
    sys.setswitchinterval(_SHORT_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(_TURN)
        gc.freeze()
        gc.enable()


def collect_recent() -> None:
    """Collect what became garbage since something was last made to live long, so that it does not do so too."""
    gc.collect()


def collect_all() -> None:
    """Collect garbage everywhere. This may hold up everything for a tenth of a second: once a day is often enough."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
