"""Which files a knowledge path stands for, how they stand on the disk, and what they hold."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENDINGS = (".toml", ".jsonl")
SIZE_LIMIT = 100_000_000
_BYTE_ORDER_MARKS_16 = (b"\xff\xfe", b"\xfe\xff")
# How .docx and .odt, which are ZIP archives, and .rtf begin.
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf")
# A pipe has no writer perhaps: opening it must not wait for one.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Fingerprint = tuple[tuple[str | int, ...] | Fault, ...]
"""How files stand on the disk: two that are equal mean that nobody wrote to them in between."""


@dataclass(frozen=True)
class BookFile:
    """A knowledge file's name, as messages give it, and its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def text(self) -> str | Fault:
        """The text without its byte-order mark, or why there is none."""
        if self.data.startswith(_BYTE_ORDER_MARKS_16):
            return Fault(self.name, 1, "the file is UTF-16; save it as UTF-8")
        if self.data.startswith(_DOCUMENTS):
            return Fault(self.name, 1, "the file is a word processor's document; save it as plain text, in UTF-8")
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            wrong = f"the byte {self.data[error.start]:#04x} here is not UTF-8; save the file as UTF-8"
            return Fault(self.name, line, wrong)


def files_of(paths: Iterable[Path]) -> Iterator[Path | Fault]:
    """Give every knowledge file that `paths` stand for, each once: files as they are, folders searched and sorted.

    Hidden files and folders are left out: editors and mounted configuration keep their own copies there.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _files_of(path):
            if isinstance(found, Path):
                real = os.path.realpath(found)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def read_file(path: Path) -> BookFile | Fault:
    """Read a knowledge file, or tell why it cannot be read. Pipes, devices and huge files are refused unread."""
    try:
        # Asked before opening, as opening a device may set it to work, and again after, as names can be given anew.
        if refusal := _refusal(path, path.stat()):
            return refusal
        with open(path, "rb", opener=lambda name, _flags: os.open(name, _OPEN)) as file:  # the opener
            return _refusal(path, os.fstat(file.fileno())) or BookFile(str(path), file.read())
    except FileNotFoundError:
        return Fault(str(path), 0, "there is no such file or folder; check its name")
    except OSError as error:
        return Fault(str(path), 0, f"the file cannot be read ({_reason(error)}); check its name and its rights")


def files_hash(files: Iterable[BookFile]) -> str:
    """Give the SHA-256, in hex, that tells these contents in this order from all others."""
    return hashlib.sha256("".join(file.sha256 for file in files).encode()).hexdigest()


def fingerprint(paths: Iterable[Path]) -> Fingerprint:
    """Tell how the knowledge files of `paths` stand on the disk, without opening one."""
    return tuple(found if isinstance(found, Fault) else _mark(found) for found in files_of(paths))


def _mark(path: Path) -> tuple[str | int, ...]:
    try:
        status = path.stat()
    except OSError as error:
        return (str(path), error.errno or 0)
    # The time of the last change of rights or name tells of a file that was put back with its old date.
    return (str(path), status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _refusal(path: Path, status: os.stat_result) -> Fault | None:
    if not stat.S_ISREG(status.st_mode):
        return Fault(str(path), 0, "this is no ordinary file; give a .toml or .jsonl file, or a folder of them")
    if status.st_size >= SIZE_LIMIT:
        limit = SIZE_LIMIT // 1_000_000
        return Fault(str(path), 0, f"the file has {limit} MB or more; split it into several in one folder")
    return None


def _files_of(path: Path) -> Iterator[Path | Fault]:
    if not path.is_dir():
        # Whoever names a file that is not there means another one, whatever its ending.
        if path.suffix.lower() not in ENDINGS and path.exists():
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
