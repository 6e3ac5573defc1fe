"""Group commit: small changes that come at the same time share one transaction, and so one way to the disk.

To have the disk acknowledge a commit takes milliseconds, and each way to the connection's thread and back a tenth of
one. So they are carried out one after the other on that thread in one go, each whole or not at all, and acknowledged
together once the commit is on the disk. (The term is PostgreSQL's: postgresql.org/docs/current/wal-configuration.html)

Each statement also gives the interpreter's lock away and waits for it again, behind all that the program computes
meanwhile. So changes of one kind can be joined: a statement for all of them instead of one for each.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from knowledge.records.faults import disk_trouble
from knowledge.records.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from typing import TypeAlias

    from knowledge.records.transaction import Value

    Change = Callable[[Transaction], Coroutine[Any, Any, Any]]
    AnyChange: TypeAlias = "Change | Joined[Any, Any]"

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Joined(Generic[Item, Result]):
    """A change that is carried out together with the others of its kind: those with an equal `carry_out`.

    `carry_out` is given the items of all of them, and gives what came of each, in order.
    """

    carry_out: Callable[[Transaction, Sequence[Item]], Coroutine[Any, Any, Sequence[Result]]]
    item: Item


class _Undivided(Transaction):
    """A transaction on the thread of its connection: its statements give way to no other task."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._on_thread = connection
        self.topics = set()

    async def read(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        return self._on_thread.execute(sql, values).fetchall()

    async def execute(self, sql: str, *values: Value) -> int:
        return self._on_thread.execute(sql, values).rowcount

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        self._on_thread.executemany(sql, rows)


@dataclass(frozen=True, slots=True)
class ChangeOutcome:
    """What became of one change: what it gave, or what it raised, and the topics that it announced."""

    given: Any = None
    error: Exception | None = None
    topics: frozenset[str] = frozenset()


def commit_together(connection: sqlite3.Connection, changes: Sequence[AnyChange]) -> list[ChangeOutcome]:
    """Carry out `changes` in one transaction, in the thread of `connection`; give what became of each, in order.

    Those that are joined are carried out where the first of their kind stands. Where the disk or another program is in
    the way, none is kept. Where one raises something else, all are carried out anew, each by itself, so that it takes
    no other along.
    """
    try:
        return _committed(connection, changes)
    except Exception as error:  # noqa: BLE001  # told to those who wait
        if len(changes) == 1 or (isinstance(error, sqlite3.Error) and disk_trouble(error)):
            return [ChangeOutcome(error=error)] * len(changes)
    return [outcome for change in changes for outcome in commit_together(connection, [change])]


def _committed(connection: sqlite3.Connection, changes: Sequence[AnyChange]) -> list[ChangeOutcome]:
    if connection.in_transaction:
        connection.rollback()
    # Not deferred: a transaction that first reads and then writes would fail at once after a foreign commit.
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = dict(
            outcome for places in _by_kind(changes) for outcome in _carried_out(connection, changes, places)
        )
        connection.execute("COMMIT")
    except BaseException:
        # The first error is the one to tell; a rollback that fails as well is made up for by the next write.
        with suppress(sqlite3.Error):
            connection.rollback()
        raise
    return [outcomes[place] for place in range(len(changes))]


def _by_kind(changes: Sequence[AnyChange]) -> Iterable[list[int]]:
    """Give the places of the changes that are carried out at once."""
    kinds: dict[object, list[int]] = {}
    for place, change in enumerate(changes):
        kinds.setdefault(change.carry_out if isinstance(change, Joined) else place, []).append(place)
    return kinds.values()


def _carried_out(
    connection: sqlite3.Connection, changes: Sequence[AnyChange], places: Sequence[int]
) -> Iterable[tuple[int, ChangeOutcome]]:
    transaction = _Undivided(connection)
    first = changes[places[0]]
    if isinstance(first, Joined):
        items = [one.item for place in places if isinstance(one := changes[place], Joined)]
        given = _ended(first.carry_out(transaction, items))
    else:
        given = [_ended(first(transaction))]
    topics = frozenset(transaction.topics)
    return [(place, ChangeOutcome(one, topics=topics)) for place, one in zip(places, given, strict=True)]


def _ended(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine that never waits to its end."""
    try:
        work.send(None)
    except StopIteration as end:
        result: Result = end.value
        return result
    work.close()
    raise AssertionError("a change that shares its transaction awaits nothing else")
