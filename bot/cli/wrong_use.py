"""What is wrong with how a word was typed, in sentences of our own: typer's are for people who program.

What typer says otherwise, in a later version perhaps, is told as it is.
"""

from __future__ import annotations

import re
from typing import Protocol, cast

import typer

# typer publishes one kind of wrong use; what all kinds have in common is its base.
WRONG_USE: type[Exception] = typer.BadParameter.__bases__[0]

_REWORDED = (
    (r"^No such command '(.*?)'\.?", r"There is no command \1."),
    (r"^No such option: (\S+).*\(Possible options: (.*?)\).*", r"There is no option \1. Did you mean \2?"),
    (r"^No such option: (\S+)$", r"There is no option \1."),
    (r"^Got unexpected extra argument\(s\) \((.*)\)", r"Too much was typed: \1. A text of several words needs quotes."),
    (r"^Missing (?:argument|option) '(.*?)'.*", r"\1 is missing."),
    (r"^Option '(.*)' requires an argument", r"\1 needs a value behind it"),
    (r"^Option '(.*)' does not take a value", r"\1 takes no value"),
    (r"^Invalid value for '?(.*?)'?: (?:Value error, )?", r"\1: "),
    (r"^Invalid value: ", ""),
    (r"Input should be a valid integer.*", "write a whole number"),
    (r"Input should be greater than or equal to (\S+)", r"write \1 or more"),
    (r"Input should be less than or equal to (\S+)", r"write \1 or less"),
)


class _Context(Protocol):
    @property
    def command_path(self) -> str: ...
    def get_usage(self) -> str: ...


class _Wrong(Protocol):
    @property
    def ctx(self) -> _Context | None: ...
    def format_message(self) -> str: ...


def told(wrong: Exception) -> str:
    """Give the lines that a person reads: what is wrong, how the word is typed, and where there is more.

    `wrong` is a `WRONG_USE`.
    """
    use = cast("_Wrong", wrong)
    sentence = use.format_message()
    for theirs, ours in _REWORDED:
        sentence = re.sub(theirs, ours, sentence)
    if not use.ctx:
        return f"{_finished(sentence)}\n`python -m bot --help` tells more."
    return f"{_finished(sentence)}\n{use.ctx.get_usage()}\n`{use.ctx.command_path} --help` tells more."


def _finished(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
