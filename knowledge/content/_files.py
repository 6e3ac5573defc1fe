"""Which files a knowledge path stands for, and their text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDINGS = (".toml", ".jsonl")
SIZE_LIMIT = 100_000_000
_BYTE_ORDER_MARKS_16 = (b"\xff\xfe", b"\xfe\xff")


def files_of(paths: Iterable[Path]) -> Iterator[Path | Fault]:
    """Give every knowledge file that `paths` stand for, each once: files as they are, folders searched and sorted.

    Hidden files and folders are left out: editors and mounted configuration keep their own copies there.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _files_of(path):
            if isinstance(found, Path):
                if found.resolve() in seen:
                    continue
                seen.add(found.resolve())
            yield found


def read_text(path: Path) -> str | Fault:
    """Give the text of a knowledge file without its byte-order mark, or why it cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Fault(str(path), 0, "this is no ordinary file; give a .toml or .jsonl file, or a folder of them")
        if status.st_size > SIZE_LIMIT:
            limit = SIZE_LIMIT // 1_000_000
            return Fault(str(path), 0, f"the file is larger than {limit} MB; split it into several in one folder")
        data = path.read_bytes()
    except OSError as error:
        return Fault(str(path), 0, f"the file cannot be read ({_reason(error)}); check its name and its rights")
    if data.startswith(_BYTE_ORDER_MARKS_16):
        return Fault(str(path), 1, "the file is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(str(path), line, f"the byte {data[error.start]:#04x} here is not UTF-8; save the file as UTF-8")


def _files_of(path: Path) -> Iterator[Path | Fault]:
    if not path.is_dir():
        if path.suffix.lower() not in ENDINGS:
            yield Fault(str(path), 0, "a knowledge file ends in .toml or .jsonl; rename it, or give another")
        else:
            yield path
        return
    unreadable: list[OSError] = []
    found: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in names if name.lower().endswith(ENDINGS) and not name.startswith(".")]
    for error in unreadable:
        yield Fault(str(error.filename), 0, f"the folder cannot be read ({_reason(error)}); check its rights")
    if not found and not unreadable:
        yield Fault(str(path), 0, "the folder holds no .toml or .jsonl file")
    yield from sorted(found)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
