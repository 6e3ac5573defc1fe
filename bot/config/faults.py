"""What is wrong with a settings file, in the words of the people who write it.

No message quotes a value: a mistaken paste may be a token.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from knowledge.text import showable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

KEEP_IT_OUT = (
    "a token or password does not belong in a settings file. Take it out, and have a new one made, since this one may "
    "have been read. Put the new one into the environment variable DISCORD_TOKEN, or into a file named by "
    "DISCORD_TOKEN_FILE"
)
NOTICE_STAYS = "the notice cannot be changed, shortened or left out; 'notice_addition' adds a text of yours above it"
# Discord's bot tokens (three parts), Slack's (xoxb-..., xapp-...): see each platform's documentation of its tokens.
_TOKEN = re.compile(r"[\w-]{23,30}\.[\w-]{5,8}\.[\w-]{25,}|\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}", re.ASCII)
_SECRET_NAME = re.compile(r"token|secret|password|passwd|api_?key", re.IGNORECASE)
_NOTICE_NAME = re.compile(r"notice|disclaimer", re.IGNORECASE)
_SHOWN_NAME = 60

_WRONG = {
    "bool_type": "must be true or false, without quotes",
    "enum": "must be one of {expected}",
    "finite_number": "must be a number such as 0.9",
    "float_type": "must be a number such as 0.9, without quotes",
    "greater_than_equal": "must be {ge:g} or more",
    "int_type": "must be a whole number, without quotes",
    "is_instance_of": "must be a path in quotes",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le:g} or less",
    "literal_error": "must be one of {expected}",
    "string_type": "must be text in quotes",
    "too_short": "is empty; write at least one, or leave the key out",
    "value_error": "{error}",
}


def token_lines(text: str) -> Iterator[int]:
    """Give the lines, from 1, on which something that looks like a platform's token stands, in comments too."""
    return (number for number, line in enumerate(text.split("\n"), start=1) if _TOKEN.search(line))


def secret_keys(data: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Give the place of every key that is named like a secret."""
    for name, value in data.items():
        if _SECRET_NAME.search(name):
            yield (*above, name)
        elif isinstance(value, dict):
            yield from secret_keys(value, (*above, name))


def describe(error: ErrorDetails, settings: type[BaseModel]) -> str:
    """Say what is wrong at one place and what to write there."""
    place = [part for part in error["loc"] if isinstance(part, str)]
    if error["type"] == "extra_forbidden":
        return _unknown(place, settings)
    if error["type"] == "model_type":
        return f"'{place[0]}' must be a section: write [{place[0]}] on a line of its own, its keys below"
    template = _WRONG.get(error["type"])
    wrong = template.format(**error.get("ctx", {})) if template else "cannot be read; see config.example.toml"
    named = f"[{place[0]}] {place[1]} " if len(place) > 1 else f"[{place[0]}] "
    return f"{named}{_which_of_a_list(error)}{wrong}"


def _which_of_a_list(error: ErrorDetails) -> str:
    # A list may be written as its one value, so the first is not numbered.
    number = next((part + 1 for part in error["loc"] if isinstance(part, int)), 1)
    return f"(value {number}) " if number > 1 else ""


def _unknown(place: list[str], settings: type[BaseModel]) -> str:
    name, shown = place[-1], showable(place[-1])[:_SHOWN_NAME]
    if _NOTICE_NAME.search(name) and not get_close_matches(name, ["notice_addition"], cutoff=0.85):
        return f"unknown key '{shown}'; {NOTICE_STAYS}"
    sections = {key: _fields(field.annotation) for key, field in settings.model_fields.items()}
    if len(place) == 1:
        return _unknown_section(name, shown, sections)
    known = sections[place[0]]
    homes = [f"[{section}]" for section, names in sections.items() if name in names]
    if homes:
        return f"'{shown}' stands under [{place[0]}] and belongs under {homes[0]}"
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"the keys of [{place[0]}] are {', '.join(known)}"
    return f"unknown key '{shown}' under [{place[0]}]; {hint}"


def _unknown_section(name: str, shown: str, sections: Mapping[str, list[str]]) -> str:
    homes = [f"[{section}]" for section, names in sections.items() if name in names]
    if homes:
        return f"'{shown}' stands under no section; it belongs under {' or '.join(homes)}"
    near = get_close_matches(name, list(sections), n=1)
    hint = f"did you mean [{near[0]}]?" if near else f"the sections are {', '.join(f'[{key}]' for key in sections)}"
    return f"unknown section or key '{shown}'; {hint}"


def _fields(section: Any) -> list[str]:  # noqa: ANN401  # a field's annotation is any type; ours are sections
    return list(section.model_fields)
