"""A disk that fails when it is told to, and whose power can be cut at any operation: `disk.c`, preloaded."""

from __future__ import annotations

import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scale import LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).with_name("disk.c")
NO_COMPILER = "a C compiler is needed to make a disk that fails"


def compiler() -> str:
    """Give the machine's C compiler, or nothing."""
    return shutil.which("cc") or shutil.which("gcc") or ""


@dataclass
class Disk:
    """The disk under `folder`, made with the library `shim`."""

    shim: Path
    folder: Path
    control: Path
    journal: Path

    @classmethod
    def made(cls, where: Path, folder: Path) -> Disk:
        """Compile the library into `where`. The folder need not be there yet."""
        shim = where / "disk.so"
        command = [compiler(), "-shared", "-fPIC", "-O2", "-o", str(shim), str(SOURCE), "-ldl", "-lpthread"]
        subprocess.run(command, check=True, capture_output=True, timeout=LONG)
        return cls(shim, folder, where / "disk-control", where / "disk-journal")

    def environment(self, *, journal: bool = False, fail_at: int = 0) -> dict[str, str]:
        """Give what a process needs to have its files there on this disk."""
        asked = {"LD_PRELOAD": str(self.shim), "DISK_FOLDER": str(self.folder), "DISK_CONTROL": str(self.control)}
        if journal:
            asked["DISK_JOURNAL"] = str(self.journal)
        if fail_at:
            asked["DISK_FAIL_AT"] = str(fail_at)
        return asked

    def fail(self, number: int, *, reads: bool = False) -> None:
        """Let everything that touches the disk fail with this error from now on."""
        new = self.control.with_suffix(".new")
        new.write_text(f"{number}{'r' if reads else ''}")
        new.rename(self.control)

    def mend(self) -> None:
        """Let the disk work again."""
        self.control.unlink(missing_ok=True)


@dataclass(frozen=True)
class Operation:
    """One operation that reached the disk: W write, T cut to a size, S sync, U unlink, R rename, C create."""

    kind: str
    path: str
    offset: int
    data: bytes


def operations(journal: Path) -> Iterator[Operation]:
    """Read what reached the disk, in order."""
    data, at = journal.read_bytes(), 0
    while at < len(data):
        kind, length = chr(data[at]), struct.unpack_from("<H", data, at + 1)[0]
        path = data[at + 3 : at + 3 + length].decode()
        offset, size = struct.unpack_from("<QI", data, at + 3 + length)
        at += 15 + length
        yield Operation(kind, path, offset, data[at : at + size])
        at += size


@dataclass
class PowerLoss:
    """What a disk holds after the power was cut: of each file what its last sync saw, of names what any sync saw.

    The worst that the documented contract of a journalling file system allows.
    """

    _names: dict[str, int] = field(default_factory=dict)
    _contents: dict[int, bytearray] = field(default_factory=dict)
    _kept_names: dict[str, int] = field(default_factory=dict)
    _kept: dict[int, bytes] = field(default_factory=dict)

    def begin_with(self, path: Path) -> None:
        """Take a file that was there, and on the disk, before anything happened."""
        number = len(self._contents)
        self._names[str(path)] = self._kept_names[str(path)] = number
        self._contents[number] = bytearray(path.read_bytes())
        self._kept[number] = path.read_bytes()

    def happened(self, one: Operation) -> None:
        """Carry out one more operation."""
        if one.kind == "U":
            self._names.pop(one.path, None)
        elif one.kind == "R":
            self._names[one.data.decode()] = self._names.pop(one.path)
        elif one.kind == "S":
            if one.path in self._names:
                number = self._names[one.path]
                self._kept[number] = bytes(self._contents[number])
            self._kept_names = dict(self._names)
        else:
            content = self._content(one.path)
            end = one.offset + len(one.data)
            if one.kind == "T":
                del content[one.offset :]
            if one.kind in "TW" and len(content) < end:
                content.extend(bytes(end - len(content)))
            content[one.offset : end] = one.data

    def write_to(self, before: Path, after: Path) -> None:
        """Write what is left of the folder `before` to the folder `after`."""
        for name, number in self._kept_names.items():
            path = after / Path(name).relative_to(before)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._kept.get(number, b""))

    def _content(self, path: str) -> bytearray:
        number = self._names.setdefault(path, len(self._contents))
        return self._contents.setdefault(number, bytearray())
