"""A checked TOML file, every fault told with its line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import Fault, RulesFaults
from knowledge.toml_lines import TomlLines

if TYPE_CHECKING:
    from pathlib import Path

_M = TypeVar("_M", bound=BaseModel)


def read_toml(path: Path, model: type[_M]) -> tuple[_M, dict[str, Any], TomlLines]:
    """Give the file at `path` checked against `model`, as it was parsed, and its lines.

    Raises RulesFaults with everything that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(path.name, 0, f"The file cannot be read as text ({type(error).__name__}).")
        raise RulesFaults([fault]) from error
    except tomllib.TOMLDecodeError as error:
        raise RulesFaults([Fault(path.name, _line_in(str(error)), f"This is not valid TOML: {error}.")]) from error
    lines = TomlLines(text)
    try:
        return model.model_validate(content), content, lines
    except ValidationError as error:
        problems = error.errors(include_url=False)
    raise RulesFaults(
        [
            Fault(path.name, lines.line(problem["loc"]), f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}.")
            for problem in problems
        ]
    )


def _line_in(message: str) -> int:
    """Give the line that a TOML error names ("... (at line 3, column 1)")."""
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else 0
