"""The bot as a process on the fake Discord, with faults in every part around it."""

from __future__ import annotations

from tests.wire.conftest import clinic, fake

__all__ = ["clinic", "fake"]
