"""What goes through the pipes between the bot and its ranking processes: pickles, each behind its length.

Both ends are this program, on this machine, and nobody else holds an end.
"""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio import StreamReader
    from collections.abc import Iterator
    from typing import BinaryIO

_LENGTH = struct.Struct("!I")


def framed(message: object) -> bytes:
    """Give a message as it goes into a pipe."""
    packed = pickle.dumps(message)
    return _LENGTH.pack(len(packed)) + packed


async def received(pipe: StreamReader) -> Any:  # noqa: ANN401  # whatever was sent
    """Wait for the next message. Raises asyncio.IncompleteReadError where the other end is gone."""
    (length,) = _LENGTH.unpack(await pipe.readexactly(_LENGTH.size))
    return pickle.loads(await pipe.readexactly(length))  # noqa: S301  # from this very program


def messages(pipe: BinaryIO) -> Iterator[Any]:
    """Give each message as it comes, until the other end is gone."""
    while len(head := pipe.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        packed = pipe.read(length)
        if len(packed) < length:
            return
        yield pickle.loads(packed)  # noqa: S301  # from this very program
