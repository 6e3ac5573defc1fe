"""Keeps garbage collection, and threads that compute, from holding up answers."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


# How long, in seconds, one thread computes while another waits for its turn. Each statement of a commit waits for one,
# behind the event loop; and a question asked while a book is indexed beside it gives its turn away some twenty times.
_TURN = 0.0005
# After so many new objects they are looked at, and after so many looks all that is not set apart as long-lived is: an
# answer leaves some hundred objects behind for a while, and a look at everything takes milliseconds.
_NEW_OBJECTS, _LOOKS, _WIDER_LOOKS = 3_000, 20, 80


@contextmanager
def answering_many() -> Iterator[None]:
    """Give threads their turn soon, and collect garbage seldom, until this is left: for a program that serves many."""
    turn, collecting = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(_TURN)
    gc.set_threshold(_NEW_OBJECTS, _LOOKS, _WIDER_LOOKS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        gc.set_threshold(*collecting)


@contextmanager
def long_lived() -> Iterator[None]:
    """Make here, in any thread, what is to live long: the collector is off meanwhile, and passes over it afterwards.

    Passes over a half-read book find nothing, and take a third of the time of reading it. What is freed by counting,
    as an old book is, is freed all the same. Other threads get their turn sooner meanwhile.
    """
    turn = sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
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
