"""Every failure that is raised on purpose.

    SecondOpinionError
    +-- SafeToShow            its message is a finished sentence of ours; any person may see it
    |   +-- PageRefused       a file that cannot be imported; carries the reason's code
    |   +-- RulesFaults       what is wrong with the rules or cards of the emergency screen, all of it
    |   +-- SettingsFaults    what is wrong with the settings, all of it
    |   +-- KnowledgeFaults   what is wrong with knowledge files, all of it
    |   +-- NotSaved          a change was not kept, and nothing of it was
    |   +-- NotRead           something that is kept could not be read just now
    |   +-- Refused           a change that the rules do not allow; its kinds stand in `curation.refusals`
    |   `-- CannotRun         the program cannot go on: token, intents, gateway, lock
    `-- DataFault             a data file of the program's own is broken: weights

Anything else is a crash: one generic sentence and an incident id for people, the traceback for the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class SecondOpinionError(Exception):
    """The base of all errors raised on purpose."""


class SafeToShow(SecondOpinionError):
    """Its message is a finished sentence that any person may read."""


class CannotRun(SafeToShow):
    """The program cannot start or go on; the message tells what to do."""


class NotSaved(SafeToShow):
    """A change was not kept; nothing of it was."""


class NotRead(SafeToShow):
    """Something that is kept could not be read just now."""


class DataFault(SecondOpinionError):
    """A data file that ships with the program, or that an operator replaced, is broken."""


class PageRefused(SafeToShow):
    """A file that was handed to the importer is no doctor-answers page, or no file of the format it was taken for.

    `reason` is one of `empty`, `not-text`, `not-doctor-answers`, `too-large`, `unreadable`, or `not-` and the format.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, in which entry, what is wrong and what to write instead.

    `line` counts from 1; 0 means that the fault has no line.
    """

    file: str
    line: int
    message: str
    entry: str = ""

    @property
    def place(self) -> str:
        """`file:line`, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def whereabouts(self) -> str:
        """`file:line: entry 'id'`, leaving out what is unknown: all that may be logged, since messages quote texts."""
        return f"{self.place}: entry '{self.entry}'" if self.entry else self.place

    def __str__(self) -> str:
        """`file:line: entry 'id': message`, leaving out what is unknown."""
        return f"{self.whereabouts}: {self.message}"


class _Faults(SafeToShow):
    """Several faults told at once, a line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class KnowledgeFaults(_Faults):
    """Everything that is wrong with the knowledge files that were read."""


class RulesFaults(_Faults):
    """Everything that is wrong with a file of the emergency screen: its rules, or its cards and numbers."""


class SettingsFaults(_Faults):
    """Everything that is wrong with the settings."""
