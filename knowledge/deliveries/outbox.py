"""What may become of an item of the outbox when it is tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.records.outbox import Item
    from knowledge.records.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Done:
    """It is carried out, or there was nothing left to do.

    `note` is written in the very transaction that ends the item. Its channel is left alone for `rest` seconds.
    """

    note: Callable[[Transaction], Awaitable[object]] | None = None
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Later:
    """The platform told to wait for so many seconds, or something has to happen first: that is no failure."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """It went wrong in a way that may pass. It is tried again after a pause that grows with each try."""


@dataclass(frozen=True, slots=True)
class Gone:
    """It can never be carried out; `reason` is a few words for the log, with no member's words in them."""

    reason: str


Carried = Done | Later | Failed | Gone
Carry = Callable[["Item"], Awaitable[Carried]]
