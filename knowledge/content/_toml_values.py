"""Values as TOML writes them, so that reading gives them back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from knowledge.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST_WIDTH = 100
# What TOML refuses in a text; line ends and tabs may stand in a long one as they are.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Three quotes would close a long text, and quotes at its end would be taken for its closing ones.
_CLOSING_QUOTES = re.compile(r'"{3,}|"+\Z')


def toml_value(value: object) -> str:
    """Write a text, number, date, list of texts or Source as the right side of `key = ...`."""
    if isinstance(value, str):
        return _text(value) if "\n" not in value else long_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Source):
        return f"{{ file = {_text(value.file)}, sha256 = {_text(value.sha256)} }}"
    if isinstance(value, tuple):
        return _texts(value)
    return repr(value)


def long_text(text: str) -> str:
    r"""Write a text between triple quotes on lines of its own, unindented: indentation would become part of it."""
    body = _CONTROL.sub(_escape, text.replace("\\", "\\\\"))
    body = _CLOSING_QUOTES.sub(lambda quotes: '\\"' * len(quotes[0]), body)
    return f'"""\n{body}\n"""'


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_CONTROL.sub(_escape, escaped)}"'


def _texts(texts: Sequence[str]) -> str:
    written = [_text(text) for text in texts]
    line = f"[{', '.join(written)}]"
    return line if len(line) <= _LIST_WIDTH else "[\n" + "".join(f"    {text},\n" for text in written) + "]"


def _escape(control: re.Match[str]) -> str:
    return f"\\u{ord(control[0]):04X}"
