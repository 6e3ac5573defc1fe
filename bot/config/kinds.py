"""Kinds of values that settings have, each with what is wrong with others in words for people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from knowledge.curation.setting_rules import LONGEST_COOLDOWN_SECONDS
from knowledge.safety.cards import load_cards
from knowledge.safety.notice import addition_fault


def _relative_to_the_file(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip() or "\0" in value:
        raise ValueError("must name a file or folder")
    return info.context["folder"] / Path(value).expanduser() if info.context else Path(value)


def _none_if_empty(name: object) -> object:
    return None if name == "" else name


def _there(path: Path) -> Path:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise ValueError(f"names {path}, and there is no such file or folder") from None
    except OSError as error:
        raise ValueError(f"names {path}, which cannot be read ({error.strerror})") from None
    return path


def _one_or_many(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


def _above_the_notice(text: str) -> str:
    if fault := addition_fault(text):
        raise ValueError(fault)
    return text.strip()


def _country_with_numbers(text: str) -> str:
    code = text.strip().upper()
    known = [name for name, _ in load_cards().countries()]
    if code not in known:
        raise ValueError(f"must be a code of a country whose emergency numbers are kept: {', '.join(known)}")
    return code


def _web_address(text: str) -> str:
    if text and not re.match(r"(https?|wss?)://[^\s/]", text):
        raise ValueError("must be an address, starting with https:// for the API or wss:// for the gateway, or empty")
    return text


FileOrFolder = Annotated[Path, BeforeValidator(_relative_to_the_file)]
"""A path, relative to the settings file."""
PerhapsAFile = Annotated[FileOrFolder | None, BeforeValidator(_none_if_empty)]
"""A path, or "" for none."""
Existing = Annotated[
    tuple[Annotated[FileOrFolder, AfterValidator(_there)], ...], BeforeValidator(_one_or_many), Field(min_length=1)
]
"""One or several paths of what is there."""
Country = Annotated[str, AfterValidator(_country_with_numbers)]
Countries = Annotated[tuple[Country, ...], BeforeValidator(_one_or_many)]
AboveTheNotice = Annotated[str, AfterValidator(_above_the_notice)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Seconds = Annotated[int, Field(ge=0, le=LONGEST_COOLDOWN_SECONDS)]
Snowflake = Annotated[int, Field(ge=1, lt=2**63)]
"""An id of Discord's."""
Snowflakes = Annotated[tuple[Snowflake, ...], BeforeValidator(_one_or_many)]
Port = Annotated[int, Field(ge=0, le=65_535)]
"""A port of this machine; 0 is none."""
