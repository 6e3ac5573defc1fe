"""The one rule by which every stored text is read, whichever file it stands in, and when it is empty."""

from __future__ import annotations

from textwrap import dedent


def tidy(text: str) -> str:
    """Give `text` without the indentation that all its lines share and without blanks at its two ends.

    Every other character stays. What was tidied once does not change again.
    """
    if "\n " in text or "\n\t" in text:
        text = dedent(text)
    return text.strip()


def shows_something(text: str) -> bool:
    """Whether a reader sees anything of `text`: more than blanks, control and format characters."""
    return any(char.isprintable() and not char.isspace() for char in text)
