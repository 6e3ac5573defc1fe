"""A settings file in, a frozen Config out, or every fault at once with the line it stands on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.config.faults import KEEP_IT_OUT, describe, secret_keys, token_lines
from bot.config.sections import Config
from knowledge import toml_syntax
from knowledge.errors import Fault, SettingsFaults
from knowledge.toml_lines import TomlLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEFAULT_FILE = Path("config.toml")
_NOT_CLOSED = "a text or a list is never closed; look at the quotes and brackets"
# What the parser says of a section's head, and what to do about it.
_SECTIONS = (
    ("Expected ']", "the name of a section is not closed; write it as [answers]"),
    ("Cannot declare", "this section stands there twice; write all of it under one"),
)


def load_config(path: Path | None = None) -> Config:
    """Read the settings at `path`; without one, `config.toml` in the working directory if it is there, else defaults.

    Paths in it are relative to its folder. Raises `SettingsFaults` with everything that is wrong.
    """
    if path is None:
        if _is_missing(DEFAULT_FILE):
            return Config()
        path = DEFAULT_FILE
    text = _read(path)
    lines = TomlLines(text)
    faults = dict.fromkeys(token_lines(text), KEEP_IT_OUT)
    data = _parse(path, text, faults)
    for place in secret_keys(data):
        faults.setdefault(lines.line(place), KEEP_IT_OUT)
    try:
        config = Config.model_validate(data, context={"folder": path.parent})
    except ValidationError as wrong:
        errors = [(lines.line(error["loc"]), describe(error, Config)) for error in wrong.errors()]
        told = [(line, message) for line, message in errors if line not in faults]
        raise _all_faults(path, [*faults.items(), *told]) from None
    if faults:
        raise _all_faults(path, faults.items())
    return config


def _is_missing(path: Path) -> bool:
    """Whether there is no such file. One in a folder that may not be read may be there: reading it tells why not."""
    try:
        path.stat()
    except OSError as error:
        return isinstance(error, FileNotFoundError)
    return False


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise _all_faults(path, [(0, "there is no such file; `python -m bot init` makes one")]) from None
    except OSError as error:
        raise _all_faults(path, [(0, f"the file cannot be read ({error.strerror}); name a file that can")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _all_faults(path, [(line, "the file is not UTF-8 text; save it as UTF-8")]) from None


def _parse(path: Path, text: str, faults: Mapping[int, str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as broken:
        told, line, column = toml_syntax.place(str(broken))
        message, line = _NOT_CLOSED, line or 0
        if line:
            known = (ours for begin, ours in _SECTIONS if told.startswith(begin))
            message = next(known, "") or toml_syntax.explain(told, text.split("\n")[line - 1], column)
        secrets = [(number, told) for number, told in faults.items() if number != line]
        raise _all_faults(path, [*secrets, (line, faults.get(line, message))]) from None


def _all_faults(path: Path, told: Iterable[tuple[int, str]]) -> SettingsFaults:
    return SettingsFaults([Fault(str(path), line, message) for line, message in sorted(told)])
