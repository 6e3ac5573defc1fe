"""Read a JSON Lines knowledge file: one question, or `{"nothing": {"text": ...}}`, to a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from knowledge.content._merge_marks import unfinished_merges
from knowledge.content._raw import Piece, RawTable
from knowledge.errors import Fault
from knowledge.toml_syntax import CURLY_QUOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from knowledge.content._raw import Loc


class _Twice(ValueError):
    """A key stands twice in one object."""


def read_jsonl(file: str, text: str, known: Container[bytes] = ()) -> Iterator[RawTable | Piece | Fault]:
    """Give the tables of `text` in order, and a fault for each line that cannot be read.

    A line whose digest is `known` is not parsed: it is given as it is.
    """
    if merges := tuple(unfinished_merges(file, text)):
        yield from merges
        return
    decode = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number).decode
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        piece = Piece.of(line, number)
        if piece.digest in known:
            yield piece
            continue
        try:
            value = decode(line)
        except json.JSONDecodeError as error:
            yield Fault(file, number, _explain(error))
        except _Twice as error:
            yield Fault(file, number, str(error))
        except RecursionError:
            yield Fault(file, number, "values are nested too deeply; a bracket is probably not closed")
        except ValueError:
            yield Fault(file, number, "a number has too many digits, or is none; write it as 4.9 or 32")
        else:
            yield _table(file, piece, value)


def _lines(text: str) -> Iterator[str]:
    """Cut at line ends, one by one: a large file cut at once would hold up every other thread."""
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield text[begin:end]
        begin = end + 1
    yield text[begin:]


def _table(file: str, piece: Piece, value: object) -> RawTable | Fault:
    number = piece.line
    if not isinstance(value, dict):
        return Fault(file, number, 'this is no object; write one question as {"title": ..., "answers": [...]} a line')
    if "nothing" not in value:
        return RawTable("question", value, number, _always(number), piece=piece)
    if len(value) > 1:
        return Fault(file, number, 'a line with "nothing" holds nothing else; write {"nothing": {"text": "..."}}')
    return RawTable("nothing", value["nothing"], number, _always(number), piece=piece)


def _always(line: int) -> Callable[[Loc], int]:
    return lambda _loc: line


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Twice(f'the key "{twice}" is written twice; keep one of the two')
    return found


def _no_number(_name: str) -> NoReturn:
    raise ValueError


def _explain(error: json.JSONDecodeError) -> str:
    rest = error.doc[error.pos :]
    where = f"at column {error.colno}"
    if rest[:1] and rest[0] in CURLY_QUOTES:
        return f'curly quotes do not mark a text; write straight ones ("), {where}'
    if error.msg.startswith("Unterminated string"):
        return f'the text that opens {where} is never closed; write " at its end'
    if error.msg.startswith("Invalid control character"):
        return f"a text stands on one line; write a line end in it as \\n, {where}"
    if error.msg.startswith("Invalid \\escape"):
        return f"a backslash stands alone in a text; write two of them, {where}"
    if error.msg.startswith("Extra data"):
        return f"something stands behind the object; write one object on each line, {where}"
    return f"this is not one JSON object on one line; look at the quotes, commas and brackets {where}"
