"""Make one `[[question]]` block say something else, changing no byte of what it goes on saying."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from knowledge.content._statements import ANSWERS, QUESTION, comments_of, tables_of
from knowledge.content._toml_values import long_text, toml_value
from knowledge.content.ids import id_from_title
from knowledge.content.writing import answer_lines, said_by, write_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.content._statements import Statement, Table
    from knowledge.model import Answer, Question


class Splice(NamedTuple):
    """Put `text` in place of what stands between two offsets of a block."""

    start: int
    stop: int
    text: str


def key_by_key(block: str, old: Question, new: Question) -> list[Splice] | None:
    """Change the keys that differ, each where it stands; None where the block is laid out so that this cannot be.

    Comments stay where they are. Line ends in `block` are plain; it says `old`.
    """
    tables = tables_of(block)
    question, answers = tables[0], [table for table in tables if table.name == ANSWERS]
    plain = all(statement.key for table in (question, *answers) for statement in table.statements)
    if question.name != QUESTION or not plain or len(answers) != len(old.answers):
        return None
    splices = []
    if "id" not in question.keys and id_from_title(new.title) != new.id:
        splices.append(_after(block, question.head, f"id = {toml_value(new.id)}\n"))
    splices += _keys(block, question, old, new)
    matcher = SequenceMatcher(None, old.answers, new.answers, autojunk=False)
    for told, i, j, k, m in matcher.get_opcodes():
        if told != "equal":
            before = answers[i - 1] if i else question
            splices += _answers(block, before, answers[i:j], old.answers[i:j], new.answers[k:m])
    return splices


def whole(block: str, new: Question) -> list[Splice]:
    """Write the entry anew from its head to its last answer, its comments gathered under the head."""
    tables = tables_of(block)
    own = [table for table in tables if not table.name.startswith("[[nothing")]
    stop = own[-1].last.stop
    head, _, rest = write_toml([new]).partition("\n")
    comments = "".join(f"{comment}\n" for comment in comments_of(block, 0, stop))
    text = f"{head}\n{comments}{rest}"
    return [Splice(tables[0].head.start, stop, text if block[:stop].endswith("\n") else text.rstrip("\n"))]


def applied(block: str, splices: Sequence[Splice]) -> str:
    """Give the block with the splices carried out; those for one place stand there in their order."""
    for splice in reversed(sorted(splices, key=lambda splice: splice.start)):  # noqa: C413  # keeps equal ones in order
        block = block[: splice.start] + splice.text + block[splice.stop :]
    return block


def _answers(
    block: str, before: Table, tables: Sequence[Table], old: Sequence[Answer], new: Sequence[Answer]
) -> Iterator[Splice]:
    """Turn the answers `old`, which stand in `tables`, into `new`; those that have no place go after `before`."""
    added = []
    for table, was, now in zip_longest(tables, old, new):
        if was is None:
            added.append("\n" + "".join(f"{line}\n" for line in answer_lines(now)))
        elif now is None:
            comments = comments_of(block, table.head.start, table.last.stop)
            kept = "".join(f"{_indent(block, table.head)}{comment}\n" for comment in comments)
            yield Splice(table.head.start, table.last.stop, kept)
        else:
            yield from _keys(block, table, was, now)
    if added:
        yield _after(block, (tables[-1] if tables else before).last, "".join(added))


def _keys(block: str, table: Table, old: Question | Answer, new: Question | Answer) -> Iterator[Splice]:
    was, now, stands = said_by(old), said_by(new), table.keys
    added = []
    for key in (*now, *(key for key in was if key not in now)):
        if was.get(key) == now.get(key):
            continue
        if key not in stands:
            added.append(f"{_indent(block, table.last)}{key} = {_written(key, now[key])}\n")
            continue
        statement = stands[key]
        inside = "".join(f"{_indent(block, statement)}{comment}\n" for comment in statement.inside)
        if key in now:
            value = Splice(statement.value, statement.said, _written(key, now[key], block[statement.value :]))
            yield from [value, Splice(statement.start, statement.start, inside)] if inside else [value]
        else:
            comment = f"{_indent(block, statement)}{statement.comment}\n" if statement.comment else ""
            yield Splice(statement.start, statement.stop, inside + comment)
    if added:
        yield _after(block, table.last, "".join(added))


def _written(key: str, value: object, before: str = '"""') -> str:
    """Write a value; a body as a long text unless it stood on one line `before` and can go on doing so."""
    on_one_line = not before.startswith(('"""', "'''"))
    if key == "body" and isinstance(value, str) and not on_one_line:
        return long_text(value)
    return toml_value(value)


def _after(block: str, statement: Statement, text: str) -> Splice:
    """Put lines after a statement, which may be the last of a file without a last line end."""
    if block[: statement.stop].endswith("\n"):
        return Splice(statement.stop, statement.stop, text)
    return Splice(statement.stop, statement.stop, "\n" + text.removesuffix("\n"))


def _indent(block: str, statement: Statement) -> str:
    line = block[statement.start : statement.stop]
    return line[: len(line) - len(line.lstrip(" \t"))]
