"""A ranking process: reads a book from its input, then texts, and writes what it finds to its output.

It ends when its input does, so that it never outlives the bot, and is deaf to the signals that end the bot: what is
asked until then is still ranked.
"""

from __future__ import annotations

import signal
import sys
from itertools import chain
from typing import TYPE_CHECKING

from bot.process.memory import long_lived
from bot.ranking.frames import framed, messages
from knowledge.matching.data import load_matching_data
from knowledge.matching.remote import RemoteRanker

if TYPE_CHECKING:
    from typing import BinaryIO

    from knowledge.matching.remote import RemoteRanking


def main() -> None:
    """Rank until the input ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(asked: BinaryIO, found: BinaryIO) -> None:
    """Take in parts of a book up to an empty one, say None, and then answer each text with its number."""
    incoming = messages(asked)
    with long_lived():
        ranker = RemoteRanker(tuple(chain.from_iterable(iter(lambda: next(incoming, ()), ()))), load_matching_data())
    _write(found, None)
    for number, text, layers in incoming:
        _write(found, (number, _ranked(ranker, text, layers)))


def _ranked(ranker: RemoteRanker, text: str, layers: bytes) -> RemoteRanking | None:
    try:
        return ranker.rank(text, layers)
    except Exception:  # noqa: BLE001  # the bot ranks this text itself, and tells of the crash where it logs
        return None


def _write(pipe: BinaryIO, message: object) -> None:
    pipe.write(framed(message))
    pipe.flush()


if __name__ == "__main__":
    main()
