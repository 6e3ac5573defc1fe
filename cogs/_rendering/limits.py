"""Discord's limits that this bot can run into, with the page each is written on.

Sources: under discord.com/developers/docs, [C] components/reference and [A] interactions/application-commands; [P] is
discord.py's documentation of `LayoutView.content_length`. discord.py checks few of them.
"""

from __future__ import annotations

TEXT_OF_A_MESSAGE = 4_000
"""Characters over all text displays of one message [P]."""

TEXT_WE_USE = 3_800
"""The same with 5 % to spare: nobody says in which unit Discord counts."""

COMPONENTS = 40
"""Components of one message, nested ones included [C]."""

BUTTONS_IN_A_ROW = 5
"""Buttons of one action row [C]."""

BUTTON_LABEL = 80
CUSTOM_ID = 100
SELECT_OPTIONS = 25
SELECT_LABEL = 100
SELECT_PLACEHOLDER = 150
"""Characters of a button's label and of a component's id; options of a select, and characters of an option's label,
value and description and of what stands in a closed select [C]."""

PICTURE_DESCRIPTION = 1_024
"""Characters of what a picture is said to show [C]."""

SUGGESTIONS = 25
SUGGESTION_NAME = 100
"""Autocomplete choices, and characters of each one's name [A]."""

FORM_FIELD = 4_000
"""Characters of a text field in a form [C]."""


def size(text: str) -> int:
    """Count `text` as Discord's clients do, in UTF-16 units: never fewer than its code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
