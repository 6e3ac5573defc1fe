"""What lives long is out of the collector's sight, and what became garbage there is collected in the end."""

from __future__ import annotations

import gc
import sys
import weakref
from contextlib import suppress

from bot.process.memory import answering_many, collect_all, collect_recent, long_lived


class Knot:
    def __init__(self):
        self.itself = self


def test_no_pass_looks_at_what_lives_long_until_everything_is_collected():
    with long_lived():
        assert not gc.isenabled()
        knot = Knot()
    assert gc.isenabled()
    seen = weakref.ref(knot)
    del knot
    collect_recent()
    assert seen() is not None
    collect_all()
    assert seen() is None


def test_recent_garbage_does_not_begin_to_live_long():
    knot = Knot()
    seen = weakref.ref(knot)
    del knot
    collect_recent()
    with long_lived():
        assert seen() is None


def test_the_collector_is_on_again_whatever_happens():
    with suppress(ZeroDivisionError), long_lived():
        1 / 0  # noqa: B018  # it fails
    assert gc.isenabled()


def test_who_answers_many_leaves_everything_as_it_was():
    before = gc.get_threshold(), sys.getswitchinterval()
    with suppress(ZeroDivisionError), answering_many():
        assert gc.get_threshold()[0] > before[0][0]
        with long_lived():
            pass
        assert sys.getswitchinterval() < before[1]
        1 / 0  # noqa: B018  # it fails
    assert (gc.get_threshold(), sys.getswitchinterval()) == before
